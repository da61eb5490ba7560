import type { Requirement } from '../../../api/contract/staffing.ts';
import { formatDayTime, formatNumber, formatSigned } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import type { Measures } from './measures.ts';
import { predictedServiceLevel } from './predict.ts';
import type { ScheduleSetting } from './problem.ts';
import type { Editor } from './useEditor.ts';
import type { ScheduleView } from './view.ts';

interface Described {
  readonly editor: Editor;
  readonly measures: Measures;
  readonly setting: ScheduleSetting;
  readonly requirements: readonly Requirement[];
  readonly view: ScheduleView;
  readonly queueId: string | null;
  readonly queueName: (queueId: string) => string;
}

/** An interval in words: need, cover, and the service level that this many agents are predicted to give. */
export function slotWords(described: Described, slot: number): string {
  const { editor, measures, setting, view, queueId } = described;
  const need = measures.coverage.required[slot] ?? 0;
  const have = measures.coverage.scheduled[slot] ?? 0;
  const instant = view.whole.from + slot * view.stepSeconds;
  const words = t('schedule.slot', {
    when: formatDayTime(instant, setting.schedule.timeZone),
    required: formatNumber(need),
    scheduled: formatNumber(have),
    difference: formatSigned(have - need),
  });
  const levels = setting.coverage.flatMap(queue => {
    if (queueId !== null && queue.queueId !== queueId) return [];
    const agents = editor.evaluator.serving(queue.queueId, slot);
    const level = predictedServiceLevel(described.requirements, queue.queueId, instant, agents);
    return level === null ? [] : [`${described.queueName(queue.queueId)} ${level}`];
  });
  return levels.length === 0 ? words : `${words}. ${t('schedule.slotLevel', { level: levels.join(', ') })}`;
}

/** A cell of the grid as a screen reader says it. */
export function cellWords(
  { editor, measures, setting, view }: Described,
  rowId: string,
  instant: number,
): string {
  const slot = Math.floor((instant - view.whole.from) / view.stepSeconds);
  const holds = (entry: { readonly start: number; readonly end: number }) =>
    entry.start <= instant && instant < entry.end;
  const shift = (measures.shifts.get(rowId) ?? []).find(holds);
  const activity = shift?.activities.find(holds);
  return t('schedule.cell', {
    name: editor.nameOf(rowId),
    when: formatDayTime(instant, setting.schedule.timeZone),
    what: activity?.label ?? shift?.label ?? t('schedule.cellFree'),
    required: formatNumber(measures.coverage.required[slot] ?? 0),
    scheduled: formatNumber(measures.coverage.scheduled[slot] ?? 0),
  });
}
