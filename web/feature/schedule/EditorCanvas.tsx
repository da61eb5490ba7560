import { type ReactNode, useMemo, useState } from 'react';
import type { Requirement } from '../../../api/contract/staffing.ts';
import { GanttChart } from '../../component/gantt/GanttChart.tsx';
import type { Brush, ShiftGesture } from '../../component/gantt/types.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { changesOf } from './changes.ts';
import { type CommandContext, runCommand } from './commands.ts';
import { EditorStatus } from './EditorStatus.tsx';
import type { Hands } from './hands.ts';
import { previewWords } from './labels.ts';
import { useMeasures } from './measures.ts';
import { PrintedWeek } from './PrintedWeek.tsx';
import type { ScheduleSetting } from './problem.ts';
import classes from './Schedule.module.css';
import { Totals } from './Totals.tsx';
import type { Editor } from './useEditor.ts';
import { type ScheduleView, useShownRows, useStrip } from './view.ts';
import { cellWords, slotWords } from './words.ts';

interface EditorCanvasProps {
  readonly label: string;
  /** Draft or version, for print. */
  readonly state: string;
  readonly editor: Editor;
  readonly context: CommandContext;
  readonly hands: Hands;
  readonly view: ScheduleView;
  readonly setting: ScheduleSetting;
  readonly requirements: readonly Requirement[];
  readonly queueId: string | null;
  readonly filter: string;
  readonly brush: Brush | null;
  /** Stands beside the totals. */
  readonly children: ReactNode;
}

/** What follows a hand: totals, findings and canvas. The gesture lives here, so that a drag draws nothing else again. */
export function EditorCanvas(props: EditorCanvasProps) {
  const { editor, context, hands, view, setting } = props;
  const [gesture, setGesture] = useState<ShiftGesture | null>(null);
  const [hoveredSlot, setHoveredSlot] = useState<number | null>(null);
  const { measures, previewed, rows, strip, described } = useShown(props, gesture);
  const { timeZone } = setting.schedule;
  return (
    <>
      <div className={classes.totalsRow}>
        <Totals measures={measures} />
        {props.children}
      </div>
      <EditorStatus
        previewed={previewed ? measures.newlyBroken : null}
        place={previewed ? previewWords(previewed, editor.nameOf, timeZone) : ''}
        message={editor.message}
        picked={context.picked}
        slot={hoveredSlot === null ? '' : slotWords(described, view.firstSlot + hoveredSlot)}
      />
      <PrintedWeek
        title={props.label}
        state={props.state}
        rows={rows}
        shifts={editor.draft.shifts}
        days={view.days}
        timeZone={timeZone}
      />
      <div className={classes.canvas}>
        <GanttChart
          label={props.label}
          rows={rows}
          shifts={measures.shifts}
          from={view.from}
          to={view.to}
          timeZone={timeZone}
          stepSeconds={editor.evaluator.stepSeconds}
          pixelsPerHour={view.pixelsPerHour}
          coverage={strip}
          selected={context.selected}
          picked={context.picked}
          brush={props.brush}
          readOnly={context.readOnly}
          now={Math.floor(Date.now() / 1000)}
          focusTarget={hands.grid}
          onSelect={context.select}
          onGesture={editor.gesture}
          onPreview={setGesture}
          onCommand={command => runCommand(command, context)}
          onPlaceAt={context.picked ? context.placeAt : nothing}
          onOpen={context.open}
          onMenu={hands.openMenu}
          onHoverSlot={setHoveredSlot}
          onZoom={context.zoom}
          describeCell={(rowId, instant) => cellWords(described, rowId, instant)}
        />
      </div>
    </>
  );
}

const nothing = () => undefined;

/** What is shown: the draft, or what a gesture under way would make of it. */
function useShown(props: EditorCanvasProps, gesture: ShiftGesture | null) {
  const { editor, context, view, setting, queueId } = props;
  const { queues } = useWorkplace();
  const { shifts } = editor.draft;
  const previewed = useMemo(
    () => (gesture ? changesOf(shifts, gesture, 'preview') : null),
    [shifts, gesture],
  );
  const measures = useMeasures(editor.evaluator, setting, shifts, previewed, queueId);
  const rows = useShownRows(measures.rows, setting, props.filter, queueId);
  context.rowIds.current = rows.map(row => row.id);
  const strip = useStrip(measures.coverage, view);
  const queueName = (id: string) => queues.find(queue => queue.id === id)?.name ?? '';
  return {
    measures,
    previewed,
    rows,
    strip,
    described: { ...props, measures, queueName },
  };
}
