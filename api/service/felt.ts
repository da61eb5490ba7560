import type { Readable } from 'node:stream';
import {
  FELT_COLUMNS,
  type FeltTable,
  feltRecords,
  numbered,
  readFelt as readFeltTable,
} from '../../data/import/felt.ts';
import { CsvError } from '../../data/import/text/csv.ts';
import { detectFileKind, EncodingError, StrictDecoder } from '../../data/import/text/encoding.ts';
import { XlsxError, xlsxRecords } from '../../data/import/xlsx.ts';
import { compareFelt, type FeltChanges, writeFeltBatch } from '../../data/store/feltImports.ts';
import { listFeltMeasures, putFeltMeasures } from '../../data/store/feltMeasures.ts';
import { listQueues } from '../../data/store/queues.ts';
import { findSite } from '../../data/store/sites.ts';
import { FELT_MEASURES, type FeltReport } from '../contract/felt.ts';
import { assertReaches, type Context, mutate, reach, recordEvent } from './context.ts';
import { found, Refusal } from './refusal.ts';

/** What patients felt, per queue and period. */
export interface FeltValue {
  readonly queueId: string;
  readonly measure: (typeof FELT_MEASURES)[number];
  readonly date: string;
  readonly toDate: string;
  readonly value: number;
  readonly answers: number | null;
}

/** Felt measures of days and periods within a range. */
export async function readFelt(
  context: Context,
  filter: { readonly from: string; readonly to: string; readonly siteId?: string | undefined },
): Promise<readonly FeltValue[]> {
  const { db } = context.environment.store;
  const scope = reach(context, 'report.read');
  const queues = await listQueues(db, scope, filter.siteId);
  const siteIds = [...new Set(queues.map(queue => queue.siteId))];
  const lists = await Promise.all(
    siteIds.map(siteId => listFeltMeasures(db, scope, { siteId, from: filter.from, to: filter.to })),
  );
  return lists.flat().flatMap(({ queueId, measure, date, toDate, value, answers }) => {
    const known = FELT_MEASURES.find(name => name === measure);
    return known === undefined ? [] : [{ queueId, measure: known, date, toDate, value, answers }];
  });
}

/** Stores felt measures, all or none. */
export async function storeFelt(
  context: Context,
  values: readonly (Omit<FeltValue, 'toDate'> & { readonly toDate?: string | undefined })[],
): Promise<{ readonly stored: number }> {
  const scope = reach(context, 'report.manage');
  return mutate(context, 'felt.put', async db => {
    const sites = new Map((await listQueues(db, scope)).map(queue => [queue.id, queue.siteId]));
    const measures = values.map((value, i) => {
      const toDate = value.toDate ?? value.date;
      if (toDate < value.date)
        throw new Refusal('invalid', `body.values.${i}.toDate must not be before date`);
      return { ...value, toDate, siteId: found(sites.get(value.queueId)), batchId: null };
    });
    await putFeltMeasures(db, measures);
    return {
      value: { stored: measures.length },
      subjectKind: 'felt',
      siteId: measures[0]?.siteId ?? null,
      detail: { values: measures.length },
    };
  });
}

interface FeltFile {
  readonly siteId: string;
  readonly fileName: string;
}

/** Reads a file of felt measures; nothing is written. */
export async function checkFelt(
  context: Context,
  file: FeltFile,
  body: Readable,
  maxBytes: number,
): Promise<FeltReport> {
  const table = await readTable(context, file, body, maxBytes);
  const changes = await compareFelt(context.environment.store.db, file.siteId, table.cells);
  await recordEvent(context, 'felt.check', 'done', {
    subjectKind: 'felt',
    siteId: file.siteId,
    detail: { fileName: file.fileName },
  });
  return report(table, changes, null);
}

/** Imports a file of felt measures as one batch: with a single problem nothing of it. */
export async function importFelt(
  context: Context,
  file: FeltFile,
  body: Readable,
  maxBytes: number,
): Promise<FeltReport> {
  const table = await readTable(context, file, body, maxBytes);
  if (table.problems.length > 0) {
    const [first] = table.problems;
    throw new Refusal(
      'unprocessable',
      `nothing was imported: ${table.problems.length} cells cannot be read, the first in line ${first?.line}, column ${first?.column}: found “${first?.found}”, expected ${first?.expected}`,
    );
  }
  return mutate(context, 'felt.import', async db => {
    const values = table.cells.map(({ line: _, ...value }) => value);
    const changes = await compareFelt(db, file.siteId, values);
    const batchId = await writeFeltBatch(db, {
      ...file,
      changes,
      userId: context.principal.userId,
      at: context.environment.now(),
    });
    return {
      value: report(table, changes, batchId),
      subjectKind: 'import',
      subjectId: batchId,
      siteId: file.siteId,
      detail: { fileName: file.fileName, added: changes.added.length, changed: changes.changed.length },
    };
  });
}

async function readTable(
  context: Context,
  file: FeltFile,
  body: Readable,
  maxBytes: number,
): Promise<FeltTable> {
  assertReaches(context, 'report.manage', file.siteId);
  const { db } = context.environment.store;
  found(await findSite(db, 'all', file.siteId));
  const queues = await listQueues(db, [file.siteId], file.siteId);
  return readFeltTable(await recordsOf(body, maxBytes), queues);
}

async function recordsOf(body: Readable, maxBytes: number): Promise<Parameters<typeof readFeltTable>[0]> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    const piece = Buffer.from(chunk);
    size += piece.length;
    if (size > maxBytes)
      throw new Refusal('tooLarge', `the file is larger than ${Math.floor(maxBytes / 1_048_576)} MB`);
    chunks.push(piece);
  }
  const bytes = Buffer.concat(chunks);
  const kind = detectFileKind(bytes);
  if (kind.kind === 'unreadable') throw new Refusal('unprocessable', kind.reason);
  try {
    if (kind.kind === 'xlsx') return numbered(await xlsxRecords(asChunks(bytes)));
    const decoder = new StrictDecoder(kind.encoding);
    return feltRecords(decoder.write(bytes) + decoder.end());
  } catch (error) {
    if (error instanceof XlsxError || error instanceof CsvError || error instanceof EncodingError)
      throw new Refusal('unprocessable', error.message);
    throw error;
  }
}

async function* asChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const MOST_PROBLEMS = 100;

function report(table: FeltTable, changes: FeltChanges, batchId: string | null): FeltReport {
  const dates = table.cells.flatMap(cell => [cell.date, cell.toDate]).sort();
  return {
    rowsRead: table.rowsRead,
    valuesNew: changes.added.length,
    valuesChanged: changes.changed.length,
    valuesSame: changes.same,
    problems: table.problems.slice(0, MOST_PROBLEMS).map(problem => ({ ...problem })),
    problemsTotal: table.problems.length,
    ignoredColumns: [...table.ignoredColumns],
    from: dates[0] ?? null,
    to: dates.at(-1) ?? null,
    batchId,
  };
}

/** A CSV file with every measure: a day, a week and a month show the three kinds of period. */
export function feltTemplate(): string {
  const names = FELT_COLUMNS.map(({ names }) => (names[0] ?? '').replaceAll(' ', '_'));
  return [
    ['date', 'queue', ...names, 'answers'].join(','),
    '2026-05-04,Appointments,78%,4.3,41,93%,9%,37,88%,52',
    '2026-W19,Nurse triage,81%,4.5,,95%,,,,164',
    '2026-05,Billing,74%,,35,,11%,,,310',
    '',
  ].join('\r\n');
}
