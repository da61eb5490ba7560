import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DeferredItem,
  levelDeferred,
  limitOpenItems,
  planDeferred,
  spareSeconds,
} from '../../../forecasting/index.ts';

const COUNT = 5;
const smallItems = fc
  .array(
    fc.record({
      arrival: fc.integer({ min: 0, max: COUNT - 1 }),
      length: fc.integer({ min: 0, max: COUNT - 1 }),
      workSeconds: fc.integer({ min: 1, max: 3 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map(items =>
    Object.freeze(
      items.map(
        ({ arrival, length, workSeconds }, i): DeferredItem =>
          Object.freeze({
            id: `item ${i}`,
            arrival,
            due: Math.min(COUNT - 1, arrival + length),
            workSeconds,
          }),
      ),
    ),
  );
const smallCapacity = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: COUNT, maxLength: COUNT });

/** Tries every way to put the unit pieces of all items into intervals. */
function everyPlan(items: readonly DeferredItem[], visit: (used: readonly number[]) => boolean): boolean {
  const units = items.flatMap(item => Array.from({ length: item.workSeconds }, () => item));
  const used = new Array<number>(COUNT).fill(0);
  const place = (k: number): boolean => {
    const item = units[k];
    if (item === undefined) return visit(used);
    for (let t = item.arrival; t <= item.due; t++) {
      used[t]! += 1;
      if (place(k + 1)) return true;
      used[t]! -= 1;
    }
    return false;
  };
  return place(0);
}

describe('planDeferred', () => {
  it('meets every deadline exactly when some plan of all plans does', () => {
    fc.assert(
      fc.property(smallItems, smallCapacity, (items, capacity) => {
        const possible = everyPlan(items, used => used.every((seconds, t) => seconds <= capacity[t]!));
        const plan = planDeferred(items, capacity);
        expect(plan.feasible).toBe(possible);
        expect(plan.atRisk.length === 0).toBe(possible);
      }),
      { numRuns: 600 },
    );
  });

  it('works on nothing before it arrives, no more than the capacity, and no item twice', () => {
    fc.assert(
      fc.property(smallItems, smallCapacity, (items, capacity) => {
        const { steps, usedSeconds, atRisk, openItems } = planDeferred(items, capacity);
        const done = new Map<string, number>();
        for (const { interval, id, seconds } of steps) {
          const item = items.find(one => one.id === id)!;
          expect(interval).toBeGreaterThanOrEqual(item.arrival);
          if (!atRisk.some(one => one.id === id)) expect(interval).toBeLessThanOrEqual(item.due);
          done.set(id, (done.get(id) ?? 0) + seconds);
        }
        for (const item of items) expect(done.get(item.id) ?? 0).toBeLessThanOrEqual(item.workSeconds);
        usedSeconds.forEach((seconds, t) => {
          expect(seconds).toBeLessThanOrEqual(capacity[t]!);
        });
        const unfinished = items.filter(item => (done.get(item.id) ?? 0) < item.workSeconds).length;
        expect(openItems[COUNT - 1]).toBe(unfinished);
      }),
    );
  });

  it('names the items at risk and when they get done after all', () => {
    const items: DeferredItem[] = [
      { id: 'discharge call', arrival: 0, due: 1, workSeconds: 500 },
      { id: 'ticket', arrival: 0, due: 0, workSeconds: 900 },
    ];
    expect(planDeferred(items, [900, 300, 300]).atRisk).toEqual([
      { id: 'discharge call', due: 1, lateSeconds: 200, doneAt: 2 },
    ]);
    expect(planDeferred(items, [900, 300]).atRisk[0]?.doneAt).toBeNull();
    expect(() => planDeferred([{ id: 'x', arrival: 1, due: 0, workSeconds: 1 }], [1, 1])).toThrow(
      /^items\[0\]\.due /,
    );
    expect(() => planDeferred(items, [900, Number.NaN])).toThrow(/^capacitySeconds\[1\] /);
  });

  it('keeps never more than so many open, as soon as the work can be done in time', () => {
    const items = Array.from(
      { length: 30 },
      (_, i): DeferredItem => ({ id: `${i}`, arrival: i, due: 59, workSeconds: 60 }),
    );
    const free = planDeferred(
      items,
      new Array(60).fill(0).map((_, t) => (t < 20 ? 30 : 600)),
    );
    expect(Math.max(...free.openItems)).toBeGreaterThan(8);
    const limited = limitOpenItems(items, 5);
    const plan = planDeferred(limited, new Array(60).fill(60));
    expect(plan.feasible).toBe(true);
    expect(Math.max(...plan.openItems)).toBeLessThanOrEqual(5);
    // 30 s an interval cannot keep up with 60 s arriving in each.
    expect(planDeferred(limited, new Array(60).fill(30)).feasible).toBe(false);
    expect(() =>
      limitOpenItems([...items.slice(0, 1), ...items.slice(0, 1), ...items.slice(0, 1)], 2),
    ).toThrow(/^mostOpen /);
  });

  it('takes the free time of agents on calls as capacity', () => {
    expect(Array.from(spareSeconds([10, 20], [0.8, 1], 900, 0.75))).toEqual(
      [1350, 0].map(x => expect.closeTo(x, 9)),
    );
  });
});

describe('levelDeferred', () => {
  const voice = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: COUNT, maxLength: COUNT });

  it('finds the lowest peak: the highest level that any run of intervals needs for its own work', () => {
    fc.assert(
      fc.property(smallItems, voice, (items, voiceAgents) => {
        const found = levelDeferred(items, { voiceAgents, intervalSeconds: 1 });
        expect(found.kind).toBe('levelled');
        if (found.kind !== 'levelled') return;
        let highest = 0;
        for (let from = 0; from < COUNT; from++) {
          for (let to = from; to < COUNT; to++) {
            const work = items
              .filter(item => item.arrival >= from && item.due <= to)
              .reduce((sum, item) => sum + item.workSeconds, 0);
            if (work === 0) continue;
            let [low, high] = [0, 40];
            for (let k = 0; k < 60; k++) {
              const middle = (low + high) / 2;
              const held = voiceAgents
                .slice(from, to + 1)
                .reduce((sum, v) => sum + Math.max(0, middle - v), 0);
              if (held < work) low = middle;
              else high = middle;
            }
            highest = Math.max(highest, high);
          }
        }
        expect(found.peakAgents).toBeCloseTo(highest, 9);
        const plan = planDeferred(
          items,
          found.agents.map(x => x + 1e-9),
        );
        expect(plan.feasible).toBe(true);
        expect(found.agents.reduce((sum, x) => sum + x, 0)).toBeCloseTo(
          items.reduce((sum, item) => sum + item.workSeconds, 0),
          6,
        );
      }),
      { numRuns: 500 },
    );
  });

  it('is as level as can be: no plan of all plans has a smaller sum of squares', () => {
    fc.assert(
      fc.property(smallItems, voice, (items, voiceAgents) => {
        const found = levelDeferred(items, { voiceAgents, intervalSeconds: 1 });
        if (found.kind !== 'levelled') throw new Error('must be levelled');
        const squares = (used: ArrayLike<number>) =>
          voiceAgents.reduce((sum, v, t) => sum + (v + (used[t] ?? 0)) ** 2, 0);
        let best = Infinity;
        everyPlan(items, used => {
          best = Math.min(best, squares(used));
          return false;
        });
        expect(squares(found.agents)).toBeLessThanOrEqual(best + 1e-6);
      }),
      { numRuns: 300 },
    );
  });

  it('respects the most agents of each interval, or says which work does not fit', () => {
    fc.assert(
      fc.property(smallItems, voice, smallCapacity, (items, voiceAgents, extra) => {
        const mostAgents = voiceAgents.map((v, t) => v + extra[t]!);
        const found = levelDeferred(items, { voiceAgents, intervalSeconds: 1, mostAgents });
        const possible = everyPlan(items, used => used.every((seconds, t) => seconds <= extra[t]!));
        expect(found.kind === 'levelled').toBe(possible);
        if (found.kind === 'levelled') {
          found.agents.forEach((x, t) => {
            expect(x).toBeLessThanOrEqual(extra[t]! + 1e-9);
          });
        } else {
          expect(found.missingSeconds).toBeGreaterThan(0);
          expect(found.items.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('puts a day’s tickets into the trough after lunch', () => {
    const voiceAgents = [10, 14, 16, 12, 6, 5, 9, 14];
    const items = Array.from(
      { length: 12 },
      (_, i): DeferredItem => ({ id: `${i}`, arrival: 0, due: 7, workSeconds: 600 }),
    );
    const found = levelDeferred(items, { voiceAgents, intervalSeconds: 900 });
    // 8 agent-intervals of work fill voice 6, 5 and 9 up to (6 + 5 + 9 + 8) / 3.
    const level = 28 / 3;
    const want = [0, 0, 0, 0, level - 6, level - 5, level - 9, 0].map(x => expect.closeTo(x, 9));
    expect(found.kind === 'levelled' && Array.from(found.agents)).toEqual(want);
    expect(found.kind === 'levelled' && found.peakAgents).toBeCloseTo(level, 9);
  });

  it('on an empty centre gives the constant staff that the deadlines need', () => {
    const items: DeferredItem[] = [
      { id: 'a', arrival: 0, due: 1, workSeconds: 1800 },
      { id: 'b', arrival: 1, due: 1, workSeconds: 1350 },
      { id: 'c', arrival: 0, due: 3, workSeconds: 900 },
    ];
    const found = levelDeferred(items, { voiceAgents: [0, 0, 0, 0], intervalSeconds: 900 });
    expect(found.kind === 'levelled' && found.peakAgents).toBeCloseTo(3150 / 1800, 9);
  });

  it('solves a week of mixed deadlines', () => {
    const items: DeferredItem[] = [];
    for (let t = 0; t < 672; t++) {
      const open = t % 96 >= 32 && t % 96 < 72 && t < 480;
      if (!open) continue;
      items.push({ id: `ticket ${t}`, arrival: t, due: t + 1, workSeconds: 300 + (t % 7) * 40 });
      items.push({ id: `call ${t}`, arrival: t, due: Math.min(671, t + 192), workSeconds: 400 });
    }
    const voiceAgents = Array.from({ length: 672 }, (_, t) => 10 + 6 * Math.sin(t / 9));
    const mostAgents = voiceAgents.map((v, t) => (t % 96 >= 30 && t % 96 < 76 ? v + 10 : v));
    const found = levelDeferred(items, { voiceAgents, intervalSeconds: 900, mostAgents, usableShare: 0.85 });
    expect(found.kind).toBe('levelled');
    if (found.kind !== 'levelled') return;
    expect(
      planDeferred(
        items,
        found.agents.map(x => x * 900 * 0.85 + 1e-6),
      ).feasible,
    ).toBe(true);
  });
});
