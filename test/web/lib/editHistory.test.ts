import { describe, expect, it } from 'vitest';
import { EMPTY_HISTORY, HISTORY_DEPTH, pushEntry, redoStep, undoStep } from '../../../web/lib/editHistory.ts';

const negate = (op: number) => -op;

describe('undo and redo', () => {
  it('takes gestures back whole and in reverse order', () => {
    const history = pushEntry<number>(EMPTY_HISTORY, { label: 'move', ops: [1, 2, 3] });
    const undone = undoStep(history, negate);
    expect(undone?.ops).toEqual([-3, -2, -1]);
    expect(redoStep(undone?.history ?? EMPTY_HISTORY)?.ops).toEqual([1, 2, 3]);
  });

  it('keeps redo until the content changes', () => {
    const one = pushEntry<number>(EMPTY_HISTORY, { label: 'a', ops: [1] });
    const undone = undoStep(one, negate)?.history ?? EMPTY_HISTORY;
    expect(pushEntry(undone, { label: 'nothing', ops: [] })).toBe(undone);
    expect(redoStep(pushEntry(undone, { label: 'b', ops: [2] }))).toBeNull();
  });

  it('forgets the oldest gesture beyond its depth', () => {
    let history = pushEntry<number>(EMPTY_HISTORY, { label: '0', ops: [0] });
    for (let i = 1; i <= HISTORY_DEPTH; i++) history = pushEntry(history, { label: String(i), ops: [i] });
    expect(history.past).toHaveLength(HISTORY_DEPTH);
    expect(history.past[0]?.label).toBe('1');
  });
});
