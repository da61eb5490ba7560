import pg from 'pg';

const INT8 = 20;
const NUMERIC = 1700;
const DATE = 1082;
const TIMESTAMP = 1114;

const types = new pg.TypeOverrides();
// By default int8 and numeric arrive as text, and "3" + 1 is "31".
types.setTypeParser(INT8, text => safeNumber(text));
types.setTypeParser(NUMERIC, text => Number(text));
types.setTypeParser(DATE, text => text);
types.setTypeParser(TIMESTAMP, text => text);

function safeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('an integer beyond 2^53 came from the database');
  return value;
}

/** Settings of a pool. `onIdleError` hears of connections lost while idle; without a listener the process would end. */
export interface PostgresOptions {
  readonly poolSize?: number;
  readonly onIdleError?: (error: Error) => void;
}

/** A pool of connections whose integers are numbers and whose dates are text. */
export function openPostgresPool(url: string, options: PostgresOptions = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.poolSize ?? 10,
    types,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    application_name: 'coverline',
  });
  pool.on('error', error => options.onIdleError?.(error));
  return pool;
}
