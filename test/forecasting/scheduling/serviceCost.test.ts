import { describe, expect, it } from 'vitest';
import { coverage } from '../../../forecasting/scheduling/coverage.ts';
import { generateSchedule } from '../../../forecasting/scheduling/generate.ts';
import { mostValuableShifts } from '../../../forecasting/scheduling/offers.ts';
import { serviceCostTables, serviceLevelMeasure } from '../../../forecasting/scheduling/serviceCost.ts';
import { evaluateQueue } from '../../../forecasting/staffing/evaluateQueue.ts';
import type { Load } from '../../../forecasting/staffing/load.ts';
import { weekProblem } from '../../bench/weekProblem.ts';

const threshold = { answerWithinSeconds: 20 };
const value = { lostCall: 4, lateCall: 1, agentPerHour: 5 };
const loadOf = (calls: number): Load => ({
  calls,
  intervalSeconds: 900,
  ahtSeconds: 300,
  patience: { kind: 'exponential', meanSeconds: 180 },
});

describe('cost from the service level', () => {
  it('is convex, lies below the curve and equals it where the queue is well staffed', () => {
    // 75 calls of 5 min in 15 min: 25 Erlangs; the late part is not convex below about 22 agents.
    const [table] = serviceCostTables([loadOf(75)], threshold, value);
    if (!table) throw new Error('no table');
    const curve = (n: number): number => {
      const metrics = evaluateQueue(loadOf(75), n, threshold);
      return 75 * (4 * metrics.abandonProbability + 1 - metrics.serviceLevel.offered) + (n * 5) / 4;
    };
    for (let n = 0; n < table.length; n++) expect(table[n]!).toBeLessThanOrEqual(curve(n) + 1e-9);
    for (let n = 1; n + 1 < table.length; n++) {
      expect(table[n + 1]! - 2 * table[n]! + table[n - 1]!).toBeGreaterThanOrEqual(-1e-9);
    }
    for (const n of [28, 30, 34]) expect(table[n]!).toBeCloseTo(curve(n), 9);
    expect(serviceCostTables([null, loadOf(75)], threshold, value)).toEqual([null, table]);
  });

  it('puts agents where they answer most calls, without any required line', () => {
    const problem = weekProblem({ agents: 24, seed: 2, rules: 'basic' });
    const loads = problem.queues[0]!.required.map(n => loadOf((n ?? 0) * 2.2));
    const queue = { ...problem.queues[0]!, costTable: serviceCostTables(loads, threshold, value) };
    const priced = { ...problem, queues: [queue] };
    const result = generateSchedule(priced, { seed: 1, moveBudget: 80_000 });
    if (result.kind !== 'schedule') throw new Error(result.kind);
    const level = (schedule: typeof result.schedule): number => {
      const { scheduled } = coverage(problem, schedule).queues[0]!;
      let [inTime, calls] = [0, 0];
      loads.forEach((load, i) => {
        inTime += load.calls * evaluateQueue(load, scheduled[i]!, threshold).serviceLevel.offered;
        calls += load.calls;
      });
      return inTime / calls;
    };
    const lined = generateSchedule(problem, { seed: 1, moveBudget: 80_000 });
    if (lined.kind !== 'schedule') throw new Error(lined.kind);
    expect(level(result.schedule)).toBeGreaterThan(level(lined.schedule) - 0.005);

    const [best] = mostValuableShifts(priced, result.schedule, {
      limit: 1,
      measure: serviceLevelMeasure([loads], threshold),
    });
    expect(best?.after ?? 0).toBeGreaterThan(best?.before ?? 1);
  });
});
