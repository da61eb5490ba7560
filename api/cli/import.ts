import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Store } from '../../data/db/connect.ts';
import type { DetectedImport } from '../../data/import/detect.ts';
import { type ImportOutcome, type ImportReport, importFile } from '../../data/import/importFile.ts';
import { columnOf } from '../../data/import/mapping.ts';
import { listImportBatches, undoImport } from '../../data/store/importBatches.ts';
import { createQueue, listQueues, type Queue } from '../../data/store/queues.ts';
import { createSite, listSites } from '../../data/store/sites.ts';
import { ALWAYS_OPEN } from '../../forecasting/index.ts';
import { CommandError, type CommandInput, type CommandSpec } from './args.ts';
import { detectFile, problemLines } from './detectFile.ts';
import { cannotRead } from './fileError.ts';
import { readTimeZone } from './localClock.ts';
import { withStore } from './localStore.ts';
import { OUTPUT_OPTIONS, print, printJson, printTable } from './output.ts';
import { ProgressBar } from './progress.ts';
import { STORE_OPTIONS } from './settings.ts';

export const importCommand: CommandSpec = {
  name: 'import',
  summary: 'history or single calls from CSV or XLSX into the stored centre',
  operands: '[FILE]',
  options: [
    { name: 'site', value: 'NAME', help: 'site; the only one unless told; a new name creates it' },
    {
      name: 'queue',
      value: 'NAME',
      help: 'queue of every row, when no column says it; a new name creates it',
    },
    { name: 'time-zone', value: 'ZONE', help: 'zone of a new site, and of local times in the file' },
    { name: 'dry-run', help: 'check and count only; a new site or queue is made all the same' },
    { name: 'leave-out', help: 'leave rows with errors out instead of refusing the file' },
    { name: 'list', help: 'past imports' },
    { name: 'undo', value: 'ID', help: 'put back what an import changed' },
    ...STORE_OPTIONS,
    ...OUTPUT_OPTIONS.slice(0, 1),
  ],
  examples: [
    'coverline import calls.csv --site Riverside --queue Appointments --time-zone America/Chicago',
    'coverline import --list',
  ],
  run: input =>
    withStore(input, store => {
      if (input.has('list')) return listPast(input, store);
      if (input.has('undo')) return undo(input, store);
      return importOne(input, store);
    }),
};

async function importOne(input: CommandInput, store: Store): Promise<number> {
  const [file, ...others] = input.operands;
  if (file === undefined) throw new CommandError('name the file to import', 2);
  if (others.length > 0) throw new CommandError(`one file at a time; found also ${others.join(', ')}`, 2);
  const { size } = await stat(file).catch(error => {
    throw cannotRead(file, error);
  });
  const detected = await detectFile(file);
  const siteId = await siteFor(input, store);
  await ensureQueues(input, store, siteId, detected);
  const queues = await listQueues(store.db, [siteId], siteId);
  const queueId = queueOfEveryRow(input, detected, queues);
  const bar = new ProgressBar('Importing');
  const outcome = await importFile(
    store,
    createReadStream(file),
    {
      siteId,
      queues,
      mapping: {
        ...detected.mapping,
        ...(queueId !== null && { queueId }),
        ...(input.has('time-zone') && { timeZone: readTimeZone(input) }),
      },
      fileName: basename(file),
      userId: null,
      at: Math.floor(Date.now() / 1000),
      dryRun: input.has('dry-run'),
      onRejected: input.has('leave-out') ? 'leaveOut' : 'refuse',
    },
    { onProgress: ({ bytesRead, phase }) => bar.update(size > 0 ? bytesRead / size : 1, phase) },
  );
  bar.done();
  if (input.has('json')) await printJson(outcome);
  else await print(outcomeText(detected, outcome));
  return outcome.kind === 'refused' || outcome.kind === 'unreadable' ? 1 : 0;
}

async function siteFor(input: CommandInput, store: Store): Promise<string> {
  const sites = await listSites(store.db, 'all');
  const name = input.text('site');
  const known =
    name === undefined ? (sites.length === 1 ? sites[0] : undefined) : sites.find(s => s.name === name);
  if (known) return known.id;
  if (name === undefined && sites.length > 1) {
    throw new CommandError(`--site must be one of ${sites.map(site => site.name).join(', ')}`, 2);
  }
  const site = await createSite(store.db, {
    name: name ?? 'My centre',
    timeZone: readTimeZone(input),
    createdAt: Math.floor(Date.now() / 1000),
  });
  return site.id;
}

/** Creates the queues that the file or the options name and the site does not have yet. */
async function ensureQueues(
  input: CommandInput,
  store: Store,
  siteId: string,
  detected: DetectedImport,
): Promise<void> {
  const site = (await listSites(store.db, [siteId]))[0];
  const queues = await listQueues(store.db, [siteId], siteId);
  const known = new Set(
    queues.flatMap(queue => [queue.name, ...queue.aliases]).map(name => name.toLowerCase()),
  );
  const wanted = input.has('queue') ? [input.required('queue')] : detected.queueNames;
  const names = wanted.length > 0 || queues.length > 0 ? wanted : ['Queue'];
  for (const name of names) {
    if (known.has(name.toLowerCase())) continue;
    await createQueue(store.db, {
      siteId,
      name,
      timeZone: site?.timeZone ?? readTimeZone(input),
      stepSeconds: detected.mapping.stepSeconds ?? 900,
      openingHours: ALWAYS_OPEN,
      createdAt: Math.floor(Date.now() / 1000),
    });
  }
}

/** The queue that `--queue` names, or the only one there is when no column says it; `null` leaves it to the column. */
function queueOfEveryRow(
  input: CommandInput,
  detected: DetectedImport,
  queues: readonly Queue[],
): string | null {
  const named = input.text('queue');
  if (named !== undefined) return queues.find(queue => queue.name === named)?.id ?? null;
  if (columnOf(detected.mapping, 'queue') !== undefined) return null;
  const [only] = queues;
  if (only && queues.length === 1) return only.id;
  const names = queues.map(queue => queue.name).join(', ');
  throw new CommandError(`no column says the queue; say --queue with one of ${names}, or a new name`, 2);
}

function outcomeText(detected: DetectedImport, outcome: ImportOutcome): string {
  if (outcome.kind === 'unreadable') {
    return `Nothing was imported: ${outcome.reason}${outcome.line === null ? '' : ` (line ${outcome.line})`}\n`;
  }
  const ignored = detected.columns.filter(column => !column.suggestion && !column.guarded);
  const guarded = detected.columns.filter(column => column.guarded);
  const head = {
    committed: 'Imported',
    checked: 'Checked, nothing was written',
    unchanged: 'Nothing new: these rows are stored already',
    refused: 'Nothing was imported: mend these rows, or leave them out with --leave-out',
  }[outcome.kind];
  const lines = [
    `${head} (${detected.presetTitle}).`,
    countsText(outcome.report),
    ...(ignored.length > 0 ? [`Columns not used: ${ignored.map(column => column.name).join(', ')}`] : []),
    ...guarded.map(column => `Column "${column.name}" looks like patient data and was dropped.`),
    ...problemLines(outcome.report.problems),
    ...(outcome.kind === 'committed' ? [`Undo with: coverline import --undo ${outcome.batchId}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function countsText(report: ImportReport): string {
  return `${report.rowsRead} rows read: ${report.rowsNew} intervals new, ${report.rowsChanged} changed, ${report.rowsSame} the same, ${report.rowsRejected} rows with errors.`;
}

async function listPast(input: CommandInput, store: Store): Promise<number> {
  const batches = await listImportBatches(store.db, 'all');
  await printTable(input, '', {
    columns: ['id', 'file', 'status', 'new', 'changed', 'at'].map(name => ({ name, heading: name })),
    rows: batches.map(batch => [
      batch.id,
      batch.fileName,
      batch.status,
      batch.rowsNew,
      batch.rowsChanged,
      new Date(batch.createdAt * 1000).toISOString(),
    ]),
  });
  return 0;
}

async function undo(input: CommandInput, store: Store): Promise<number> {
  const id = input.required('undo');
  const outcome = await store.db
    .transaction()
    .execute(db => undoImport(db, 'all', id, { userId: null, at: Math.floor(Date.now() / 1000) }));
  switch (outcome.kind) {
    case 'undone':
      if (input.has('json')) await printJson(outcome);
      else
        await print(`undone: ${outcome.rowsRemoved} intervals removed, ${outcome.rowsRestored} put back\n`);
      return 0;
    case 'blocked':
      throw new CommandError(
        `later imports changed the same intervals; undo these first: ${outcome.byBatchIds.join(', ')}`,
      );
    case 'alreadyUndone':
      throw new CommandError('that import was undone already');
    case 'missing':
      throw new CommandError(`there is no import ${id}; see coverline import --list`);
  }
}
