import { parse } from 'node:querystring';
import writeXlsxFile from 'write-excel-file/node';
import { z } from 'zod';
import { ROUTE_LIST } from '../../../api/contract/routes.ts';
import { CallReader } from '../../../data/import/callReader.ts';
import { type Detection, detectRows, detectText } from '../../../data/import/detect.ts';
import { IntervalReader } from '../../../data/import/intervalReader.ts';
import { ProblemLog } from '../../../data/import/problem.ts';
import { QueueDirectory } from '../../../data/import/queueDirectory.ts';
import { tableRows } from '../../../data/import/tableRows.ts';
import { CsvError, CsvParser } from '../../../data/import/text/csv.ts';
import { EncodingError, StrictDecoder } from '../../../data/import/text/encoding.ts';
import { XlsxError, xlsxRecords } from '../../../data/import/xlsx.ts';
import type { RandomGenerator } from '../../../forecasting/calendar/random.ts';
import { jsonSchemaOf, makeValue } from '../../api/requestMaker.ts';
import { below, mutateBytes, mutateText, pick } from './mutate.ts';
import { type Target, target } from './target.ts';
import { ZipEditor } from './zipEditor.ts';

const TEXTS: readonly string[] = [
  'interval_start,queue,offered,handled,abandoned,aht_seconds\n2026-05-04 08:00,Main,42,40,2,312\n2026-05-04 08:15,Main,38,37,1,305\n',
  'Date;Time;Offered;AHT\r\n04.05.2026;08:00;42;5:12\r\n04.05.2026;08:15;38;5:05\r\nTotal;;80;\r\n',
  'Report of the week\n\n"Interval, start"\tQueue\tCalls Offered\tService Level %\n3/8/2026 1:45 AM\tMain\t5\t80%\n3/8/2026 2:15 AM\tMain\t6\t\n',
  'arrival,outcome,wait_seconds,service_seconds,type\n2026-11-01 01:30:00-05:00,handled,12,300,Main\n2026-11-01 01:30:00-06:00,abandoned,45,,Main\n',
  'Start,Offered,"Queue ""A"""\n46146.3333333,5,x\n46146.34375,6,y\n',
];
const QUEUES = [
  {
    id: 'q',
    number: 1,
    name: 'Main',
    aliases: ['A'],
    timeZone: 'America/Chicago',
    stepSeconds: 900,
    shortAbandonSeconds: 5,
  },
];

/** Records of a CSV text, or the line and words of its refusal; pieces are cut at `cuts`. */
function csvOutcome(text: string, delimiter: string, cuts: readonly number[]): string {
  const records: string[] = [];
  const parser = new CsvParser({
    delimiter,
    onRecord: (fields, line) => records.push(JSON.stringify([line, fields])),
  });
  try {
    let from = 0;
    for (const cut of [...cuts, text.length]) {
      parser.write(text.slice(from, cut));
      from = cut;
    }
    parser.end();
    return records.join('\n');
  } catch (error) {
    if (error instanceof CsvError) return `${error.line} ${error.message}`;
    throw error;
  }
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Reads what was detected to its last row, as an import does; every value that comes out is a number. */
async function readAll(bytes: Uint8Array, detection: Detection): Promise<void> {
  if (detection.kind === 'unreadable') return;
  const mapping = { ...detection.detected.mapping, queueId: 'q', timeZone: 'America/Chicago' };
  const problems = new ProblemLog();
  let reader: IntervalReader | CallReader | undefined;
  const sink = (...values: readonly unknown[]) => {
    for (const value of values.flat()) {
      if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`a row holds ${value}`);
    }
  };
  for await (const step of tableRows(whole(bytes), mapping)) {
    if (step.kind === 'unreadable') return;
    const context = { mapping, headers: step.headers, problems, queues: new QueueDirectory(QUEUES, mapping) };
    reader ??= mapping.rows === 'calls' ? new CallReader(context) : new IntervalReader(context, sink);
    for (const { fields, line } of step.rows) reader.read(fields, line);
  }
  if (reader instanceof CallReader) reader.finish(sink);
}

const QUERY_ROUTES = ROUTE_LIST.filter(([, route]) => route.query !== undefined);
const BODY_SCHEMAS = ROUTE_LIST.flatMap(([id, route]) =>
  route.body ? [{ id, schema: route.body, json: jsonSchemaOf(route.body) }] : [],
);
const QUERIES = [
  'from=0&to=900&queueId=abc',
  'limit=50&cursor=12',
  'from=2026-05-04&to=2026-05-11',
  'ids=a,b,c&format=csv',
  'a[b]=c&a=1&a=2&__proto__=x',
];

/** A workbook of a few rows, made once. */
async function workbook(): Promise<Uint8Array> {
  const cells = [
    ['Start', 'Offered', 'AHT'].map(value => ({ type: String, value })),
    ...[0, 15, 30].map(minute => [
      { type: Date, value: new Date(Date.UTC(2026, 2, 4, 9, minute)), format: 'yyyy-mm-dd hh:mm' },
      { type: Number, value: 20 + minute },
      { type: Number, value: 240.5 },
    ]),
  ];
  return writeXlsxFile(cells).toBuffer();
}

/** Whole files and requests: CSV, encodings, detection and reading to the end, workbooks, query strings, bodies. */
export async function fileTargets(): Promise<readonly Target[]> {
  const book = await workbook();
  const zipped = new ZipEditor(book);
  return [
    target(
      'CSV, whole and in pieces',
      30,
      random => mutateText(random, pick(random, TEXTS)),
      (text, random) => {
        for (const delimiter of [',', ';', '\t']) {
          const cuts = Array.from({ length: 3 }, () => below(random, text.length + 1)).sort((a, b) => a - b);
          if (csvOutcome(text, delimiter, []) !== csvOutcome(text, delimiter, cuts))
            throw new Error('pieces matter');
        }
      },
    ),
    target(
      'encodings',
      15,
      random =>
        mutateBytes(
          random,
          Buffer.from(pick(random, TEXTS), pick(random, ['utf8', 'utf16le', 'latin1'] as const)),
        ),
      (bytes, random) => {
        try {
          const decoder = new StrictDecoder(
            pick(random, ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const),
          );
          decoder.write(bytes);
          decoder.end();
        } catch (error) {
          if (!(error instanceof EncodingError)) throw error;
        }
      },
    ),
    target(
      'history files',
      12,
      random => Buffer.from(mutateText(random, pick(random, TEXTS))),
      async bytes => {
        await readAll(bytes, detectText(bytes, true));
      },
    ),
    target('workbooks, damaged bytes', 0.4, random => mutateBytes(random, book), readWorkbook),
    target(
      'workbooks, changed content',
      0.6,
      random => zipped.withChangedSheet(xml => mutateText(random, xml)),
      readWorkbook,
    ),
    target(
      'query strings',
      20,
      random => mutateText(random, pick(random, QUERIES)),
      (text, random) => {
        pick(random, QUERY_ROUTES)[1].query?.safeParse(parse(text));
      },
    ),
    target(
      'bodies',
      12,
      random => madeBody(random),
      ({ index, value }) => {
        const parsed = BODY_SCHEMAS[index]?.schema.safeParse(value);
        if (parsed?.success && JSON.stringify(parsed.data) === undefined)
          throw new Error('a body without a value');
      },
    ),
  ];
}

function madeBody(random: RandomGenerator) {
  const index = below(random, BODY_SCHEMAS.length);
  const value = makeValue(BODY_SCHEMAS[index]?.json ?? {}, { random, ids: ['abc'], hostility: 0.08 });
  return { index, value: z.json().safeParse(value).data };
}

async function readWorkbook(bytes: Uint8Array): Promise<void> {
  try {
    const records = await xlsxRecords(whole(bytes));
    detectRows(records);
  } catch (error) {
    if (!(error instanceof XlsxError)) throw error;
  }
}
