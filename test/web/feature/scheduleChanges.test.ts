import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Assignment, assignmentProblems } from '../../../forecasting/scheduling/schedule.ts';
import {
  applied,
  changesOf,
  inverse,
  moved,
  pasted,
  plainShift,
  resized,
  withBreaks,
} from '../../../web/feature/schedule/changes.ts';
import { createEvaluator } from '../../../web/feature/schedule/evaluator.ts';
import { madeUpWeek } from '../story/madeUpWeek.ts';

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
    const second = pasted([shift], 'ben', 96 * QUARTER, () => `p${nextId++}`);
    const after = applied(applied(start, first), second);
    expect(after.size).toBe(2);
    const back = applied(after, [...[...first, ...second].map(inverse)].reverse());
    expect(back).toEqual(start);
  });
});

describe('the evaluator of a made-up week', () => {
  it('leaves the coverage alone after a preview, and follows an edit and its inverse', () => {
    const { problem, shifts } = madeUpWeek(30);
    const map = new Map(shifts.map(entry => [entry.id, entry]));
    const evaluator = createEvaluator(problem, map);
    const before = [...evaluator.coverage(null).scheduled];
    const id = shifts[0]?.id ?? '';
    const changes = changesOf(
      map,
      { kind: 'move', ids: [id], deltaSeconds: 8 * QUARTER, toRowId: null, carriesActivities: true },
      'new',
    );
    const seen = [...evaluator.preview(changes, null).scheduled];
    expect(seen).not.toEqual(before);
    expect([...evaluator.coverage(null).scheduled]).toEqual(before);
    evaluator.apply(changes);
    expect([...evaluator.coverage(null).scheduled]).toEqual(seen);
    evaluator.apply(changes.map(inverse));
    expect([...evaluator.coverage(null).scheduled]).toEqual(before);
  });
});
