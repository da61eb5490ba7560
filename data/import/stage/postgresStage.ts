import { once } from 'node:events';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { connectPostgres } from '../../db/postgres.ts';
import { MEASURE_COLUMNS, type Stage } from './stage.ts';

const CHUNK_CHARACTERS = 262_144;

/** Stages rows of a site in a temporary table of a connection of its own, by COPY. They go with the connection. */
export async function openPostgresStage(url: string, siteId: string): Promise<Stage> {
  const client = await connectPostgres(url, [siteId]);
  const measures = MEASURE_COLUMNS.map(column => `${column} integer`).join(', ');
  try {
    for (const name of ['import_row', 'import_folded']) {
      await client.query(
        `create temporary table ${name} (queue_number integer not null, start bigint not null, line integer not null, ${measures})`,
      );
    }
  } catch (error) {
    await client.end();
    throw error;
  }
  return {
    ...postgresStatements(client),
    ...copyRows(client),
    engine: 'postgres',
    table: 'import_row',
    foldedTable: 'import_folded',
  };
}

function postgresStatements(
  client: Client,
): Pick<Stage, 'run' | 'query' | 'begin' | 'commit' | 'rollback' | 'close'> {
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
    close: () => client.end(),
  };
}

function copyRows(client: Client): Pick<Stage, 'open' | 'add' | 'drain' | 'seal'> {
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
      await client.query('analyze import_row');
    },
  };
}
