import type { Db } from '../../data/db/connect.ts';
import { findQueue, type Queue } from '../../data/store/queues.ts';
import type { IntervalGrid } from '../../forecasting/calendar/grid.ts';
import { localDay } from '../../forecasting/calendar/time.ts';
import { totalActuals } from '../../forecasting/review/actuals.ts';
import { metricDefinition, ratioValue } from '../../forecasting/review/definitions.ts';
import { perInterval, readActuals } from './actualColumns.ts';
import { type Context, reach } from './context.ts';
import { coverReader, readPlanColumns } from './planColumns.ts';
import { found, Refusal } from './refusal.ts';
import { type DefinitionName, definitionOf } from './staffingModel.ts';

/** Plan and actuals of a queue on one grid: what every review starts from. */

const MOST_DAYS = 800;

export interface DateRange {
  readonly from: string;
  readonly to: string;
}

/** Whole local days of a queue as a grid. */
export function gridOfDays(queue: Queue, range: DateRange): IntervalGrid {
  const start = localDay(range.from, queue.timeZone).startEpochSeconds;
  const end = localDay(range.to, queue.timeZone).endEpochSeconds;
  if (end <= start) throw new Refusal('invalid', 'query.to must not be before query.from');
  if (end - start > MOST_DAYS * 86_400)
    throw new Refusal('invalid', `query.to: ask for at most ${MOST_DAYS} days at once`);
  return {
    start,
    stepSeconds: queue.stepSeconds,
    timeZone: queue.timeZone,
    count: (end - start) / queue.stepSeconds,
  };
}

/** What was planned and what happened, read together. */
export async function bothSides(db: Db, queue: Queue, grid: IntervalGrid, readCover = coverReader(db)) {
  const end = grid.start + grid.count * grid.stepSeconds;
  const covers = await readCover(queue.siteId, grid.start, end);
  const [actuals, plan] = await Promise.all([
    readActuals(db, queue, grid),
    readPlanColumns(db, queue, grid, covers),
  ]);
  return { actuals, plan };
}

type Actuals = Awaited<ReturnType<typeof readActuals>>;

/** The service level of each interval by a definition that counts from history. */
export function measuredLevel(
  actuals: Actuals,
  definition: DefinitionName,
  count: number,
): (number | null)[] {
  const { ratio } = metricDefinition(`serviceLevel.${definition}`);
  return Array.from({ length: count }, (_, i) => {
    if (!actuals.offered[i]) return null;
    return ratioValue(ratio(totalActuals(actuals, i, 1)));
  });
}

/** Plan and actual of one queue by interval. */
export async function readReviewSeries(
  context: Context,
  query: DateRange & { readonly queueId: string; readonly definition?: DefinitionName | undefined },
) {
  const { db } = context.environment.store;
  const queue = found(await findQueue(db, reach(context, 'report.read'), query.queueId));
  const grid = gridOfDays(queue, query);
  const { actuals, plan } = await bothSides(db, queue, grid);
  const definition = definitionOf(queue, query.definition);
  const { count } = grid;
  return {
    queueId: queue.id,
    start: grid.start,
    stepSeconds: grid.stepSeconds,
    timeZone: grid.timeZone,
    open: plan.open,
    forecast: plan.forecast,
    actual: [...actuals.offered],
    forecastAhtSeconds: plan.forecastAhtSeconds,
    actualAhtSeconds: actualAht(actuals, count),
    required: plan.required,
    scheduled: plan.scheduled,
    predictedServiceLevel: plan.predictedServiceLevel,
    actualServiceLevel: measuredLevel(actuals, definition, count),
    actualAsaSeconds: perInterval(actuals.answerWaitSeconds, actuals.handled, count),
    actualAbandonmentRate: perInterval(actuals.abandoned, actuals.offered, count),
    forecastId: plan.forecastId,
    publicationId: plan.publicationId,
    definition,
  };
}

/** Measured handle time per interval. */
export function actualAht(actuals: Actuals, count: number): (number | null)[] {
  return perInterval(actuals.handleSeconds, actuals.handled, count);
}
