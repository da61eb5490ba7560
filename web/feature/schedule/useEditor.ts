import { useMemo, useRef, useState } from 'react';
import type { z } from 'zod';
import type { scheduleContentSchema } from '../../../api/contract/schedule.ts';
import type { ShiftGesture } from '../../component/gantt/types.ts';
import { newId } from '../../lib/newId.ts';
import { t } from '../../locale/i18n.ts';
import { changesOf, type ShiftChange } from './changes.ts';
import { type Draft, useDraft } from './draft.ts';
import { createEvaluator, type Evaluator, type ScheduledColumns } from './evaluator.ts';
import { gestureLabel } from './labels.ts';
import { problemOf, type ScheduleSetting } from './problem.ts';
import { type FindingsByAgent, ganttRows, ganttShifts, shiftsByAgent } from './rows.ts';
import { assignmentsOf } from './shiftColumns.ts';

/** The editor's state: draft, coverage, findings, and the gesture under way. */
export interface Editor {
  readonly draft: Draft;
  readonly evaluator: Evaluator;
  readonly coverage: ScheduledColumns;
  /** Length of the coverage's intervals. */
  readonly intervalHours: number;
  readonly isPreview: boolean;
  readonly rows: ReturnType<typeof ganttRows>;
  readonly shifts: ReturnType<typeof ganttShifts>;
  readonly findings: FindingsByAgent;
  readonly message: string;
  readonly say: (message: string) => void;
  readonly nameOf: (agentId: string) => string;
  readonly preview: (gesture: ShiftGesture | null) => void;
  readonly gesture: (gesture: ShiftGesture) => void;
  readonly commit: (label: string, changes: readonly ShiftChange[]) => void;
  readonly undo: () => void;
  readonly redo: () => void;
}

/** Puts the draft, the evaluator and the canvas together. */
export function useEditor(
  content: z.output<typeof scheduleContentSchema>,
  lastSequence: number,
  setting: ScheduleSetting,
  queueId: string | null,
): Editor {
  const problem = useMemo(() => problemOf(setting), [setting]);
  const evaluator = useMemo(
    () => createEvaluator(problem, new Map(assignmentsOf(content.shifts).map(shift => [shift.id, shift]))),
    [problem, content.shifts],
  );
  const [version, setVersion] = useState(0);
  const [previewed, setPreviewed] = useState<readonly ShiftChange[] | null>(null);
  const [message, setMessage] = useState('');
  const draft = useDraft(content, lastSequence, changes => {
    evaluator.apply(changes);
    setVersion(count => count + 1);
  });
  const names = useMemo(() => new Map(setting.agents.map(agent => [agent.id, agent.name])), [setting.agents]);
  const nameOf = (agentId: string) => names.get(agentId) ?? t('gantt.agent');

  const byAgent = useMemo(() => shiftsByAgent(draft.shifts), [draft.shifts]);
  const known = useRef<KnownFindings>(new Map());
  const findings = useMemo(() => {
    const next: KnownFindings = new Map();
    const found = new Map<string, ReturnType<Evaluator['findings']>>();
    for (const agent of setting.agents) {
      const row = byAgent.get(agent.id) ?? [];
      const key = row.map(shift => `${shift.id}${shift.start}${shift.end}${shift.activities.length}`).join();
      const before = known.current.get(agent.id);
      const entry = before?.key === key ? before : { key, found: evaluator.findings(agent.id, row) };
      next.set(agent.id, entry);
      found.set(agent.id, entry.found);
    }
    known.current = next;
    return found;
  }, [setting.agents, byAgent, evaluator]);
  const templateNames = useMemo(
    () => new Map(setting.templates.map(template => [template.id, template.name])),
    [setting.templates],
  );
  const shifts = useMemo(
    () => ganttShifts(byAgent, findings, templateNames),
    [byAgent, findings, templateNames],
  );
  const rows = useMemo(
    () => ganttRows(setting.agents, setting.skills, byAgent, findings, setting.schedule.days / 7),
    [setting, byAgent, findings],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the evaluator changes in place, `version` counts its changes
  const coverage = useMemo(
    () => (previewed ? evaluator.preview(previewed, queueId) : evaluator.coverage(queueId)),
    [evaluator, version, previewed, queueId],
  );

  const commit = (label: string, changes: readonly ShiftChange[]) => {
    if (changes.length === 0) return;
    draft.commit(label, changes);
    setMessage(t('schedule.done', { label }));
  };
  return {
    draft,
    evaluator,
    coverage,
    intervalHours: problem.grid.stepSeconds / 3600,
    isPreview: previewed !== null,
    rows,
    shifts,
    findings,
    message,
    say: setMessage,
    nameOf,
    preview: gesture => setPreviewed(gesture ? changesOf(draft.shifts, gesture, 'preview') : null),
    gesture: gesture => {
      const changes = changesOf(draft.shifts, gesture, newId());
      commit(gestureLabel(gesture, changes, nameOf), changes);
    },
    commit,
    undo: () => {
      const label = draft.undo();
      setMessage(label ? t('schedule.undone', { label }) : t('schedule.nothingToUndo'));
    },
    redo: () => {
      const label = draft.redo();
      setMessage(label ? t('schedule.redone', { label }) : t('schedule.nothingToRedo'));
    },
  };
}

type KnownFindings = Map<string, { readonly key: string; readonly found: ReturnType<Evaluator['findings']> }>;
