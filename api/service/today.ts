import { listQueues, type Queue } from '../../data/store/queues.ts';
import { findSite } from '../../data/store/sites.ts';
import { localDateOf } from '../../forecasting/calendar/time.ts';
import { reforecastDay } from '../../forecasting/intraday/reforecastDay.ts';
import { learnUpdateRule } from '../../forecasting/intraday/updateRule.ts';
import type { Today } from '../contract/actuals.ts';
import { perInterval } from './actualColumns.ts';
import { type Context, reach } from './context.ts';
import { actualAht, bothSides, gridOfDays, measuredLevel } from './planActual.ts';
import { type CoverReader, coverReader, type PlanColumns } from './planColumns.ts';
import { readQueueHistory } from './queueHistory.ts';
import { found } from './refusal.ts';
import { definitionOf, neededAgents } from './staffingModel.ts';

/** Days of history from which the updating of a day is learnt. */
const RULE_DAYS = 180;

interface TodayQuery {
  readonly siteId: string;
  readonly date?: string | undefined;
}

/** A day of one queue as shown, with the queue and the plan behind it. */
export interface QueueToday {
  readonly queue: Queue;
  readonly plan: PlanColumns;
  readonly today: Today;
}

/** The running day, or another one, of each queue of a site. */
export async function readToday(context: Context, query: TodayQuery): Promise<readonly Today[]> {
  return (await readQueuesToday(context, query)).map(({ today }) => today);
}

export async function readQueuesToday(context: Context, query: TodayQuery): Promise<readonly QueueToday[]> {
  const { db } = context.environment.store;
  const scope = reach(context, 'report.read');
  found(await findSite(db, scope, query.siteId));
  const queues = (await listQueues(db, scope, query.siteId)).filter(queue => queue.archivedAt === null);
  const readCover = coverReader(db);
  return Promise.all(queues.map(queue => todayOf(context, queue, query.date, readCover)));
}

async function todayOf(
  context: Context,
  queue: Queue,
  wanted: string | undefined,
  readCover: CoverReader,
): Promise<QueueToday> {
  const { db } = context.environment.store;
  const clock = context.environment.now();
  const date = wanted ?? localDateOf(clock, queue.timeZone);
  const grid = gridOfDays(queue, { from: date, to: date });
  const end = grid.start + grid.count * grid.stepSeconds;
  const { actuals, plan } = await bothSides(db, queue, grid, readCover);
  const known = actuals.offered.findLastIndex(value => value !== null) + 1;
  // A day that is not the present one is as far as its actuals go.
  const now = clock >= grid.start && clock < end ? clock : grid.start + known * grid.stepSeconds;
  const revised = await reforecast(context, queue, plan, actuals.offered, grid.start, Math.min(now, end - 1));
  const required = neededAgents(
    queue,
    plan.patienceSeconds,
    revised?.offered ?? plan.forecast,
    plan.forecastAhtSeconds,
  );
  const today: Today = {
    queueId: queue.id,
    date,
    start: grid.start,
    stepSeconds: grid.stepSeconds,
    timeZone: grid.timeZone,
    open: plan.open,
    now,
    forecast: plan.forecast,
    actual: [...actuals.offered],
    reforecast: revised?.offered ?? plan.forecast,
    reforecastLower: revised?.lower ?? new Array<null>(grid.count).fill(null),
    reforecastUpper: revised?.upper ?? new Array<null>(grid.count).fill(null),
    forecastAhtSeconds: plan.forecastAhtSeconds,
    actualAhtSeconds: actualAht(actuals, grid.count),
    required,
    scheduled: plan.scheduled,
    gap: plan.scheduled.map((scheduled, i) => {
      const needed = required[i];
      return scheduled === null || needed == null ? null : scheduled - needed;
    }),
    actualServiceLevel: measuredLevel(actuals, definitionOf(queue, undefined), grid.count),
    predictedServiceLevel: plan.predictedServiceLevel,
    actualAbandonmentRate: perInterval(actuals.abandoned, actuals.offered, grid.count),
    forecastId: plan.forecastId,
    publicationId: plan.publicationId,
    method: revised?.message ?? UNREVISED[plan.source ? 'noActuals' : 'noForecast'],
  };
  return { queue, plan, today };
}

const UNREVISED = {
  noActuals: 'No actuals of this day are in yet: the forecast stands as it is.',
  noForecast: 'The day has no forecast to revise.',
} as const;

async function reforecast(
  context: Context,
  queue: Queue,
  plan: PlanColumns,
  observed: readonly (number | null)[],
  dayStart: number,
  now: number,
) {
  const date = localDateOf(now, queue.timeZone);
  if (!plan.source?.days.some(day => day.date === date) || observed.every(value => value === null))
    return undefined;
  const history = await readQueueHistory(context.environment.store.db, queue, {
    fromEpochSeconds: dayStart - RULE_DAYS * 86_400,
    toEpochSeconds: dayStart,
  });
  if (!history) return undefined;
  const rule = learnUpdateRule(history.series, {
    originEpochSeconds: dayStart,
    openingHours: queue.openingHours,
    specialDays: history.specialDays,
  });
  const series = {
    start: dayStart,
    stepSeconds: queue.stepSeconds,
    timeZone: queue.timeZone,
    offered: observed,
    ahtSeconds: observed.map(() => null),
  };
  const revised = reforecastDay(plan.source, series, { nowEpochSeconds: now, rule });
  const band = revised.bands.find(one => one.level === 0.8) ?? revised.bands[0];
  const whereOpen = (values: readonly (number | null)[] | undefined) =>
    plan.open.map((open, i) => (open === 1 ? (values?.[i] ?? null) : null));
  return {
    offered: whereOpen(revised.offered),
    lower: whereOpen(band?.lower),
    upper: whereOpen(band?.upper),
    message: revised.message,
  };
}
