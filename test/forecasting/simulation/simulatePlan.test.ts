import { describe, expect, it } from 'vitest';
import {
  evaluateQueue,
  type PlanAgent,
  type PlanInput,
  type PlanQueue,
  type PlanSimulation,
  simulatePlan,
} from '../../../forecasting/index.ts';

const HOUR = 3_600;
const QUARTER = 900;
// Saturday 2026-10-31, 00:00 in New York; the clocks go back on Sunday 2026-11-01.
const START = Date.UTC(2026, 9, 31, 4) / 1_000;

const goal = { target: 0.8, answerWithinSeconds: 20, definition: 'offered' } as const;

/** Two local days, the second of 25 hours; open from 08:00 to 18:00 local time. */
function twoDays(agentsPerDay: number): PlanInput {
  const count = 96 + 100;
  const opens = [START + 8 * HOUR, START + 24 * HOUR + 9 * HOUR];
  const open = (i: number) =>
    opens.some(from => START + i * QUARTER >= from && START + i * QUARTER < from + 10 * HOUR);
  const queue = (id: string, calls: number, more: Partial<PlanQueue> = {}): PlanQueue => ({
    id,
    calls: Array.from({ length: count }, (_, i) => (open(i) ? calls : 0)),
    ahtSeconds: 300,
    patience: { kind: 'exponential', meanSeconds: 240 },
    goal,
    ...more,
  });
  const agents: PlanAgent[] = Array.from({ length: agentsPerDay }, (_, i) => ({
    id: `agent ${i}`,
    skills: i % 3 === 0 ? [{ queue: 'nurse' }, { queue: 'booking', level: 2 }] : [{ queue: 'booking' }],
    duty: opens.map(from => {
      const pause = from + 4 * HOUR + (i % 4) * 1_800;
      return {
        startSeconds: from,
        endSeconds: from + 10 * HOUR,
        breaks: [{ startSeconds: pause, endSeconds: pause + 1_800 }],
      };
    }),
  }));
  return {
    grid: { start: START, stepSeconds: QUARTER, timeZone: 'America/New_York', count },
    queues: [queue('booking', 24), queue('nurse', 8, { priority: 0 })],
    agents,
  };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) deepFreeze(part);
    Object.freeze(value);
  }
  return value;
}

function complete(result: PlanSimulation) {
  if (result.kind !== 'complete') throw new Error(`the simulation was ${result.kind}`);
  return result;
}

describe('simulated plan', () => {
  const input = deepFreeze(twoDays(14));
  const result = complete(simulatePlan(input, { seed: 'plan', replications: 60 }));
  const booking = result.queues[0]!;

  it('reports queue by queue, local day by local day, interval by interval', () => {
    expect(result.queues.map(queue => queue.id)).toEqual(['booking', 'nurse']);
    expect(booking.days.map(({ date, intervals }) => [date, intervals])).toEqual([
      ['2026-10-31', 96],
      ['2026-11-01', 100],
    ]);
    expect(booking.intervals.goalLevel).toHaveLength(196);
    const offered = booking.intervals.offered.reduce((a, b) => a + b, 0);
    expect(offered).toBeCloseTo(booking.total.counts.offered, 6);
    const days = booking.days.reduce((sum, day) => sum + day.counts.answered, 0);
    expect(days).toBeCloseTo(booking.total.counts.answered, 6);
  });

  it('tells closed from open: no calls, no service level', () => {
    expect(booking.intervals.goalLevel[0]).toBeNull();
    expect(booking.intervals.goalLevel[40]).not.toBeNull();
    expect(result.occupancy[0]).toBeNull();
    expect(result.staffedAgents[40]).toBeCloseTo(14, 6);
  });

  it('gives every level an interval around it, and the chance that the goal is met', () => {
    for (const { goalLevel, goalProbability, usualRange } of [booking.total, ...booking.days]) {
      expect(goalLevel!.low).toBeLessThan(goalLevel!.value);
      expect(goalLevel!.high).toBeGreaterThan(goalLevel!.value);
      expect(goalProbability!.value).toBeGreaterThanOrEqual(0);
      expect(goalProbability!.value).toBeLessThanOrEqual(1);
      expect(usualRange!.low).toBeLessThanOrEqual(usualRange!.high);
    }
    // One interval swings far more than a day, so its chance of meeting the goal is less clear-cut.
    const spread = (estimate: { low: number; high: number } | null) => estimate!.high - estimate!.low;
    expect(spread(booking.intervals.goalLevel[40]!)).toBeGreaterThan(spread(booking.days[0]!.goalLevel));
  });

  it('shows what breaks cost: the level at lunch lies below the level before', () => {
    const level = (hour: number) => {
      const from = hour * 4;
      const slots = [0, 1].map(i => booking.intervals.goalLevel[from + i]!.value);
      return (slots[0]! + slots[1]!) / 2;
    };
    expect(Math.min(level(12), level(12.5), level(13), level(13.5))).toBeLessThan(level(11));
  });

  it('meets more with more people', () => {
    const more = complete(simulatePlan(twoDays(18), { seed: 'plan', replications: 60 }));
    expect(more.queues[0]!.total.goalLevel!.low).toBeGreaterThan(booking.total.goalLevel!.high);
  });

  it('agrees with the exact steady state where nothing changes for long', () => {
    const plain: PlanInput = {
      grid: { start: START, stepSeconds: 1_800, timeZone: 'UTC', count: 48 },
      queues: [
        {
          id: 'q',
          calls: new Array<number>(48).fill(60),
          ahtSeconds: 300,
          patience: { kind: 'exponential', meanSeconds: 240 },
          goal,
        },
      ],
      agents: Array.from({ length: 11 }, (_, i) => ({
        id: `agent ${i}`,
        skills: [{ queue: 'q' }],
        duty: [{ startSeconds: START, endSeconds: START + 86_400 }],
      })),
    };
    const { queues, occupancy } = complete(simulatePlan(plain, { seed: 5, replications: 150 }));
    const load = { calls: 60, intervalSeconds: 1_800, ahtSeconds: 300 };
    const exact = evaluateQueue({ ...load, patience: { kind: 'exponential', meanSeconds: 240 } }, 11, {
      answerWithinSeconds: 20,
    });
    const late = queues[0]!.intervals.goalLevel.slice(4, 47);
    const mean = late.reduce((sum, level) => sum + level!.value, 0) / late.length;
    expect(Math.abs(mean - exact.serviceLevel.offered)).toBeLessThan(0.01);
    const inside = late.filter(
      level => level!.low <= exact.serviceLevel.offered && exact.serviceLevel.offered <= level!.high,
    ).length;
    // 43 intervals at 95 %: 40.85 expected; neighbours are correlated.
    expect(inside).toBeGreaterThanOrEqual(36);
    expect(Math.abs(occupancy[24]! - exact.occupancy)).toBeLessThan(0.03);
  });

  it('is the same for the same seed, and plain data', () => {
    const run = () => simulatePlan(twoDays(10), { seed: 3, replications: 3 });
    expect(run()).toEqual(run());
    const result = run();
    expect(structuredClone(result)).toEqual(result);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  it('reports progress by replication and stops when cancelled', () => {
    const progress: string[] = [];
    const outcome = simulatePlan(input, {
      seed: 1,
      replications: 8,
      onProgress: (done, total) => progress.push(`${done}/${total}`),
      isCancelled: () => progress.length === 3,
    });
    expect(outcome).toEqual({ kind: 'cancelled', replications: 3 });
    expect(progress).toEqual(['1/8', '2/8', '3/8']);
  });

  it('names the field that is wrong', () => {
    const broken = { ...input, agents: [{ ...input.agents[0]!, skills: [{ queue: 'sales' }] }] };
    expect(() => simulatePlan(broken, { seed: 1 })).toThrow(/agents\[0\]\.skills\[0\]\.queue/);
    const short = { ...input, queues: input.queues.map(queue => ({ ...queue, calls: [1, 2] })) };
    expect(() => simulatePlan(short, { seed: 1 })).toThrow(/calls/);
  });
});
