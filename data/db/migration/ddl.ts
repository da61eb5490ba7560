import { type Kysely, sql } from 'kysely';

/** Which database a migration runs on. */
export type Engine = 'sqlite' | 'postgres';

/**
 * Data definition written once. Column types are `text`, `integer` (32 bits), `bigint`, `float`, `bytes` and `flag`;
 * `{clustered}` at the end of a table stores its rows in key order where the database can.
 */
export interface Ddl {
  readonly engine: Engine;
  readonly run: (statement: string) => Promise<void>;
}

/** Runs data definition statements in the dialect of `engine`. */
export function ddlFor(db: Kysely<unknown>, engine: Engine): Ddl {
  const translate = engine === 'sqlite' ? toSqlite : toPostgres;
  return {
    engine,
    run: async statement => {
      await sql.raw(translate(statement)).execute(db);
    },
  };
}

function toSqlite(statement: string): string {
  const typed = statement
    .replace(/(\w+) flag\b/g, '$1 integer check ($1 in (0, 1))')
    .replace(/\bbigint\b/g, 'integer')
    .replace(/\bfloat\b/g, 'real')
    .replace(/(\w+) bytes\b/g, '$1 blob');
  if (!/^\s*create table/i.test(typed)) return typed;
  return typed.includes('{clustered}')
    ? typed.replace('{clustered}', 'strict, without rowid')
    : `${typed} strict`;
}

function toPostgres(statement: string): string {
  return (
    statement
      .replace(/(\w+) flag\b/g, '$1 smallint check ($1 in (0, 1))')
      .replace(/\bfloat\b/g, 'double precision')
      .replace(/(\w+) bytes\b/g, '$1 bytea')
      // Byte order, as in SQLite: text sorts and compares alike on both.
      .replace(/(\w+) text\b/g, '$1 text collate "C"')
      .replace('{clustered}', '')
  );
}
