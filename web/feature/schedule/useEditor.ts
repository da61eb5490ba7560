import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ShiftChange } from '../../../forecasting/scheduling/edit.ts';
import type { ShiftGesture } from '../../component/gantt/types.ts';
import { newId } from '../../lib/newId.ts';
import { t } from '../../locale/i18n.ts';
import { changesOf, workingTwice } from './changes.ts';
import type { Draft } from './draft.ts';
import { createEvaluator, type Evaluator } from './evaluator.ts';
import { gestureLabel } from './labels.ts';
import { problemOf, type ScheduleSetting } from './problem.ts';

/** The draft with what measures it and what changes it. A gesture under way is no part of it: only a drop is. */
export interface Editor {
  readonly draft: Draft;
  readonly evaluator: Evaluator;
  /** What was done last, for the live region. */
  readonly message: string;
  readonly say: (message: string) => void;
  readonly nameOf: (agentId: string) => string;
  readonly gesture: (gesture: ShiftGesture) => void;
  readonly commit: (label: string, changes: readonly ShiftChange[]) => void;
  readonly undo: () => void;
  readonly redo: () => void;
}

export function useEditor(draft: Draft, setting: ScheduleSetting): Editor {
  const problem = useMemo(() => problemOf(setting), [setting]);
  const first = useRef(draft.shifts);
  const evaluator = useMemo(() => createEvaluator(problem, first.current), [problem]);
  const [message, setMessage] = useState('');
  const names = useMemo(() => new Map(setting.agents.map(agent => [agent.id, agent.name])), [setting.agents]);
  const nameOf = useCallback((agentId: string) => names.get(agentId) ?? t('gantt.agent'), [names]);
  const latest = useRef(draft);
  useEffect(() => {
    latest.current = draft;
  });
  const actions = useMemo(() => {
    const commit = (label: string, changes: readonly ShiftChange[]) => {
      if (changes.length === 0) return;
      const twice = workingTwice(latest.current.shifts, changes);
      if (twice !== null) {
        setMessage(t('schedule.twice', { name: nameOf(twice) }));
        return;
      }
      latest.current.commit(label, changes);
      setMessage(t('schedule.done', { label }));
    };
    return {
      commit,
      gesture: (gesture: ShiftGesture) => {
        const changes = changesOf(latest.current.shifts, gesture, newId());
        commit(gestureLabel(gesture, changes, nameOf), changes);
      },
      undo: () => {
        const label = latest.current.history.past.at(-1)?.label;
        latest.current.undo();
        setMessage(label ? t('schedule.undone', { label }) : t('schedule.nothingToUndo'));
      },
      redo: () => {
        const label = latest.current.history.future.at(-1)?.label;
        latest.current.redo();
        setMessage(label ? t('schedule.redone', { label }) : t('schedule.nothingToRedo'));
      },
    };
  }, [nameOf]);
  return useMemo(
    () => ({ draft, evaluator, message, say: setMessage, nameOf, ...actions }),
    [draft, evaluator, message, nameOf, actions],
  );
}
