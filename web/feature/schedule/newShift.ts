import type { ShiftTemplateEntry } from '../../../api/contract/shift.ts';
import type { Activity } from '../../../forecasting/scheduling/schedule.ts';
import { newId } from '../../lib/newId.ts';
import { t } from '../../locale/i18n.ts';
import { plainShift, withBreaks } from './changes.ts';
import type { ScheduleSetting } from './problem.ts';
import type { Editor } from './useEditor.ts';

interface NewShiftPlace {
  readonly rowId: string;
  readonly instant: number;
}

/** Shift templates that an agent may work: the active ones, or those of the agent's own list. */
export function templatesFor(setting: ScheduleSetting, agentId: string): readonly ShiftTemplateEntry[] {
  const own = setting.agents.find(agent => agent.id === agentId)?.shiftTemplateIds ?? [];
  return setting.templates.filter(
    template => template.active && (own.length === 0 || own.includes(template.id)),
  );
}

/** A shift without breaks. */
export function newShift(editor: Editor, { rowId, instant }: NewShiftPlace, lengthSeconds: number): void {
  editor.gesture({ kind: 'create', rowId, start: instant, end: instant + lengthSeconds });
}

/** A shift as a template has it: its first length, each break in the middle of its window. */
export function newFromTemplate(
  editor: Editor,
  template: ShiftTemplateEntry,
  { rowId, instant }: NewShiftPlace,
): void {
  const lengthSeconds = (template.lengthsMinutes[0] ?? 480) * 60;
  const step = editor.evaluator.stepSeconds;
  const breaks = template.breaks.map((pause): Activity => {
    const middle = ((pause.earliestOffsetMinutes + pause.latestOffsetMinutes) / 2) * 60;
    const start = instant + Math.round(middle / step) * step;
    return { kind: pause.kind, start, end: start + pause.minutes * 60, paid: pause.paid };
  });
  const plain = plainShift(newId(), rowId, instant, instant + lengthSeconds);
  const after = { ...withBreaks(plain, breaks), templateId: template.id };
  editor.commit(t('schedule.label.create', { name: editor.nameOf(rowId) }), [{ before: null, after }]);
}
