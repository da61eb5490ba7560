import type { ScheduleHead } from '../../../api/contract/schedule.ts';
import type { ShiftChange } from '../../../forecasting/scheduling/edit.ts';
import type { ShiftGesture } from '../../component/gantt/types.ts';
import { formatDuration } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import type { Operation } from './othersEdits.ts';
import { dayWords } from './shiftWords.ts';

/** The words of a gesture, for the undo label and the live region. */
export function gestureLabel(
  gesture: ShiftGesture,
  changes: readonly ShiftChange[],
  nameOf: (agentId: string) => string,
): string {
  if (gesture.kind === 'create') return t('schedule.label.create', { name: nameOf(gesture.rowId) });
  if (gesture.kind === 'paint') {
    return t('schedule.label.paint', { activity: gesture.brush.label, name: nameOf(gesture.rowId) });
  }
  const shift = changes[0]?.before;
  const name = shift ? nameOf(shift.agentId) : '';
  if (gesture.kind === 'resize') return t('schedule.label.resize', { name });
  if (gesture.toRowId !== null) return t('schedule.label.give', { from: name, to: nameOf(gesture.toRowId) });
  const sign = gesture.deltaSeconds < 0 ? '−' : '+';
  const amount = `${sign}${formatDuration(Math.abs(gesture.deltaSeconds))}`;
  return changes.length === 1
    ? t('schedule.label.move', { name, amount })
    : t('schedule.label.moveMany', { count: changes.length, amount });
}

/** Who changed the schedule meanwhile, and what they did last. */
export function othersWords(operations: readonly Operation[]): string {
  const who = [...new Set(operations.map(operation => operation.createdBy).filter(name => name !== ''))];
  return t('schedule.othersChanged', {
    who: who.length === 0 ? t('schedule.somebody') : who.join(', '),
    label: operations.at(-1)?.label ?? '',
  });
}

/** Where a gesture under way would put its shifts: `Ana Silva, 09:00–17:00`; of many, where the first would begin. */
export function previewWords(
  changes: readonly ShiftChange[],
  nameOf: (agentId: string) => string,
  timeZone: string,
): string {
  const first = changes.find(change => change.after !== null)?.after;
  return first ? `${nameOf(first.agentId)}, ${dayWords([first], timeZone)}.` : '';
}

/** Whether a schedule is a draft or published, and as which version. */
export function stateWords({ status, publishedVersion, changedSincePublication }: ScheduleHead): string {
  const state = t(`schedule.status.${status}`);
  if (publishedVersion === null) return state;
  const version = changedSincePublication ? 'schedule.changedSince' : 'schedule.version';
  return `${state}, ${t(version, { version: publishedVersion })}`;
}
