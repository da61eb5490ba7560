import { findQueue, listQueues, type Queue } from '../../data/store/queues.ts';
import { localDateOf } from '../../forecasting/calendar/time.ts';
import { periodSpans, type ReviewPeriod } from '../../forecasting/review/actuals.ts';
import {
  MISS_FACTORS,
  type MissInput,
  type MissRow,
  mainFactor,
  whyMissed,
} from '../../forecasting/review/whyMissed.ts';
import { type Context, reach } from './context.ts';
import { actualAht, bothSides, type DateRange, gridOfDays, measuredLevel } from './planActual.ts';
import { type CoverReader, coverReader } from './planColumns.ts';
import { found, Refusal } from './refusal.ts';
import { definitionOf, modelLevel } from './staffingModel.ts';

const CAUSE_WORDS = {
  volume: 'volume',
  arrivalShape: 'the shape of arrivals',
  aht: 'handle time',
  scheduledStaff: 'scheduled staff',
  absence: 'absence',
  adherence: 'adherence',
  model: 'what the model does not explain',
} as const;

interface VarianceQuery extends DateRange {
  readonly siteId?: string | undefined;
  readonly queueId?: string | undefined;
  readonly by: 'interval' | 'day' | 'week' | 'month' | 'total';
}

/** Why the service level of a queue, or of a site's queues together, differed from plan: parts that sum to the whole. */
export async function readVariance(context: Context, query: VarianceQuery) {
  const queues = await queuesOf(context, query);
  const inputs: MissInput[] = [];
  const readCover = coverReader(context.environment.store.db);
  for (const queue of queues) inputs.push(await missInput(context, queue, query, readCover));
  const first = inputs[0];
  if (!first) return [];
  const period: ReviewPeriod = query.by === 'total' ? 'all' : query.by;
  const spans = new Map(periodSpans(first.grid, period).map(span => [span.label, span]));
  return whyMissed(inputs, period).map(row => {
    const { firstIndex, count } = spans.get(row.label) ?? { firstIndex: 0, count: first.grid.count };
    const dateAt = (index: number) =>
      localDateOf(first.grid.start + index * first.grid.stepSeconds, first.grid.timeZone);
    return {
      queueId: query.queueId ?? null,
      period: row.label,
      from: dateAt(firstIndex),
      to: dateAt(firstIndex + count - 1),
      planned: row.plan,
      actual: row.actual,
      parts: MISS_FACTORS.map(cause => ({ cause, points: row.parts[cause] })),
      sentence: sentenceOf(row),
      unexplained: 'Attendance is not known per queue, so absence and adherence are taken as planned.',
    };
  });
}

async function queuesOf(context: Context, query: VarianceQuery): Promise<readonly Queue[]> {
  const { db } = context.environment.store;
  const scope = reach(context, 'report.read');
  if (query.queueId !== undefined) return [found(await findQueue(db, scope, query.queueId))];
  if (query.siteId === undefined) throw new Refusal('invalid', 'query.queueId or query.siteId must be given');
  return (await listQueues(db, scope, query.siteId)).filter(queue => queue.archivedAt === null);
}

async function missInput(
  context: Context,
  queue: Queue,
  range: DateRange,
  readCover: CoverReader,
): Promise<MissInput> {
  const grid = gridOfDays(queue, range);
  const { actuals, plan } = await bothSides(context.environment.store.db, queue, grid, readCover);
  const ones = new Array<number>(grid.count).fill(1);
  const side = (offered: readonly (number | null)[], ahtSeconds: readonly (number | null)[]) => ({
    offered,
    ahtSeconds,
    scheduledAgents: plan.scheduled,
    presentShare: plan.presentShare,
    adherence: ones,
  });
  return {
    grid,
    plan: side(plan.forecast, plan.forecastAhtSeconds),
    actual: side(actuals.offered, actualAht(actuals, grid.count)),
    plannedServiceLevel: plan.predictedServiceLevel,
    measuredServiceLevel: measuredLevel(actuals, definitionOf(queue, undefined), grid.count),
    serviceLevelOf: (calls, ahtSeconds, agents) =>
      modelLevel(queue, plan.patienceSeconds, { calls, ahtSeconds, agents }),
  };
}

function sentenceOf(row: MissRow): string {
  const points = (value: number) => `${value >= 0 ? '+' : '−'}${Math.abs(100 * value).toFixed(1)} points`;
  const cause = mainFactor(row);
  if (cause === null) return 'The service level came as planned.';
  return `The service level was ${points(row.actual - row.plan)} against plan; most came from ${CAUSE_WORDS[cause]} (${points(row.parts[cause])}).`;
}
