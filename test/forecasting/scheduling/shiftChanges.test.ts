import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Assignment } from '../../../forecasting/scheduling/schedule.ts';
import { changedDays, sameShift, shiftChanges } from '../../../forecasting/scheduling/shiftChanges.ts';

const HOUR = 3600;
const ZONE = 'America/Chicago';

function shift(id: string, agentId: string, start: number, hours: number): Assignment {
  const end = start + hours * HOUR;
  const lunch = start + HOUR;
  return {
    id,
    agentId,
    start,
    end,
    templateId: null,
    activities: [
      { kind: 'work', start, end: lunch, paid: true },
      { kind: 'lunch', start: lunch, end: lunch + 1800, paid: false },
      { kind: 'work', start: lunch + 1800, end, paid: true },
    ],
  };
}

const shifts = fc
  .uniqueArray(
    fc.tuple(
      fc.nat(9),
      fc.constantFrom('ana', 'ben', 'eva'),
      fc.nat(14 * 24),
      fc.integer({ min: 2, max: 9 }),
    ),
    { selector: ([id]) => id, maxLength: 10 },
  )
  .map(rows => rows.map(([id, agentId, hour, hours]) => shift(String(id), agentId, hour * HOUR, hours)));

describe('the changes between two sets of shifts', () => {
  it('lead from one to the other, and their inverse leads back', () => {
    fc.assert(
      fc.property(shifts, shifts, (before, after) => {
        const changes = shiftChanges(before, after);
        const applied = new Map(before.map(entry => [entry.id, entry]));
        for (const { before: from, after: to } of changes) {
          if (from) expect(applied.get(from.id)).toEqual(from);
          if (from) applied.delete(from.id);
          if (to) applied.set(to.id, to);
        }
        expect([...applied.values()].sort(byId)).toEqual([...after].sort(byId));
        expect(shiftChanges(after, before)).toHaveLength(changes.length);
        expect(shiftChanges(before, structuredClone(before))).toEqual([]);
      }),
    );
  });

  it('name each day once, and only of people whose shifts changed', () => {
    fc.assert(
      fc.property(shifts, shifts, (before, after) => {
        const named = changedDays(before, after, ZONE).map(day => `${day.agentId} ${day.date}`);
        expect(new Set(named).size).toBe(named.length);
        const touched = shiftChanges(before, after).flatMap(change => [change.before, change.after]);
        const agents = new Set(touched.map(entry => entry?.agentId));
        for (const day of named) expect(agents.has(day.split(' ')[0])).toBe(true);
        expect(changedDays(before, structuredClone(before), ZONE)).toEqual([]);
        expect(named.length).toBe(changedDays(after, before, ZONE).length);
      }),
    );
  });

  it('hold both versions of a day, on the local date of the start', () => {
    // 2026-11-23 23:00 in Chicago is 05:00 of the next day in UTC.
    const start = Date.UTC(2026, 10, 24, 5) / 1000;
    const [was, becomes] = [shift('a', 'ana', start, 6), shift('a', 'ana', start, 7)];
    const other = shift('b', 'ben', start, 6);
    expect(changedDays([was, other], [becomes, other], ZONE)).toEqual([
      { agentId: 'ana', date: '2026-11-23', before: [was], after: [becomes] },
    ]);
  });

  it('see a break that moved, and neither a lock nor a new id', () => {
    const was = shift('a', 'ana', 8 * HOUR, 8);
    const [work, lunch, rest] = was.activities;
    if (!work || !lunch || !rest) throw new Error('a shift of three parts');
    const later = {
      ...was,
      activities: [
        { ...work, end: work.end + 900 },
        { ...lunch, start: lunch.start + 900, end: lunch.end + 900 },
        { ...rest, start: rest.start + 900 },
      ],
    };
    expect(sameShift(was, later)).toBe(false);
    expect(changedDays([was], [later], ZONE)).toHaveLength(1);
    expect(sameShift(was, { ...was, locked: true })).toBe(false);
    expect(changedDays([was], [{ ...was, locked: true, id: 'b' }], ZONE)).toEqual([]);
  });
});

function byId(a: Assignment, b: Assignment): number {
  return a.id < b.id ? -1 : 1;
}
