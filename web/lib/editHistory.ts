/** One gesture in an editor: operations that belong together, with the words for its undo label. */
export interface HistoryEntry<Op> {
  readonly label: string;
  readonly ops: readonly Op[];
}

/** Undo and redo stacks. Values, not snapshots: each entry is made of operations that can be inverted. */
export interface EditHistory<Op> {
  readonly past: readonly HistoryEntry<Op>[];
  readonly future: readonly HistoryEntry<Op>[];
}

/** Gestures that can be undone. */
export const HISTORY_DEPTH = 200;

export const EMPTY_HISTORY: EditHistory<never> = { past: [], future: [] };

/** Adds a gesture. Redo is lost only here: looking and selecting never touch it. */
export function pushEntry<Op>(history: EditHistory<Op>, entry: HistoryEntry<Op>): EditHistory<Op> {
  if (entry.ops.length === 0) return history;
  return { past: [...history.past, entry].slice(-HISTORY_DEPTH), future: [] };
}

/** A step of undo or redo: the operations to apply now, and the stacks afterwards. */
export interface HistoryStep<Op> {
  readonly entry: HistoryEntry<Op>;
  readonly ops: readonly Op[];
  readonly history: EditHistory<Op>;
}

/** Takes the last gesture back by its inverse operations in reverse order; null when there is none. */
export function undoStep<Op>(history: EditHistory<Op>, invert: (op: Op) => Op): HistoryStep<Op> | null {
  const entry = history.past.at(-1);
  if (!entry) return null;
  return {
    entry,
    ops: entry.ops.map(invert).reverse(),
    history: { past: history.past.slice(0, -1), future: [...history.future, entry] },
  };
}

/** Does again what was taken back last; null when there is nothing. */
export function redoStep<Op>(history: EditHistory<Op>): HistoryStep<Op> | null {
  const entry = history.future.at(-1);
  if (!entry) return null;
  return {
    entry,
    ops: entry.ops,
    history: { past: [...history.past, entry], future: history.future.slice(0, -1) },
  };
}
