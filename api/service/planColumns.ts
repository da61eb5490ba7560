import { z } from 'zod';
import type { Db } from '../../data/db/connect.ts';
import { listForecastLayers } from '../../data/store/forecastLayers.ts';
import { findForecast, listForecasts } from '../../data/store/forecasts.ts';
import { findPublication, listPublications, type Publication } from '../../data/store/publications.ts';
import type { Queue } from '../../data/store/queues.ts';
import { findSchedule } from '../../data/store/schedules.ts';
import { findStaffingPlan, listStaffingPlans, type StaffingPlan } from '../../data/store/staffingPlans.ts';
import type { IntervalGrid } from '../../forecasting/calendar/grid.ts';
import { openMask } from '../../forecasting/calendar/opening.ts';
import type { QueueForecast } from '../../forecasting/demand/types.ts';
import { coverage } from '../../forecasting/scheduling/coverage.ts';
import { withLayers } from './overrideLayers.ts';
import { publishedShifts } from './publishedShifts.ts';
import { readScheduleProblem } from './scheduleProblem.ts';
import { modelLevel } from './staffingModel.ts';
import { rebuildForecast } from './storedForecast.ts';
import { readQueueSettings } from './storedQueue.ts';

type Column = (number | null)[];

/** The plan of one queue on a grid; null where closed or not planned. */
export interface PlanColumns {
  readonly open: (0 | 1)[];
  readonly forecast: Column;
  readonly forecastAhtSeconds: Column;
  readonly required: Column;
  readonly scheduled: Column;
  /** Of the scheduled agents, the share that the plan counts on at work: shrinkage that the schedule does not show. */
  readonly presentShare: number[];
  readonly predictedServiceLevel: Column;
  readonly patienceSeconds: number | null;
  readonly forecastId: string | null;
  readonly publicationId: string | null;
  /** The forecast that covers the start of the grid, for re-forecasting. */
  readonly source: QueueForecast | undefined;
}

/** A published week with the agents that it puts on each queue. */
interface PublishedCover {
  readonly publication: Publication;
  readonly grid: IntervalGrid;
  readonly scheduled: ReadonlyMap<string, readonly number[]>;
}

/** The newest published version of every week of a site that touches a stretch of time. */
export async function readPublishedCover(
  db: Db,
  siteId: string,
  from: number,
  to: number,
): Promise<readonly PublishedCover[]> {
  const seen = new Set<string>();
  const covers: PublishedCover[] = [];
  for (const summary of await listPublications(db, [siteId], { siteId, limit: 1000 })) {
    if (seen.has(summary.weekStart)) continue;
    seen.add(summary.weekStart);
    const schedule = await findSchedule(db, [siteId], summary.scheduleId);
    const publication = schedule && (await findPublication(db, [siteId], summary.id));
    if (!schedule || !publication) continue;
    const problem = await readScheduleProblem(db, schedule);
    const { grid } = problem;
    if (grid.start >= to || grid.start + grid.count * grid.stepSeconds <= from) continue;
    const { queues } = coverage(problem, { assignments: publishedShifts(publication) });
    covers.push({
      publication,
      grid,
      scheduled: new Map(queues.map(queue => [queue.queueId, queue.scheduled])),
    });
  }
  return covers;
}

/** Reads each stretch of a site's published weeks once, for the queues that share them. */
export type CoverReader = (siteId: string, from: number, to: number) => ReturnType<typeof readPublishedCover>;

export function coverReader(db: Db): CoverReader {
  const known = new Map<string, ReturnType<typeof readPublishedCover>>();
  return (siteId, from, to) => {
    const key = `${siteId} ${from} ${to}`;
    const covers = known.get(key) ?? readPublishedCover(db, siteId, from, to);
    known.set(key, covers);
    return covers;
  };
}

/** Forecast, requirement and published staff of a queue on a grid. */
export async function readPlanColumns(
  db: Db,
  queue: Queue,
  grid: IntervalGrid,
  covers: readonly PublishedCover[],
): Promise<PlanColumns> {
  const end = grid.start + grid.count * grid.stepSeconds;
  const plans = await plansFor(db, queue, covers, grid.start, end);
  const forecasts = await forecastsFor(db, queue, plans, grid.start, end);
  const settings = readQueueSettings(queue);
  const open = Array.from(openMask(grid, queue.openingHours), flag => (flag === 1 ? 1 : 0));
  const column = (): Column => new Array<number | null>(grid.count).fill(null);
  const columns = {
    forecast: column(),
    forecastAhtSeconds: column(),
    required: column(),
    scheduled: column(),
    predictedServiceLevel: column(),
  };
  const presentShare = new Array<number>(grid.count).fill(1);
  const patienceSeconds = plans.map(patienceOf).find(value => value !== null) ?? settings.patienceSeconds;
  for (let i = 0; i < grid.count; i++) {
    const at = grid.start + i * grid.stepSeconds;
    for (const forecast of forecasts) {
      const index = Math.floor((at - forecast.start) / forecast.stepSeconds);
      if (index < 0 || index >= forecast.offered.length || forecast.open[index] !== 1) continue;
      columns.forecast[i] = forecast.offered[index] ?? null;
      columns.forecastAhtSeconds[i] = forecast.ahtSeconds[index] ?? null;
      break;
    }
    const plan = plans.find(one => at >= one.start && at < one.start + one.count * one.stepSeconds);
    const index = plan ? Math.floor((at - plan.start) / plan.stepSeconds) : -1;
    const agents = plan?.columns.agents?.[index] ?? null;
    const toSchedule = plan?.columns.agentsToSchedule?.[index] ?? agents;
    columns.required[i] = agents;
    const cover = covers.find(
      one => at >= one.grid.start && at < one.grid.start + one.grid.count * one.grid.stepSeconds,
    );
    const published = cover?.scheduled.get(queue.id)?.[
      Math.floor((at - cover.grid.start) / cover.grid.stepSeconds)
    ];
    if (published === undefined) continue;
    columns.scheduled[i] = published;
    const calls = columns.forecast[i];
    const aht = columns.forecastAhtSeconds[i];
    if (calls == null || aht == null || calls <= 0) continue;
    if (agents !== null && toSchedule !== null && toSchedule > 0)
      presentShare[i] = Math.min(1, agents / toSchedule);
    columns.predictedServiceLevel[i] = modelLevel(queue, patienceSeconds, {
      calls,
      ahtSeconds: aht,
      agents: published * (presentShare[i] ?? 1),
    });
  }
  return {
    open,
    ...columns,
    presentShare,
    patienceSeconds,
    forecastId: plans[0]?.forecastId ?? null,
    publicationId: covers[0]?.publication.id ?? null,
    source: forecasts[0],
  };
}

/** The plans that the published weeks rest on, then the newest others, as far as they touch the stretch. */
async function plansFor(
  db: Db,
  queue: Queue,
  covers: readonly PublishedCover[],
  from: number,
  to: number,
): Promise<readonly StaffingPlan[]> {
  const touching = (await listStaffingPlans(db, [queue.siteId], { queueId: queue.id, limit: 200 })).filter(
    plan => plan.start < to && plan.start + plan.count * plan.stepSeconds > from,
  );
  const published = new Set(covers.flatMap(cover => cover.publication.forecastIds));
  const ordered = [
    ...touching.filter(plan => plan.forecastId !== null && published.has(plan.forecastId)),
    ...touching.filter(plan => plan.forecastId === null || !published.has(plan.forecastId)),
  ];
  const plans = await Promise.all(
    ordered.slice(0, 60).map(plan => findStaffingPlan(db, [queue.siteId], plan.id)),
  );
  return plans.filter(plan => plan !== undefined);
}

async function forecastsFor(
  db: Db,
  queue: Queue,
  plans: readonly StaffingPlan[],
  from: number,
  to: number,
): Promise<readonly QueueForecast[]> {
  const planned = plans.flatMap(plan => (plan.forecastId === null ? [] : [plan.forecastId]));
  const others = (await listForecasts(db, [queue.siteId], { queueId: queue.id, limit: 200 }))
    .filter(one => one.start < to && one.start + one.count * one.stepSeconds > from)
    .map(one => one.id);
  const forecasts: QueueForecast[] = [];
  for (const id of [...new Set([...planned, ...others])].slice(0, 60)) {
    const stored = await findForecast(db, [queue.siteId], id);
    const model = stored && rebuildForecast(stored);
    if (model) forecasts.push(withLayers(model, await listForecastLayers(db, [queue.siteId], id)));
  }
  return forecasts;
}

function patienceOf(plan: StaffingPlan): number | null {
  const parsed = z.object({ patienceSeconds: z.number().nullable() }).safeParse(plan.assumptions);
  return parsed.success ? parsed.data.patienceSeconds : null;
}
