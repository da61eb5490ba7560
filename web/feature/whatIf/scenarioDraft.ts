import { useDeferredValue, useMemo, useRef } from 'react';
import type { Scenario, StoredLevers } from '../../../api/contract/scenario.ts';
import {
  computeScenario,
  type Levers,
  leversOn,
  type QueueLevers,
  type ScenarioBand,
  type ScenarioOutcome,
  scenarioBand,
} from '../../../forecasting/index.ts';
import type { Basis } from './basis.ts';

/** A scenario in the browser; it exists on the server only once it is saved. */
export interface DraftScenario {
  readonly id: string;
  readonly name: string;
  readonly levers: readonly StoredLevers[];
}

/** A scenario with its result. */
export interface Computed {
  readonly scenario: DraftScenario;
  readonly outcome: ScenarioOutcome;
  /** `null` while it is being computed, or where the forecasts say nothing of their scatter. */
  readonly band: ScenarioBand | null;
}

/** A change of levers; `undefined` gives a lever back to the plan. */
export type LeverChange = { readonly [Name in keyof Levers]?: Levers[Name] | undefined };

/** The scenario with a change on one queue, or on all with `null`. */
export function withLevers(
  scenario: DraftScenario,
  queueId: string | null,
  change: LeverChange,
): DraftScenario {
  const before = scenario.levers.find(entry => entry.queueId === queueId);
  const merged = Object.fromEntries(
    Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined),
  );
  const others = scenario.levers.filter(entry => entry.queueId !== queueId);
  const next: StoredLevers = { ...merged, queueId };
  return { ...scenario, levers: Object.keys(merged).length > (before ? 1 : 0) ? [...others, next] : others };
}

/** The levers in force on a queue, or those of all queues. */
export function leversShown(scenario: DraftScenario, queueId: string | null): Levers {
  if (queueId === null) return scenario.levers.find(entry => entry.queueId === null) ?? {};
  return leversOn(queueId, scenario.levers);
}

/** A saved scenario as a draft; what belongs to queues that are not here is left out. */
export function draftOf(saved: Scenario): DraftScenario {
  return { id: saved.id, name: saved.name, levers: saved.levers };
}

/**
 * Results of the drafts, each computed again only when its levers or the basis changed. The bands follow a moment
 * later, so that a slider never waits for them.
 */
export function useComputed(basis: Basis | null, drafts: readonly DraftScenario[]): readonly Computed[] {
  const outcomes = useRef(new WeakMap<readonly QueueLevers[], ScenarioOutcome>());
  const bands = useRef(new WeakMap<ScenarioOutcome, ScenarioBand>());
  const known = useRef<Basis | null>(null);
  if (known.current !== basis) {
    known.current = basis;
    outcomes.current = new WeakMap();
  }
  const results = useMemo(
    () =>
      basis === null
        ? []
        : drafts.map(scenario => {
            const outcome =
              outcomes.current.get(scenario.levers) ??
              computeScenario(basis.queues, scenario.levers, basis.plan);
            outcomes.current.set(scenario.levers, outcome);
            return { scenario, outcome };
          }),
    [basis, drafts],
  );
  const settled = useDeferredValue(results, []);
  const withBands = useMemo(() => {
    const scatter = basis?.queues.flatMap(queue => (queue.scatter ? [queue.scatter] : [])) ?? [];
    for (const { outcome } of settled) {
      if (basis && scatter.length === basis.queues.length && !bands.current.has(outcome)) {
        bands.current.set(outcome, scenarioBand(outcome, scatter, basis.draws));
      }
    }
    return bands.current;
  }, [basis, settled]);
  return results.map(({ scenario, outcome }) => ({
    scenario,
    outcome,
    band: withBands.get(outcome) ?? null,
  }));
}
