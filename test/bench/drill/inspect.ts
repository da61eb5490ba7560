import { z } from 'zod';
import type { Caller } from '../../../api/contract/client.ts';
import type { Job } from '../../../api/contract/job.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { type Centre, finished } from '../../api/centre.ts';
import { everyPage } from '../../api/pages.ts';
import { type Acknowledged, DAYS_PER_IMPORT, ROWS_PER_DAY, startsOf } from './load.ts';

/** What was found wrong. */
export interface Damage {
  /** Acknowledged changes that were gone afterwards. */
  readonly lost: Set<string>;
  /** Things found half-written, or written twice. */
  readonly torn: Set<string>;
}

export function noDamage(): Damage {
  return { lost: new Set(), torn: new Set() };
}

/** Looks through the API for acknowledged changes that are missing and for half-written things. */
export async function inspect(
  caller: Caller,
  centre: Centre,
  scheduleId: string,
  acknowledged: Acknowledged,
  damage: Damage,
): Promise<void> {
  await inspectTeams(caller, acknowledged, damage);
  await inspectSchedule(caller, scheduleId, acknowledged, damage);
  await inspectHistory(caller, centre, damage);
  const audit = await caller.call(ROUTES.verifyAudit, {});
  if (!audit.intact) damage.torn.add(`audit trail broken at ${audit.firstBrokenSequence}`);
}

async function inspectTeams(caller: Caller, { teams }: Acknowledged, { lost }: Damage): Promise<void> {
  const found = new Set((await caller.call(ROUTES.listTeams, { query: {} })).items.map(team => team.id));
  for (const id of teams) if (!found.has(id)) lost.add(`team ${id}`);
}

/** Publications are all there; every shift stands where an edit put it; the operations replayed give the schedule. */
async function inspectSchedule(
  caller: Caller,
  scheduleId: string,
  acknowledged: Acknowledged,
  { lost, torn }: Damage,
): Promise<void> {
  const params = { id: scheduleId };
  const published = new Set(
    (await caller.call(ROUTES.listPublications, { params })).items.map(one => one.id),
  );
  for (const id of acknowledged.publications) {
    if (published.has(id)) continue;
    // The list ends with the latest two hundred; older ones are asked for by name.
    const one = await caller.attempt(ROUTES.getPublication, { params: { id } });
    if (!one.ok) lost.add(`publication ${id}`);
  }
  const { shifts } = await caller.call(ROUTES.getSchedule, { params });
  const begin = startsOf(shifts);
  const starts = new Map(shifts.shiftIds.map((id, column) => [id, begin[column]]));
  for (const [id, { start, maybe }] of acknowledged.shifts) {
    const found = starts.get(id);
    if (found !== start && found !== maybe) lost.add(`shift ${id} at ${start}, found at ${found}`);
  }
  const replayed = new Map<string, number>();
  const edits = await everyPage(query => caller.call(ROUTES.listEdits, { params, query }));
  for (const { before, after } of edits.flatMap(operation => operation.changes)) {
    if (after) replayed.set(after.id, after.start);
    else if (before) replayed.delete(before.id);
  }
  const same = replayed.size === starts.size && [...replayed].every(([id, at]) => starts.get(id) === at);
  if (!same) torn.add(`${edits.length} operations do not give the ${starts.size} shifts`);
}

async function inspectHistory(caller: Caller, centre: Centre, { torn }: Damage): Promise<void> {
  const files = new Set<string>();
  for (const one of await everyPage(query => caller.call(ROUTES.listImports, { query }))) {
    const { id, report, status, fileName } = one;
    if (one.siteId !== centre.siteId || status !== 'committed' || !report) continue;
    const rows = report.rowsNew + report.rowsChanged + report.rowsSame;
    if (rows !== ROWS_PER_DAY * DAYS_PER_IMPORT) torn.add(`import ${id} has ${rows} rows`);
    if (files.has(fileName)) torn.add(`${fileName} was imported twice`);
    files.add(fileName);
  }
  const days = await caller.call(ROUTES.getHistoryDays, { params: { id: centre.queueId }, query: {} });
  if (days.intervalsWithData.some(count => count > 0 && count !== ROWS_PER_DAY))
    torn.add('a day of history is there in part');
}

const unchangedSchema = z.looseObject({ kind: z.literal('unchanged') });

/** Waits until every import that was taken on has ended; one whose rows are not there is a lost write. */
export async function inspectImports(
  caller: Caller,
  { imports }: Acknowledged,
  { lost }: Damage,
): Promise<void> {
  const ended = new Map<string, Job>();
  for (const [jobId, fileName] of imports) ended.set(fileName, await finished(caller, jobId));
  const items = await everyPage(query => caller.call(ROUTES.listImports, { query }));
  const batches = new Set(items.filter(one => one.status === 'committed').map(one => one.fileName));
  for (const [fileName, job] of ended) {
    // The same rows may have been there from an earlier import.
    const written = batches.has(fileName) || unchangedSchema.safeParse(job.result).success;
    if (job.status !== 'succeeded' || !written)
      lost.add(`${fileName}: ${job.status} ${job.problem?.detail ?? ''}`);
  }
}
