import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { addDays, type LocalDate } from '../../forecasting/calendar/time.ts';
import { anyJson } from '../db/codec.ts';
import type { Db } from '../db/connect.ts';
import { publicHolidays } from '../holiday/publicHolidays.ts';
import { putFeltMeasures } from '../store/feltMeasures.ts';
import type { IntervalRow } from '../store/intervalHistory.ts';
import { createQueue, listQueues, type Queue } from '../store/queues.ts';
import { deleteSetting, readSetting, writeSetting } from '../store/settings.ts';
import { createSite, deleteSite, listSites, type Site } from '../store/sites.ts';
import { putSpecialDays } from '../store/specialDays.ts';
import { type WriteOutcome, writeIntervals } from '../store/writeIntervals.ts';
import {
  SAMPLE_CLOSED_HOLIDAYS,
  SAMPLE_QUEUES,
  SAMPLE_SITE,
  SAMPLE_STEP_SECONDS,
  type SampleQueue,
} from './centre.ts';
import { feltMeasures } from './felt.ts';
import { SampleGenerator } from './intervals.ts';
import { loadPeople } from './loadPeople.ts';
import { SAMPLE_AGENTS, SAMPLE_SHRINKAGE } from './people.ts';
import type { SampleWorld } from './volume.ts';

/** Days of history that the sample starts with. */
const HISTORY_DAYS = 730;
/** Special days are laid out this many years past the history. */
const YEARS_AHEAD = 2;
const WORLD_SETTING = 'sample.world';

/** What a loaded sample consists of. */
export interface LoadedSample {
  readonly site: Site;
  readonly queues: readonly Queue[];
  readonly intervals: number;
  readonly agents: number;
}

/** How the sample is made. The same seed and last date give the same centre. */
export interface SampleRequest {
  readonly seed: number;
  /** The last local day that has history. */
  readonly lastDate: LocalDate;
  readonly at: number;
  readonly userId: string | null;
  /** Hears shares done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
}

/** The world of a sample: two years up to `lastDate`, a flu in the second winter, an outage in the second year. */
export function sampleWorld(seed: number, lastDate: LocalDate): SampleWorld {
  const firstDate = addDays(lastDate, 1 - HISTORY_DAYS);
  const lastYear = Number(lastDate.slice(0, 4));
  const fluYear = lastDate >= `${lastYear}-03-01` ? lastYear : lastYear - 1;
  return {
    seed,
    firstDate,
    specialDays: siteHolidays(Number(firstDate.slice(0, 4)), lastYear + YEARS_AHEAD),
    events: { fluPeakDate: `${fluYear}-01-28`, outageDate: lastTuesday(addDays(lastDate, -120)) },
  };
}

function siteHolidays(fromYear: number, toYear: number) {
  return publicHolidays(SAMPLE_SITE.country, null, fromYear, toYear);
}

/** The Tuesday on or before a date. */
function lastTuesday(date: LocalDate): LocalDate {
  const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(date, -((weekday + 6) % 7));
}

/** The world as one queue sees it: closed on the great holidays, unless it never closes. */
function worldOf(queue: SampleQueue, world: SampleWorld): SampleWorld {
  if (queue.key === 'triage') return world;
  return {
    ...world,
    specialDays: world.specialDays.map(day =>
      SAMPLE_CLOSED_HOLIDAYS.includes(day.name) ? { ...day, hours: [] } : day,
    ),
  };
}

/**
 * Loads the sample centre in one transaction: site, queues, holidays, two years of intervals, what patients felt,
 * agents, shifts and work rules. The caller makes sure that there is none yet.
 */
export async function loadSample(db: Db, request: SampleRequest): Promise<LoadedSample> {
  const world = sampleWorld(request.seed, request.lastDate);
  const histories = await generate(world, request);
  return db.transaction().execute(async trx => {
    const site = await createSite(trx, { ...SAMPLE_SITE, sample: true, createdAt: request.at });
    await writeSetting(trx, {
      scope: site.id,
      name: WORLD_SETTING,
      value: { seed: request.seed, lastDate: request.lastDate },
      at: request.at,
    });
    const queues = await loadQueues(trx, site, world, request);
    let intervals = 0;
    for (const [index, { queue, rows }] of histories.entries()) {
      const stored = queues[index];
      if (!stored) continue;
      request.signal?.throwIfAborted();
      await writeIntervals(trx, {
        siteId: site.id,
        source: 'sample',
        queues: [{ queueNumber: stored.number, rows }],
        userId: request.userId,
        at: request.at,
      });
      await putFeltMeasures(
        trx,
        feltMeasures(queue, rows, { siteId: site.id, queueId: stored.id }, request.seed),
      );
      intervals += rows.length;
      request.onProgress?.(0.5 + (0.45 * (index + 1)) / histories.length);
    }
    await loadPeople(trx, site, queues, { at: request.at, hiredOn: addDays(world.firstDate, -1) });
    request.onProgress?.(1);
    return { site, queues, intervals, agents: SAMPLE_AGENTS.length };
  });
}

/** Generates everything before the transaction begins, a month at a time so that the event loop turns. */
async function generate(world: SampleWorld, request: SampleRequest) {
  const histories: { queue: SampleQueue; rows: IntervalRow[] }[] = [];
  for (const [index, queue] of SAMPLE_QUEUES.entries()) {
    const generator = new SampleGenerator(worldOf(queue, world));
    const rows: IntervalRow[] = [];
    for (let from = world.firstDate; from <= request.lastDate; from = addDays(from, 7)) {
      request.signal?.throwIfAborted();
      const until = addDays(from, 6);
      rows.push(...generator.days(queue, from, until < request.lastDate ? until : request.lastDate));
      await nextTurn();
    }
    histories.push({ queue, rows });
    request.onProgress?.((0.5 * (index + 1)) / SAMPLE_QUEUES.length);
  }
  return histories;
}

async function loadQueues(
  db: Db,
  site: Site,
  world: SampleWorld,
  request: SampleRequest,
): Promise<readonly Queue[]> {
  const queues: Queue[] = [];
  for (const [index, queue] of SAMPLE_QUEUES.entries()) {
    const stored = await createQueue(db, {
      siteId: site.id,
      name: queue.name,
      timeZone: site.timeZone,
      stepSeconds: SAMPLE_STEP_SECONDS,
      openingHours: queue.openingHours,
      goals: anyJson.decode(JSON.stringify(queue.goal)),
      patience: { kind: 'exponential', meanSeconds: queue.patienceSeconds },
      shrinkage: SAMPLE_SHRINKAGE,
      aliases: [queue.key],
      sortOrder: index,
      createdAt: request.at,
    });
    queues.push(stored);
    const closed = worldOf(queue, world).specialDays.filter(day => day.hours !== undefined);
    await putSpecialDays(
      db,
      closed.map(day => ({ ...day, siteId: site.id, queueId: stored.id })),
    );
  }
  await putSpecialDays(
    db,
    world.specialDays.map(day => ({ ...day, siteId: site.id })),
  );
  return queues;
}

/** The sample site, if it is loaded. */
export async function findSample(db: Db): Promise<Site | undefined> {
  return (await listSites(db, 'all')).find(site => site.sample);
}

/** Removes the sample with all that was made from it. False when there was none. Call it inside a transaction. */
export async function removeSample(db: Db): Promise<boolean> {
  const site = await findSample(db);
  if (!site) return false;
  await deleteSetting(db, site.id, WORLD_SETTING);
  return deleteSite(db, 'all', site.id);
}

const worldSetting = z.object({ seed: z.int(), lastDate: z.string() });

/**
 * Feeds the sample one more day of actuals (or the part of it before `untilEpochSeconds`), as an import batch.
 * Days may be played in any order and again: the same day is always the same. Undefined when no sample is loaded.
 * Call it inside a transaction.
 */
export async function playSampleDay(
  db: Db,
  play: {
    readonly date: LocalDate;
    readonly untilEpochSeconds?: number;
    readonly userId: string | null;
    readonly at: number;
  },
): Promise<WriteOutcome | undefined> {
  const site = await findSample(db);
  if (!site) return undefined;
  const { seed, lastDate } = worldSetting.parse(await readSetting(db, site.id, WORLD_SETTING));
  const world = sampleWorld(seed, lastDate);
  const stored = await listQueues(db, [site.id]);
  const queues = SAMPLE_QUEUES.flatMap(queue => {
    const target = stored.find(candidate => candidate.aliases.includes(queue.key));
    if (!target) return [];
    const generator = new SampleGenerator(worldOf(queue, world));
    const rows = generator.day(queue, play.date, play.untilEpochSeconds);
    return [{ queue, target, queueNumber: target.number, rows }];
  });
  for (const { queue, target, rows } of queues) {
    await putFeltMeasures(db, feltMeasures(queue, rows, { siteId: site.id, queueId: target.id }, seed));
  }
  return writeIntervals(db, { siteId: site.id, source: 'sample', queues, userId: play.userId, at: play.at });
}
