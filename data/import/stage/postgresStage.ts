import { once } from 'node:events';
import type { Pool, PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { MEASURE_COLUMNS, type Stage } from './stage.ts';

const CHUNK_CHARACTERS = 262_144;

/** Stages rows in a temporary table of one connection, by COPY. */
export async function openPostgresStage(pool: Pool): Promise<Stage> {
  const client = await pool.connect();
  const measures = MEASURE_COLUMNS.map(column => `${column} integer`).join(', ');
  try {
    for (const name of ['import_row', 'import_folded']) {
      await client.query(`drop table if exists pg_temp.${name}`);
      await client.query(
        `create temporary table ${name} (queue_number integer not null, start bigint not null, line integer not null, ${measures})`,
      );
    }
  } catch (error) {
    client.release(true);
    throw error;
  }
  const copy: CopyState = { unfinished: true };
  return {
    ...postgresStatements(client, copy),
    ...copyRows(client, copy),
    table: 'import_row',
    foldedTable: 'import_folded',
  };
}

/** Whether the COPY of rows is still going on. */
interface CopyState {
  unfinished: boolean;
}

function postgresStatements(
  client: PoolClient,
  copy: CopyState,
): Pick<Stage, 'run' | 'query' | 'begin' | 'commit' | 'rollback' | 'close'> {
  let released = false;
  return {
    run: async (sql, parameters = []) => {
      let position = 0;
      const result = await client.query(
        sql.replaceAll('?', () => `$${++position}`),
        [...parameters],
      );
      return result.rowCount ?? 0;
    },
    query: async sql => (await client.query<Record<string, unknown>>(sql)).rows,
    begin: async () => {
      await client.query('begin');
    },
    commit: async () => {
      await client.query('commit');
    },
    rollback: async () => {
      await client.query('rollback');
    },
    close: async () => {
      if (released) return;
      released = true;
      // Nothing else can be said on a connection in the middle of a COPY; ending it drops what was staged.
      if (copy.unfinished) return client.release(true);
      try {
        await client.query('drop table if exists pg_temp.import_row, pg_temp.import_folded');
        client.release();
      } catch {
        // A connection that cannot even drop its tables is broken; the pool makes another.
        client.release(true);
      }
    },
  };
}

function copyRows(client: PoolClient, copy: CopyState): Pick<Stage, 'open' | 'add' | 'drain' | 'seal'> {
  const stream = client.query(copyFrom(`copy import_row from stdin`));
  let failure: Error | undefined;
  stream.on('error', error => {
    failure = error;
  });
  let text = '';
  let blocked = false;
  const push = () => {
    if (text === '') return;
    blocked = !stream.write(text);
    text = '';
  };
  return {
    open: async () => {},
    add: (queueNumber, start, line, values) => {
      let row = `${queueNumber}\t${start}\t${line}`;
      for (let i = 0; i < MEASURE_COLUMNS.length; i++)
        row += values[i] === null || values[i] === undefined ? '\t\\N' : `\t${values[i]}`;
      text += `${row}\n`;
      if (text.length > CHUNK_CHARACTERS) push();
    },
    drain: async () => {
      if (failure) throw failure;
      if (blocked) await once(stream, 'drain');
      blocked = false;
    },
    seal: async () => {
      push();
      stream.end();
      if (failure) throw failure;
      await once(stream, 'finish');
      copy.unfinished = false;
      await client.query('analyze import_row');
    },
  };
}
