import type { Scenario } from '../../../api/contract/scenario.ts';
import { type Levers, NO_LEVERS, type ScenarioResult } from '../../lib/scenario.ts';

/** A scenario in the browser; it exists on the server only once it is saved. */
export interface DraftScenario {
  readonly id: string;
  readonly name: string;
  readonly levers: Levers;
}

/** A scenario with its result, and the result at both edges of the forecast's band. */
export interface Computed {
  readonly scenario: DraftScenario;
  readonly result: ScenarioResult;
  readonly low: ScenarioResult;
  readonly high: ScenarioResult;
}

/** Levers as the server keeps them: one set over all queues. */
export function storedLevers(levers: Levers, goal: Scenario['levers'][number]['goal']): Scenario['levers'] {
  return [
    {
      queueId: null,
      volumeFactor: levers.volumeFactor,
      ahtFactor: levers.ahtFactor,
      ...(levers.patienceSeconds !== null && { patienceSeconds: levers.patienceSeconds }),
      ...(levers.shrinkage !== null && {
        shrinkage: [{ kind: 'other' as const, name: 'Scenario', share: levers.shrinkage }],
      }),
      ...((levers.target !== null || levers.withinSeconds !== null) && goal && { goal }),
    },
  ];
}

/** The levers of a saved scenario, as far as this page can move them. */
export function leversOf(scenario: Scenario): Levers {
  const stored = scenario.levers.find(entry => entry.queueId === null);
  if (!stored) return NO_LEVERS;
  return {
    ...NO_LEVERS,
    volumeFactor: stored.volumeFactor ?? 1,
    ahtFactor: stored.ahtFactor ?? 1,
    patienceSeconds: stored.patienceSeconds ?? null,
    shrinkage: stored.shrinkage ? stored.shrinkage.reduce((sum, part) => sum + part.share, 0) : null,
    target: stored.goal?.serviceLevel?.target ?? null,
    withinSeconds: stored.goal?.serviceLevel?.answerWithinSeconds ?? null,
  };
}
