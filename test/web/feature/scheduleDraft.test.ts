import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EditConflict } from '../../../api/contract/scheduleEdit.ts';
import type { Assignment } from '../../../forecasting/scheduling/schedule.ts';
import { moved, plainShift, resized } from '../../../web/feature/schedule/changes.ts';
import { type DraftState, draftAfter, emptyDraft } from '../../../web/feature/schedule/draftState.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const ana = plainShift('ana-1', 'ana', 8 * HOUR, 16 * HOUR);
const ben = plainShift('ben-1', 'ben', 8 * HOUR, 16 * HOUR);
const start = emptyDraft(new Map([ana, ben].map(shift => [shift.id, shift])), 'UTC');

function edited(
  state: DraftState,
  label: string,
  ...pairs: [Assignment | null, Assignment | null][]
): DraftState {
  const changes = pairs.map(([before, after]) => ({ before, after }));
  return draftAfter(state, { kind: 'commit', edit: { label, changes } });
}

function theirVersion(shift: Assignment): EditConflict {
  return {
    agentId: shift.agentId,
    date: '1970-01-01',
    revision: 7,
    theirs: [{ ...shift, activities: shift.activities.map(activity => ({ ...activity })) }],
    changedBy: null,
    changedAt: 0,
  };
}

/** What the server has after it took the pending edits over `shifts`. */
function saved(shifts: ReadonlyMap<string, Assignment>, state: DraftState) {
  const stored = new Map(shifts);
  for (const { changes } of state.pending) {
    for (const { before, after } of changes) {
      if (before) {
        // The server refuses a change whose shift does not look as the editor saw it.
        expect(stored.get(before.id)).toEqual(before);
        stored.delete(before.id);
      }
      if (after) stored.set(after.id, after);
    }
  }
  return stored;
}

describe('two planners on the same day', () => {
  const mine = moved(ana, HOUR, null, true);
  const theirs = resized(ana, 'end', 14 * HOUR);
  const bensDay = resized(ben, 'end', 18 * HOUR);
  // One edit touches both people, and only Ana's day is in conflict; a second edit followed.
  const twoEdits = edited(edited(start, 'move both', [ana, mine], [ben, bensDay]), 'shorten', [
    mine,
    resized(mine, 'end', 15 * HOUR),
  ]);
  const clash = draftAfter(twoEdits, { kind: 'conflict', theirs: [theirVersion(theirs)] });
  const server = new Map([theirs, ben].map(shift => [shift.id, shift]));

  it('stops and offers both versions', () => {
    expect(clash.conflict?.label).toBe('move both');
    expect(clash.shifts).toEqual(twoEdits.shifts);
  });

  it('“keep theirs” shows theirs on the day in conflict and still saves the rest of mine', () => {
    const kept = draftAfter(clash, { kind: 'keepTheirs' });
    expect(kept.shifts.get('ana-1')).toEqual(theirs);
    expect(kept.shifts.get('ben-1')).toEqual(bensDay);
    expect(saved(server, kept)).toEqual(new Map(kept.shifts));
  });

  it('“keep mine” saves everything of mine on top of what the server has', () => {
    const kept = draftAfter(clash, { kind: 'keepMine' });
    expect(kept.shifts).toEqual(twoEdits.shifts);
    expect(saved(server, kept)).toEqual(new Map(kept.shifts));
  });

  it('a shift moved to another day and contested there comes back to where the server has it', () => {
    const away = moved(ana, DAY, null, true);
    const contested = { ...theirVersion(ben), agentId: 'ana', date: '1970-01-02', theirs: [] };
    const state = draftAfter(edited(start, 'tomorrow', [ana, away]), {
      kind: 'conflict',
      theirs: [contested],
    });
    const kept = draftAfter(state, { kind: 'keepTheirs' });
    expect(kept.shifts.get('ana-1')).toEqual(ana);
    expect(kept.pending).toEqual([]);
  });

  it('whatever was edited and whichever side is kept, the server ends with what the editor shows', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('ana-1', 'ben-1'), fc.integer({ min: -6, max: 30 })), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.constantFrom('keepMine' as const, 'keepTheirs' as const),
        (moves, side) => {
          let state = start;
          for (const [id, hours] of moves) {
            const shift = state.shifts.get(id);
            if (shift) state = edited(state, id, [shift, moved(shift, hours * HOUR, null, true)]);
          }
          state = draftAfter(state, { kind: 'conflict', theirs: [theirVersion(theirs)] });
          const kept = draftAfter(state, { kind: side });
          expect(kept.conflict).toBeNull();
          expect(saved(server, kept)).toEqual(new Map(kept.shifts));
        },
      ),
    );
  });
});

describe('the draft', () => {
  it('undoes across saves with the inverse edit, and redoes', () => {
    const longer = resized(ana, 'end', 17 * HOUR);
    const done = draftAfter(edited(start, 'lengthen', [ana, longer]), { kind: 'saved' });
    expect(done.pending).toEqual([]);
    const undone = draftAfter(done, { kind: 'undo' });
    expect(undone.shifts.get('ana-1')).toEqual(ana);
    expect(undone.pending).toHaveLength(1);
    const redone = draftAfter(undone, { kind: 'redo' });
    expect(redone.shifts.get('ana-1')).toEqual(longer);
  });

  it('gives up an edit that the server refuses, with what rested on it, and keeps the rest', () => {
    const refused = moved(ana, HOUR, null, true);
    const resting = resized(refused, 'end', 15 * HOUR);
    const other = resized(ben, 'end', 18 * HOUR);
    const state = edited(
      edited(edited(start, 'refused', [ana, refused]), 'resting', [refused, resting]),
      'other',
      [ben, other],
    );
    const failed = draftAfter(state, { kind: 'failed', error: new Error('two shifts would overlap') });
    const kept = draftAfter(failed, { kind: 'giveUp' });
    expect(kept.error).toBeNull();
    expect(kept.shifts.get('ana-1')).toEqual(ana);
    expect(kept.pending.map(edit => edit.label)).toEqual(['other']);
    expect(saved(start.shifts, kept)).toEqual(new Map(kept.shifts));
  });

  it('takes in what others saved only while nothing here is unsaved', () => {
    const shifts = new Map([[ben.id, ben]]);
    const taken = draftAfter(start, { kind: 'fromServer', shifts, taken: [] });
    expect(taken.shifts).toBe(shifts);
    expect(taken.history).toEqual(start.history);
    const busy = edited(start, 'remove', [ben, null]);
    expect(draftAfter(busy, { kind: 'fromServer', shifts, taken: [] })).toBe(busy);
  });

  it('undoes what the server changed at this person’s wish, as one new edit', () => {
    const later = resized(ana, 'end', 18 * HOUR);
    const shifts = new Map([[ana.id, later]]);
    const changes = [
      { before: ana, after: later },
      { before: ben, after: null },
    ];
    const taken = draftAfter(start, {
      kind: 'fromServer',
      shifts,
      taken: [{ label: 'Accept proposal', changes }],
    });
    expect(taken.pending).toEqual([]);
    const undone = draftAfter(taken, { kind: 'undo' });
    expect(undone.shifts).toEqual(start.shifts);
    expect(saved(shifts, undone)).toEqual(new Map(start.shifts));
    expect(draftAfter(undone, { kind: 'redo' }).shifts).toEqual(shifts);
  });
});
