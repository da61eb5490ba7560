import type { Store } from '../../../data/db/connect.ts';
import { newId } from '../../../data/db/id.ts';
import { type DetectedImport, detectText } from '../../../data/import/detect.ts';
import {
  type ImportOutcome,
  type ImportReport,
  type ImportRequest,
  importFile,
} from '../../../data/import/importFile.ts';
import type { ImportMapping } from '../../../data/import/mapping.ts';
import { type IntervalRow, readIntervals } from '../../../data/store/intervalHistory.ts';
import { createQueue, type Queue } from '../../../data/store/queues.ts';
import { createSite, type Site } from '../../../data/store/sites.ts';
import { ALWAYS_OPEN } from '../../../forecasting/calendar/opening.ts';

/** A site with one queue, to import into. */
export interface Centre {
  readonly store: Store;
  readonly site: Site;
  readonly queue: Queue;
}

/** Makes a site of its own, so that tests do not meet. */
export async function makeCentre(
  store: Store,
  options: { timeZone?: string; stepSeconds?: number } = {},
): Promise<Centre> {
  const timeZone = options.timeZone ?? 'America/New_York';
  const site = await createSite(store.db, { name: `Site ${newId()}`, timeZone, createdAt: 1 });
  const queue = await createQueue(store.db, {
    siteId: site.id,
    name: 'Triage',
    timeZone,
    stepSeconds: options.stepSeconds ?? 900,
    openingHours: ALWAYS_OPEN,
    createdAt: 1,
  });
  return { store, site, queue };
}

/** Detection of a text that must succeed. */
export function detected(bytes: string | Uint8Array): DetectedImport {
  const found = detectText(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, true);
  if (found.kind !== 'table') throw new Error(found.reason);
  return found.detected;
}

/** Field by header, as suggested. */
export function suggestions(found: DetectedImport): Record<string, string> {
  return Object.fromEntries(found.columns.flatMap(c => (c.suggestion ? [[c.name, c.suggestion.field]] : [])));
}

/** Imports a text as detected, into the centre's queue unless a queue column says otherwise. */
export async function importText(
  centre: Centre,
  bytes: string | Uint8Array,
  change: Partial<ImportMapping> = {},
  request: Partial<ImportRequest> = {},
): Promise<ImportOutcome> {
  const content = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  const mapping = { ...detected(content).mapping, queueId: centre.queue.id, ...change };
  return importFile(centre.store, pieces(content), {
    siteId: centre.site.id,
    queues: [centre.queue],
    mapping,
    fileName: 'history.csv',
    userId: null,
    at: 1_780_000_000,
    dryRun: false,
    onRejected: 'refuse',
    ...request,
  });
}

/** The bytes in pieces that cut lines and characters. */
export async function* pieces(content: Uint8Array, size = 37): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < content.length; from += size) yield content.subarray(from, from + size);
}

/** The report of an outcome that has one. */
export function reportOf(outcome: ImportOutcome): ImportReport {
  if (outcome.kind === 'unreadable') throw new Error(outcome.reason);
  return outcome.report;
}

/** Problems as `code column rows`. */
export function problemsOf(outcome: ImportOutcome): string[] {
  return reportOf(outcome).problems.map(p =>
    [p.code, p.column, p.rows].filter(part => part !== null).join(' '),
  );
}

/** Everything stored for the queue. */
export function stored({ store, queue }: Centre): Promise<readonly IntervalRow[]> {
  return readIntervals(store.db, queue.number, 0, 5e9);
}
