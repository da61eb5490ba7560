import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  evaluateQueue,
  MISS_FACTORS,
  type MissInput,
  mainFactor,
  type StaffedDemand,
  shapleyValues,
  whyMissed,
} from '../../../forecasting/index.ts';

const serviceLevelOf: MissInput['serviceLevelOf'] = (calls, ahtSeconds, agents) =>
  evaluateQueue(
    { calls, intervalSeconds: 900, ahtSeconds, patience: { kind: 'exponential', meanSeconds: 180 } },
    agents,
    { answerWithinSeconds: 30 },
  ).serviceLevel.offered;

/** 2026-05-04, a Monday, midnight in Chicago. */
const START = 1_777_870_800;

function side(count: number, change: Partial<StaffedDemand> = {}): StaffedDemand {
  const flat = (value: number) => Array.from({ length: count }, () => value);
  return {
    offered: Array.from({ length: count }, (_, i) => 30 + 20 * Math.sin((i / 96) * Math.PI) ** 2),
    ahtSeconds: flat(300),
    scheduledAgents: flat(20),
    presentShare: flat(0.9),
    adherence: flat(0.95),
    ...change,
  };
}

function model(demand: StaffedDemand): number[] {
  return demand.offered.map((calls, i) =>
    serviceLevelOf(
      calls ?? 0,
      demand.ahtSeconds[i] ?? 0,
      (demand.scheduledAgents[i] ?? 0) * (demand.presentShare[i] ?? 0) * (demand.adherence[i] ?? 0),
    ),
  );
}

function input(plan: StaffedDemand, actual: StaffedDemand, measured = model(actual)): MissInput {
  return {
    grid: { start: START, stepSeconds: 900, timeZone: 'America/Chicago', count: plan.offered.length },
    plan,
    actual,
    plannedServiceLevel: model(plan),
    measuredServiceLevel: measured,
    serviceLevelOf,
  };
}

describe('shapleyValues', () => {
  it('splits the glove game as published: 2/3, 1/6, 1/6', () => {
    // One left glove (player 0), two right gloves: a pair is worth 1. Textbook solution of the glove game.
    const value = [0, 0, 0, 1, 0, 1, 0, 1];
    expect(shapleyValues(value, 3).map(part => Math.round(part * 6))).toEqual([4, 1, 1]);
  });

  it('sums to the whole and gives nothing to a factor without effect', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 }),
        half => {
          const value = [...half, ...half];
          const parts = shapleyValues(value, 4);
          expect(parts.reduce((a, b) => a + b, 0)).toBeCloseTo((value[15] ?? 0) - (value[0] ?? 0), 12);
          expect(parts[3]).toBeCloseTo(0, 12);
        },
      ),
    );
  });
});

describe('whyMissed', () => {
  it('blames handle time on a day on which only handle time rose', () => {
    const plan = side(96);
    const actual = side(96, { ahtSeconds: Array.from({ length: 96 }, () => 390) });
    const [day] = whyMissed(input(plan, actual), 'day');
    expect(day && mainFactor(day)).toBe('aht');
    expect(day?.parts.aht).toBeCloseTo((day?.actual ?? 0) - (day?.plan ?? 0), 12);
    for (const factor of MISS_FACTORS) if (factor !== 'aht') expect(day?.parts[factor]).toBeCloseTo(0, 9);
  });

  it('blames what went the same way as the service level, not a larger gain beside it', () => {
    const parts = {
      volume: -0.009,
      arrivalShape: -0.049,
      aht: -0.038,
      scheduledStaff: 0,
      absence: 0,
      adherence: 0,
      model: 0.05,
    };
    const [row] = whyMissed(input(side(96), side(96)), 'day');
    if (!row) throw new Error('no day');
    expect(mainFactor({ ...row, plan: 0.88, actual: 0.834, parts })).toBe('arrivalShape');
    expect(mainFactor({ ...row, plan: 0.88, actual: 0.926, parts })).toBe('model');
  });

  it('parts sum to the gap in every interval and every roll-up', () => {
    const near = fc.array(fc.double({ min: 0.6, max: 1.5, noNaN: true }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(
        near,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 7, maxLength: 7 }),
        (f, noise) => {
          const plan = side(120);
          const scale = (column: readonly (number | null)[], factor: number, limit = Infinity) =>
            column.map((v, i) =>
              Math.min(limit, (v ?? 0) * factor * (1 + 0.2 * ((noise[i % 7] ?? 0) - 0.5))),
            );
          const actual: StaffedDemand = {
            offered: scale(plan.offered, f[0] ?? 1),
            ahtSeconds: scale(plan.ahtSeconds, f[1] ?? 1),
            scheduledAgents: scale(plan.scheduledAgents, f[2] ?? 1),
            presentShare: scale(plan.presentShare, f[3] ?? 1, 1),
            adherence: scale(plan.adherence, f[4] ?? 1, 1),
          };
          const measured = model(actual).map((sl, i) => sl * (0.9 + 0.1 * (noise[i % 7] ?? 0)));
          for (const period of ['interval', 'day', 'week', 'all'] as const) {
            for (const row of whyMissed(input(plan, actual, measured), period)) {
              const sum = MISS_FACTORS.reduce((total, factor) => total + row.parts[factor], 0);
              expect(Math.abs(sum - (row.actual - row.plan))).toBeLessThanOrEqual(1e-9);
            }
          }
        },
      ),
      { numRuns: 4 },
    );
  });

  it('splits several queues together, and one queue alone as before', () => {
    const plan = side(96);
    const slow = input(plan, side(96, { ahtSeconds: Array.from({ length: 96 }, () => 390) }));
    const calm = input(plan, plan);
    const [alone] = whyMissed(slow, 'day');
    const [together] = whyMissed([slow, calm], 'day');
    expect(whyMissed([slow], 'day')).toEqual([alone]);
    expect(together && mainFactor(together)).toBe('aht');
    const sum = MISS_FACTORS.reduce((total, factor) => total + (together?.parts[factor] ?? 0), 0);
    expect(Math.abs(sum - ((together?.actual ?? 0) - (together?.plan ?? 0)))).toBeLessThanOrEqual(1e-9);
    // Half of the calls were of the queue that missed.
    expect(together?.parts.aht).toBeCloseTo((alone?.parts.aht ?? 0) / 2, 9);
  });

  it('separates a later peak from a higher volume', () => {
    const plan = side(96);
    const later = plan.offered.map((_, i) => plan.offered[(i + 80) % 96] ?? 0);
    const [day] = whyMissed(input(plan, side(96, { offered: later })), 'day');
    expect(day?.parts.volume).toBeCloseTo(0, 9);
  });

  it('leaves out intervals without data', () => {
    const plan = side(96);
    const holes = plan.offered.map((value, i) => (i < 40 ? null : value));
    const rows = whyMissed(input(plan, side(96, { offered: holes }), model(side(96))), 'interval');
    expect(rows).toHaveLength(56);
  });
});
