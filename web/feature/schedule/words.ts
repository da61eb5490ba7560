import type { Requirement } from '../../../api/contract/staffing.ts';
import { formatDayTime, formatNumber, formatPercent, formatSigned } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import type { Measures } from './measures.ts';
import { predictedServiceLevel } from './predict.ts';
import type { ScheduleSetting } from './problem.ts';
import type { Editor } from './useEditor.ts';
import type { ScheduleView } from './view.ts';

/** What an interval is told from. */
export interface Described {
  readonly editor: Editor;
  readonly setting: ScheduleSetting;
  readonly requirements: readonly Requirement[];
  readonly view: ScheduleView;
  readonly queueId: string | null;
}

interface Measured extends Described {
  readonly measures: Measures;
  readonly queueName: (queueId: string) => string;
}

/** An interval in words: need, cover, and the service level that this many agents are predicted to give. */
export function slotWords(described: Measured, slot: number): string {
  const { measures, setting, view } = described;
  const need = measures.coverage.required[slot] ?? 0;
  const have = measures.coverage.scheduled[slot] ?? 0;
  const words = t('schedule.slot', {
    when: formatDayTime(view.whole.from + slot * view.stepSeconds, setting.schedule.timeZone),
    required: formatNumber(need),
    scheduled: formatNumber(have),
    difference: formatSigned(have - need),
  });
  const levels = shownQueues(described).flatMap(queueId => {
    const level = levelAt(described, queueId, slot);
    return level === null ? [] : [`${described.queueName(queueId)} ${formatPercent(level)}`];
  });
  return levels.length === 0 ? words : `${words}. ${t('schedule.slotLevel', { level: levels.join(', ') })}`;
}

/** The queues on the strip. */
export function shownQueues({ setting, queueId }: Described): readonly string[] {
  const covered = setting.coverage.map(queue => queue.queueId);
  return queueId === null ? covered : covered.filter(id => id === queueId);
}

/** The service level (0–1) that a queue's scheduled agents are predicted to give in an interval; null without a need. */
export function levelAt({ editor, requirements, view }: Described, queueId: string, slot: number) {
  const instant = view.whole.from + slot * view.stepSeconds;
  return predictedServiceLevel(requirements, queueId, instant, editor.evaluator.serving(queueId, slot));
}

/** A cell of the grid as a screen reader says it. */
export function cellWords(
  { editor, measures, setting, view }: Measured,
  rowId: string,
  instant: number,
): string {
  const slot = Math.floor((instant - view.whole.from) / view.stepSeconds);
  const holds = (entry: { readonly start: number; readonly end: number }) =>
    entry.start <= instant && instant < entry.end;
  const shift = (measures.shifts.get(rowId) ?? []).find(holds);
  const activity = shift?.activities.find(holds);
  const away = measures.rows.find(row => row.id === rowId)?.away.find(holds);
  return t('schedule.cell', {
    name: editor.nameOf(rowId),
    when: formatDayTime(instant, setting.schedule.timeZone),
    what: activity?.label ?? shift?.label ?? away?.label ?? t('schedule.cellFree'),
    required: formatNumber(measures.coverage.required[slot] ?? 0),
    scheduled: formatNumber(measures.coverage.scheduled[slot] ?? 0),
  });
}
