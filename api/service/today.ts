import { listQueues, type Queue } from '../../data/store/queues.ts';
import { findSite } from '../../data/store/sites.ts';
import { localDateOf } from '../../forecasting/calendar/time.ts';
import { reforecastDay } from '../../forecasting/intraday/reforecastDay.ts';
import { learnUpdateRule } from '../../forecasting/intraday/updateRule.ts';
import { requiredAgents } from '../../forecasting/staffing/requiredAgents.ts';
import type { Today } from '../contract/actuals.ts';
import { perInterval, readActuals } from './actualColumns.ts';
import { type Context, reach } from './context.ts';
import { type PlanColumns, readPlanColumns, readPublishedCover } from './planColumns.ts';
import { readQueueHistory } from './queueHistory.ts';
import { found } from './refusal.ts';
import { gridOfDays, measuredLevel } from './review.ts';
import { readQueueSettings } from './storedQueue.ts';

/** Days of history from which the updating of a day is learnt. */
const RULE_DAYS = 180;

/** The running day, or another one, of each queue of a site. */
export async function readToday(
  context: Context,
  query: { readonly siteId: string; readonly date?: string | undefined },
): Promise<readonly Today[]> {
  const { db } = context.environment.store;
  const scope = reach(context, 'report.read');
  found(await findSite(db, scope, query.siteId));
  const queues = (await listQueues(db, scope, query.siteId)).filter(queue => queue.archivedAt === null);
  return Promise.all(queues.map(queue => todayOf(context, queue, query.date)));
}

async function todayOf(context: Context, queue: Queue, wanted: string | undefined): Promise<Today> {
  const { db } = context.environment.store;
  const clock = context.environment.now();
  const date = wanted ?? localDateOf(clock, queue.timeZone);
  const grid = gridOfDays(queue, { from: date, to: date });
  const end = grid.start + grid.count * grid.stepSeconds;
  const covers = await readPublishedCover(db, queue.siteId, grid.start, end);
  const [actuals, plan] = await Promise.all([
    readActuals(db, queue, grid),
    readPlanColumns(db, queue, grid, covers),
  ]);
  const known = actuals.offered.findLastIndex(value => value !== null) + 1;
  // A day that is not the present one is as far as its actuals go.
  const now = clock >= grid.start && clock < end ? clock : grid.start + known * grid.stepSeconds;
  const revised = await reforecast(context, queue, plan, actuals.offered, grid.start, Math.min(now, end - 1));
  const actualAhtSeconds = perInterval(actuals.handleSeconds, actuals.handled, grid.count);
  const required = requiredFor(queue, plan, revised?.offered ?? plan.forecast);
  const { goal } = readQueueSettings(queue);
  const level = goal.serviceLevel?.definition ?? 'offered';
  return {
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
    actualAhtSeconds,
    required,
    scheduled: plan.scheduled,
    gap: plan.scheduled.map((scheduled, i) => {
      const needed = required[i];
      return scheduled === null || needed == null ? null : scheduled - needed;
    }),
    actualServiceLevel: measuredLevel(actuals, level === 'virtual' ? 'offered' : level, grid.count),
    predictedServiceLevel: plan.predictedServiceLevel,
    actualAbandonmentRate: perInterval(actuals.abandoned, actuals.offered, grid.count),
    forecastId: plan.forecastId,
    publicationId: plan.publicationId,
    method: revised?.message ?? 'The day has no forecast to revise.',
  };
}

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

/** Agents needed for the volume now expected. */
function requiredFor(
  queue: Queue,
  plan: PlanColumns,
  offered: readonly (number | null)[],
): (number | null)[] {
  const { goal } = readQueueSettings(queue);
  return offered.map((calls, i) => {
    const ahtSeconds = plan.forecastAhtSeconds[i];
    if (calls === null || ahtSeconds == null || ahtSeconds <= 0) return null;
    const load = {
      calls,
      intervalSeconds: queue.stepSeconds,
      ahtSeconds,
      ...(plan.patienceSeconds !== null && {
        patience: { kind: 'exponential' as const, meanSeconds: plan.patienceSeconds },
      }),
    };
    return requiredAgents(load, goal).agents;
  });
}
