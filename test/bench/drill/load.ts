import { setTimeout as sleep } from 'node:timers/promises';
import type { ShiftColumns } from '../../../api/contract/assignment.ts';
import type { Caller } from '../../../api/contract/client.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { type Centre, quarterHoursCsv } from '../../api/centre.ts';

/** What the service said it had done. What was sent and not answered may or may not have happened. */
export interface Acknowledged {
  readonly teams: Set<string>;
  readonly publications: Set<string>;
  /** Imports that were taken on, by job. */
  readonly imports: Map<string, string>;
  /** Where each shift may stand now: the last acknowledged start, and the one of an edit that was not answered. */
  readonly shifts: Map<string, ShiftState>;
}

export interface ShiftState {
  readonly start: number | undefined;
  readonly maybe: number | undefined;
}

export function nothingYet(): Acknowledged {
  return { teams: new Set(), publications: new Set(), imports: new Map(), shifts: new Map() };
}

/** How many changes were acknowledged. */
export function countOf({ teams, publications, imports, shifts }: Acknowledged): number {
  return teams.size + publications.size + imports.size + shifts.size;
}

/** Who changes what. */
export interface LoadTarget {
  /** Asked anew for every request, so that it may change to another machine. */
  readonly caller: () => Caller;
  readonly centre: Centre;
  readonly scheduleId: string;
  readonly acknowledged: Acknowledged;
  /** Begins the name of everything that this load makes. */
  readonly label: string;
  /** Decides on a failed request: throw it, give up this kind of work, or go on with the next. */
  readonly onFailure: (error: unknown) => Promise<'goOn' | 'end'>;
  readonly stopped: () => boolean;
}

export const DAYS_PER_IMPORT = 30;
export const ROWS_PER_DAY = 40;
const WEEK_START = 1_777_896_000;
const HOUR_SECONDS = 3600;

/** Adds a week that `runLoad` can edit and publish. */
export async function addSchedule(caller: Caller, centre: Centre, name = 'Week'): Promise<string> {
  const schedule = await caller.call(ROUTES.createSchedule, {
    body: {
      siteId: centre.siteId,
      name,
      weekStart: '2026-05-04',
      days: 7,
      staffingPlanIds: [],
      ruleSetId: null,
    },
  });
  return schedule.id;
}

/** Makes teams, imports files, edits and publishes, all at once, until it is stopped or gives up. */
export async function runLoad(target: LoadTarget): Promise<void> {
  const kinds = [addTeam, importOnce, editAndPublish];
  await Promise.all(
    kinds.map(async work => {
      for (let i = 0; !target.stopped(); i++) {
        try {
          await work(target, i);
        } catch (error) {
          if ((await target.onFailure(error)) === 'end') return;
        }
      }
    }),
  );
}

async function addTeam({ caller, centre, acknowledged, label }: LoadTarget, i: number): Promise<void> {
  const team = await caller().call(ROUTES.createTeam, {
    body: { siteId: centre.siteId, name: `${label} team ${i}` },
  });
  acknowledged.teams.add(team.id);
}

async function importOnce({ caller, centre, acknowledged, label }: LoadTarget, i: number): Promise<void> {
  const fileName = `${label}-${i}.csv`;
  const upload = await caller().call(ROUTES.uploadImport, {
    query: { fileName, siteId: centre.siteId },
    upload: quarterHoursCsv(`20${10 + (acknowledged.imports.size % 10)}-0${1 + (i % 9)}-01`, DAYS_PER_IMPORT),
  });
  const preview = await caller().call(ROUTES.previewImport, { params: { id: upload.id } });
  const { jobId } = await caller().call(ROUTES.commitImport, {
    params: { id: upload.id },
    body: { mapping: { ...preview.mapping, timeZone: 'America/Chicago' }, onRejected: 'refuse' },
  });
  acknowledged.imports.set(jobId, fileName);
  for (;;) {
    const job = await caller().call(ROUTES.getJob, { params: { id: jobId } });
    if (job.finishedAt !== null) return;
    await sleep(20);
  }
}

/** Gives an agent a shift, or moves the one that is there, and publishes. */
async function editAndPublish(target: LoadTarget, i: number): Promise<void> {
  const { caller, centre, scheduleId, acknowledged, label } = target;
  const params = { id: scheduleId };
  const agentId = centre.agentIds[i % centre.agentIds.length] ?? '';
  const content = await caller().call(ROUTES.getSchedule, { params });
  const row = content.shifts.agentIds.indexOf(agentId);
  const column = content.shifts.shiftAgent.indexOf(row);
  const before = startsOf(content.shifts)[column];
  const id = content.shifts.shiftIds[column] ?? `shift-${label}-${i}`;
  const after = before === undefined ? WEEK_START : nextStart(before);
  acknowledged.shifts.set(id, { start: before, maybe: after });
  await caller().call(ROUTES.editSchedule, {
    params,
    body: {
      label: before === undefined ? 'Add' : 'Move',
      changes: [
        {
          before: before === undefined ? null : shift(id, agentId, before),
          after: shift(id, agentId, after),
        },
      ],
      base: [{ agentId, date: '2026-05-04', revision: content.dayRevisions[row]?.[0] ?? 0 }],
    },
  });
  acknowledged.shifts.set(id, { start: after, maybe: undefined });
  const { revision } = (await caller().call(ROUTES.getSchedule, { params })).schedule;
  const published = await caller().call(ROUTES.publishSchedule, {
    params,
    body: { note: 'drill' },
    ifMatch: String(revision),
  });
  acknowledged.publications.add(published.id);
}

/** When each shift begins, in epoch seconds. */
export function startsOf({ start, shiftStart }: ShiftColumns): readonly number[] {
  return shiftStart.map(offset => start + offset);
}

/** Through the first hours of the same day, around. */
function nextStart(start: number): number {
  return WEEK_START + ((start - WEEK_START + HOUR_SECONDS) % (4 * HOUR_SECONDS));
}

function shift(id: string, agentId: string, start: number) {
  const end = start + 8 * HOUR_SECONDS;
  return {
    id,
    agentId,
    start,
    end,
    templateId: null,
    activities: [{ kind: 'work' as const, start, end, paid: true }],
  };
}
