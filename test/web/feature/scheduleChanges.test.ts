import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Assignment, assignmentProblems } from '../../../forecasting/scheduling/schedule.ts';
import {
  applied,
  changesOf,
  inverse,
  moved,
  painted,
  pasted,
  plainShift,
  resized,
  withBreaks,
} from '../../../web/feature/schedule/changes.ts';
import { createEvaluator } from '../../../web/feature/schedule/evaluator.ts';
import { newlyBroken } from '../../../web/feature/schedule/measures.ts';
import { madeUpWeek } from '../../bench/editor/madeUpWeek.ts';

const QUARTER = 900;
const shift: Assignment = Object.freeze(
  withBreaks(plainShift('s1', 'ana', 0, 32 * QUARTER), [
    { kind: 'break', start: 8 * QUARTER, end: 9 * QUARTER, paid: true },
    { kind: 'lunch', start: 16 * QUARTER, end: 18 * QUARTER, paid: false },
  ]),
);

describe('shift edits', () => {
  it('keep a shift without gaps or overlaps, whatever is dragged', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -40, max: 40 }),
        fc.integer({ min: 1, max: 60 }),
        fc.boolean(),
        (steps, end, carries) => {
          for (const after of [
            moved(shift, steps * QUARTER, null, carries),
            resized(shift, 'end', end * QUARTER),
            resized(shift, 'start', Math.min(31, end - 20) * QUARTER),
          ]) {
            expect(assignmentProblems(after)).toEqual([]);
          }
        },
      ),
    );
  });

  it('carry breaks along, or leave them on the clock with Alt', () => {
    const lunchOf = (moved: Assignment) =>
      moved.activities.find(activity => activity.kind === 'lunch')?.start;
    expect(lunchOf(moved(shift, 4 * QUARTER, null, true))).toBe(20 * QUARTER);
    expect(lunchOf(moved(shift, 4 * QUARTER, null, false))).toBe(16 * QUARTER);
  });

  it('drop breaks that a shorter shift no longer holds', () => {
    expect(resized(shift, 'end', 12 * QUARTER).activities.map(activity => activity.kind)).toEqual([
      'work',
      'break',
      'work',
    ]);
  });

  it('never touch a locked shift', () => {
    const locked = new Map([['s1', { ...shift, locked: true }]]);
    const move = {
      kind: 'move',
      ids: ['s1'],
      deltaSeconds: QUARTER,
      toRowId: null,
      carriesActivities: true,
    } as const;
    expect(changesOf(locked, move, 'new')).toEqual([]);
  });

  it('are taken back exactly by their inverses in reverse order', () => {
    const start = new Map([['s1', shift]]);
    let nextId = 0;
    const first = changesOf(start, { kind: 'resize', id: 's1', edge: 'end', at: 20 * QUARTER }, 'new');
    const second = pasted([shift], 'ben', 96 * QUARTER, 'UTC', () => `p${nextId++}`);
    const after = applied(applied(start, first), second);
    expect(after.size).toBe(2);
    const back = applied(after, [...[...first, ...second].map(inverse)].reverse());
    expect(back).toEqual(start);
  });
});

describe('painting an activity into a shift', () => {
  it('lays it over what was there and leaves neither gap nor overlap', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -4, max: 36 }),
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom('break', 'lunch', 'meeting', 'training', 'work'),
        (first, length, kind) => {
          const [from, to] = [first * QUARTER, (first + length) * QUARTER];
          fc.pre(from < shift.end && to > shift.start);
          const after = painted(shift, kind, from, to);
          expect(assignmentProblems(after)).toEqual([]);
          const inside = after.activities.filter(
            activity =>
              activity.start < Math.min(to, shift.end) && activity.end > Math.max(from, shift.start),
          );
          expect(new Set(inside.map(activity => activity.kind))).toEqual(new Set([kind]));
        },
      ),
    );
  });
});

describe('pasting', () => {
  const second = { ...moved(shift, 96 * QUARTER, null, true), id: 's2' };

  it('keeps the times of day of several shifts and begins on the date of the cursor', () => {
    const at = (7 * 96 + 50) * QUARTER;
    const [a, b] = pasted([shift, second], 'ben', at, 'UTC', () => 'new').map(change => change.after);
    expect([a?.start, b?.start]).toEqual([7 * 96 * QUARTER, 8 * 96 * QUARTER]);
    expect(new Set([a?.agentId, b?.agentId])).toEqual(new Set(['ben']));
  });

  it('leaves each person’s shift with its person when several people were copied', () => {
    const ofBen = { ...second, agentId: 'ben' };
    const copies = pasted([shift, ofBen], 'cleo', 0, 'UTC', () => 'new');
    expect(copies.map(change => change.after?.agentId)).toEqual(['ana', 'ben']);
  });
});

describe('the evaluator of a made-up week', () => {
  const { problem, shifts } = madeUpWeek(30);
  const map = new Map(shifts.map(entry => [entry.id, entry]));
  const move = (seconds: number) =>
    changesOf(
      map,
      {
        kind: 'move',
        ids: [shifts[0]?.id ?? ''],
        deltaSeconds: seconds,
        toRowId: null,
        carriesActivities: true,
      },
      'new',
    );

  it('shows a preview’s coverage, forgets it afterwards, and follows an edit and its inverse', () => {
    const evaluator = createEvaluator(problem, map);
    const seen = () => [...evaluator.coverage(null).scheduled];
    const before = seen();
    const changes = move(8 * QUARTER);
    evaluator.show(map, changes);
    const preview = seen();
    expect(preview).not.toEqual(before);
    evaluator.show(map, move(16 * QUARTER));
    evaluator.show(map);
    expect(seen()).toEqual(before);
    evaluator.show(applied(map, changes));
    expect(seen()).toEqual(preview);
    evaluator.show(map);
    expect(seen()).toEqual(before);
  });

  it('tells which rules a move would break that are kept now', () => {
    const evaluator = createEvaluator(problem, map);
    const [first] = shifts;
    const own = shifts.filter(entry => entry.agentId === first?.agentId);
    const late = applied(map, move(14 * 4 * QUARTER));
    const after = own.map(entry => late.get(entry.id) ?? entry).sort((a, b) => a.start - b.start);
    const id = first?.agentId ?? '';
    const [had, has] = [evaluator.findings(id, own), evaluator.findings(id, after)];
    const fresh = newlyBroken(had, has);
    expect(fresh.map(finding => finding.ruleKind)).toContain('minimumRest');
    expect(newlyBroken(has, has)).toEqual([]);
    expect(newlyBroken(has, had).map(finding => finding.ruleKind)).not.toContain('minimumRest');
  });
});
