/** The columns of measures in SQL, in the order of `MEASURES`. */
export const MEASURE_COLUMNS = [
  'offered',
  'handled',
  'abandoned',
  'short_abandoned',
  'answered_within',
  'talk_seconds',
  'hold_seconds',
  'wrap_seconds',
  'handle_seconds',
  'answer_wait_seconds',
  'abandon_wait_seconds',
] as const;

/**
 * A place where rows wait until the whole file has been read: outside the live tables, on disk, not in memory.
 * Statements run on the same connection as the live tables, inside the import's one transaction.
 */
export interface Stage {
  readonly engine: 'sqlite' | 'postgres';
  /** Name of the table of staged rows: queue_number, start, line, and the measures. */
  readonly table: string;
  /** Name for a second table of the same shape. */
  readonly foldedTable: string;
  /** Begins staging; `given` says which measures rows will have, in the order of `MEASURE_COLUMNS`. */
  readonly open: (given: readonly boolean[]) => Promise<void>;
  /** Takes a row; values are copied. */
  readonly add: (
    queueNumber: number,
    start: number,
    line: number,
    values: readonly (number | null)[],
  ) => void;
  /** Waits until the rows taken so far are written; call it between pieces of the file. */
  readonly drain: () => Promise<void>;
  /** Ends staging; statements may follow. */
  readonly seal: () => Promise<void>;
  /** Runs a statement and returns how many rows it changed. */
  readonly run: (sql: string, parameters?: readonly (string | number | null)[]) => Promise<number>;
  /** Runs a query. */
  readonly query: (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  readonly begin: () => Promise<void>;
  readonly commit: () => Promise<void>;
  readonly rollback: () => Promise<void>;
  /** Drops what was staged and lets the connection go. */
  readonly close: () => Promise<void>;
}

/** A whole number out of a query's answer. */
export function wholeNumber(value: unknown): number {
  const number = typeof value === 'bigint' || typeof value === 'string' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number))
    throw new TypeError('a query did not answer with a whole number');
  return number;
}
