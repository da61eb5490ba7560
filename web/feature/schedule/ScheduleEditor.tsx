import { useMemo, useRef, useState } from 'react';
import type { z } from 'zod';
import type { ScheduleHead, scheduleContentSchema } from '../../../api/contract/schedule.ts';
import type { Requirement } from '../../../api/contract/staffing.ts';
import { localDaysBetween } from '../../../forecasting/index.ts';
import type { Assignment } from '../../../forecasting/scheduling/schedule.ts';
import { Failure } from '../../component/Failure.tsx';
import { GanttChart } from '../../component/gantt/GanttChart.tsx';
import type { StripCoverage } from '../../component/gantt/types.ts';
import { formatDayTime, formatNumber, formatSigned } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { t } from '../../locale/i18n.ts';
import { ConflictDialog } from './ConflictDialog.tsx';
import { type CommandContext, runCommand } from './commands.ts';
import { EditorToolbar } from './EditorToolbar.tsx';
import { GeneratePanel } from './GeneratePanel.tsx';
import { predictedServiceLevel } from './predict.ts';
import { type ScheduleSetting, windowOf } from './problem.ts';
import classes from './Schedule.module.css';
import { ShiftDialog } from './ShiftDialog.tsx';
import { useEditor } from './useEditor.ts';

interface ScheduleEditorProps {
  readonly content: z.output<typeof scheduleContentSchema>;
  /** The newest operation that the content has. */
  readonly lastSequence: number;
  readonly head: ScheduleHead;
  readonly setting: ScheduleSetting;
  readonly requirements: readonly Requirement[];
}

const ZOOM_LIMITS = { least: 4, most: 160 } as const;
/** Width that navigation, margins and the frozen facts take from the time line. */
const BESIDE_TIME_LINE = 500;

/** A scale at which a day just fits, or a week is readable. */
function fittingScale(hours: number, least: number): number {
  return Math.max(least, (window.innerWidth - BESIDE_TIME_LINE) / hours);
}

/** The planner's main instrument: agents over time, coverage on top, every edit undoable. */
export function ScheduleEditor({ content, lastSequence, head, setting, requirements }: ScheduleEditorProps) {
  const may = useMay();
  const readOnly = !may('schedule.manage');
  const { timeZone } = content.schedule;
  const [queueId, setQueueId] = useState<string | null>(null);
  const [filter, setFilter] = useState('');
  const [day, setDay] = useState<number | null>(0);
  const [pixelsPerHour, setPixelsPerHour] = useState(() => fittingScale(24, 28));
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [picked, setPicked] = useState(false);
  const [openShift, setOpenShift] = useState<string | null>(null);
  const [hoveredSlot, setHoveredSlot] = useState<number | null>(null);
  const clipboard = useRef<readonly Assignment[]>([]);
  const filterBox = useRef<HTMLInputElement>(null);
  const editor = useEditor(content, lastSequence, setting, queueId);

  const whole = useMemo(() => windowOf(content.schedule), [content.schedule]);
  const days = useMemo(() => localDaysBetween(whole.from, whole.to, timeZone), [whole, timeZone]);
  const shownDay = day === null ? undefined : days[day];
  const view = {
    from: shownDay?.startEpochSeconds ?? whole.from,
    to: shownDay?.endEpochSeconds ?? whole.to,
  };
  const stepSeconds = setting.coverage[0]?.stepSeconds ?? content.schedule.stepSeconds;
  const firstSlot = Math.round((view.from - whole.from) / stepSeconds);
  const lastSlot = Math.round((view.to - whole.from) / stepSeconds);
  const { required, scheduled } = editor.coverage;
  const strip = useMemo(
    (): StripCoverage => ({
      start: whole.from + firstSlot * stepSeconds,
      stepSeconds,
      required: required.subarray(firstSlot, lastSlot),
      scheduled: scheduled.subarray(firstSlot, lastSlot),
    }),
    [whole.from, firstSlot, lastSlot, stepSeconds, required, scheduled],
  );
  const rows = useMemo(() => {
    const wanted = filter.trim().toLowerCase();
    const canServe = queueId === null ? null : skillsServing(setting, queueId);
    return editor.rows.filter(
      row =>
        (wanted === '' || `${row.name} ${row.detail}`.toLowerCase().includes(wanted)) &&
        (canServe === null || canServe.has(row.id)),
    );
  }, [editor.rows, filter, queueId, setting]);
  const rowIds = useMemo(() => rows.map(row => row.id), [rows]);

  const placeAt = (rowId: string, instant: number) => {
    const ids = [...selected];
    const first = editor.draft.shifts.get(ids[0] ?? '');
    if (!first) return;
    const step = editor.evaluator.stepSeconds;
    const target = whole.from + Math.floor((instant - whole.from) / step) * step;
    setPicked(false);
    editor.gesture({
      kind: 'move',
      ids,
      deltaSeconds: target - first.start,
      toRowId: ids.length === 1 && rowId !== first.agentId ? rowId : null,
      carriesActivities: true,
    });
  };
  const zoom = (factor: number) =>
    setPixelsPerHour(value => Math.min(ZOOM_LIMITS.most, Math.max(ZOOM_LIMITS.least, value * factor)));
  const showDay = (next: number | null) => {
    setDay(next);
    if ((next === null) !== (day === null))
      setPixelsPerHour(next === null ? fittingScale(168, 10) : fittingScale(24, 28));
  };
  const context: CommandContext = {
    editor,
    selected,
    clipboard,
    rowIds,
    picked,
    select: setSelected,
    open: setOpenShift,
    pick: setPicked,
    placeAt,
    zoom,
    stepDay: step => showDay(Math.max(0, Math.min(days.length - 1, (day ?? 0) + step))),
    focusFilter: () => filterBox.current?.focus(),
  };

  const slotWords = (slot: number): string => {
    const need = required[slot] ?? 0;
    const have = scheduled[slot] ?? 0;
    const level = predictedServiceLevel(requirements, queueId, whole.from + slot * stepSeconds, have);
    const words = t('schedule.slot', {
      when: formatDayTime(whole.from + slot * stepSeconds, timeZone),
      required: formatNumber(need),
      scheduled: formatNumber(have),
      difference: formatSigned(have - need),
    });
    return level === null ? words : `${words}, ${t('schedule.slotLevel', { level })}`;
  };
  const describeCell = (rowId: string, instant: number): string => {
    const slot = Math.floor((instant - whole.from) / stepSeconds);
    const shift = (editor.shifts.get(rowId) ?? []).find(
      entry => entry.start <= instant && instant < entry.end,
    );
    const activity = shift?.activities.find(entry => entry.start <= instant && instant < entry.end);
    return t('schedule.cell', {
      name: editor.nameOf(rowId),
      when: formatDayTime(instant, timeZone),
      what: activity?.label ?? shift?.label ?? t('schedule.cellFree'),
      required: formatNumber(required[slot] ?? 0),
      scheduled: formatNumber(scheduled[slot] ?? 0),
    });
  };

  return (
    <div className={classes.editor}>
      <EditorToolbar
        context={context}
        head={head}
        setting={setting}
        readOnly={readOnly}
        queueId={queueId}
        onQueue={setQueueId}
        filter={filter}
        filterBox={filterBox}
        onFilter={setFilter}
        days={days}
        day={day}
        onDay={showDay}
      >
        <GeneratePanel
          head={head}
          days={days}
          agents={setting.agents}
          isEmpty={editor.draft.shifts.size === 0}
        />
      </EditorToolbar>
      {editor.draft.error ? <Failure error={editor.draft.error} onRetry={editor.draft.retry} /> : null}
      <p className={classes.status} aria-live="polite">
        {picked ? t('schedule.moveModeOn') : editor.message || t('schedule.hint')}
      </p>
      <p className={classes.slot}>{hoveredSlot === null ? '' : slotWords(firstSlot + hoveredSlot)}</p>
      <div className={classes.canvas}>
        <GanttChart
          label={head.name}
          rows={rows}
          shifts={editor.shifts}
          from={view.from}
          to={view.to}
          timeZone={timeZone}
          stepSeconds={editor.evaluator.stepSeconds}
          pixelsPerHour={pixelsPerHour}
          coverage={strip}
          selected={selected}
          picked={picked}
          readOnly={readOnly}
          now={Math.floor(Date.now() / 1000)}
          onSelect={setSelected}
          onGesture={editor.gesture}
          onPreview={editor.preview}
          onCommand={command => runCommand(command, context)}
          onPlaceAt={(rowId, instant) => {
            if (picked) placeAt(rowId, instant);
          }}
          onOpen={setOpenShift}
          onHoverSlot={setHoveredSlot}
          onZoom={zoom}
          describeCell={describeCell}
        />
      </div>
      {openShift ? (
        <ShiftDialog
          key={openShift}
          editor={editor}
          shiftId={openShift}
          agents={setting.agents}
          timeZone={timeZone}
          readOnly={readOnly}
          onClose={() => setOpenShift(null)}
        />
      ) : null}
      {editor.draft.conflict ? (
        <ConflictDialog
          conflict={editor.draft.conflict}
          draft={editor.draft}
          nameOf={editor.nameOf}
          timeZone={timeZone}
        />
      ) : null}
    </div>
  );
}

/** Agents who can serve a queue. */
function skillsServing(setting: ScheduleSetting, queueId: string): ReadonlySet<string> {
  const skills = new Set(
    setting.skills.filter(skill => skill.queueIds.includes(queueId)).map(skill => skill.id),
  );
  return new Set(
    setting.agents
      .filter(agent => agent.skills.some(held => skills.has(held.skillId)))
      .map(agent => agent.id),
  );
}
