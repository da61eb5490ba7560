import pg from 'pg';
import { parseIntoClientConfig } from 'pg-connection-string';
import { readPassword, splitPasswordFile } from './passwordFile.ts';
import type { SiteScope } from './scope.ts';

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

/** The role that the program works as: it owns no table, so row-level security holds for it. */
export const PROGRAM_ROLE = 'coverline_app';

/** Steps down to the program's role where it exists and may use this schema; a login that is it already stays. */
const STEP_DOWN = `select set_config('role', rolname, false) from pg_roles
  where rolname = '${PROGRAM_ROLE}' and pg_has_role(current_user, oid, 'member') and to_regclass('site') is not null
    and has_table_privilege(oid, to_regclass('site'), 'select')`;

/** Settings of a pool. */
export interface PostgresOptions {
  readonly poolSize?: number;
  /** Hears of connections that broke while no statement ran on them. */
  readonly onLostConnection?: (error: Error) => void;
}

/** A pool of connections that work as the program's role. */
export function openPostgresPool(url: string, options: PostgresOptions = {}): pg.Pool {
  // Statements that belong together are sent without waiting for each other's answers.
  return listening(
    new pg.Pool({ ...settingsFor(url, options), pipeline: true, onConnect: stepDown }),
    options,
  );
}

/** A pool of connections that work as whoever the URL names: for changing the schema. */
export function openOwnerPool(url: string): pg.Pool {
  const seeAll = async (client: pg.ClientBase) => {
    await client.query(seeSites('all', 'session'));
  };
  return listening(new pg.Pool({ ...settingsFor(url, { poolSize: 3 }), onConnect: seeAll }), {});
}

/**
 * One connection that works as the program's role and sees these sites, for COPY, which cannot be sent together with
 * other statements.
 */
export async function connectPostgres(url: string, sites: SiteScope): Promise<pg.Client> {
  const client = new pg.Client(settingsFor(url, {}));
  // What breaks is told to the statement that runs; without a listener the process would end as well.
  client.on('error', () => undefined);
  await client.connect();
  await stepDown(client);
  await client.query(seeSites(sites, 'session'));
  return client;
}

async function stepDown(client: pg.ClientBase): Promise<void> {
  await client.query(STEP_DOWN);
}

function settingsFor(url: string, options: PostgresOptions) {
  const address = splitPasswordFile(url);
  const { passwordFile } = address;
  return {
    ...parseIntoClientConfig(address.url),
    ...(passwordFile !== undefined && { password: () => readPassword(passwordFile) }),
    max: options.poolSize ?? 10,
    types,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    application_name: 'coverline',
  };
}

function listening(pool: pg.Pool, { onLostConnection }: PostgresOptions): pg.Pool {
  const lost = (error: Error) => onLostConnection?.(error);
  pool.on('error', lost);
  // A connection lost between two statements of a transaction tells its client, not the pool.
  pool.on('connect', client => client.on('error', lost));
  return pool;
}

/** The statement that lets a transaction, or a connection, see the rows of some sites; without it there are none. */
export function seeSites(sites: SiteScope, where: 'transaction' | 'session'): string {
  const value = sites === 'all' ? '*' : sites.join(',');
  return `select set_config('coverline.sites', ${pg.escapeLiteral(value)}, ${where === 'transaction'})`;
}
