import type { Db } from '../../data/db/connect.ts';
import { findQueue, listQueues, type Queue } from '../../data/store/queues.ts';
import type { IntervalGrid } from '../../forecasting/calendar/grid.ts';
import { localDateOf, localDay } from '../../forecasting/calendar/time.ts';
import type { ReviewPeriod } from '../../forecasting/review/actuals.ts';
import { attainment, consistency } from '../../forecasting/review/attainment.ts';
import { METRIC_DEFINITIONS, metricDefinition } from '../../forecasting/review/definitions.ts';
import { planAgainstActual } from '../../forecasting/review/planActual.ts';
import { whyMissed } from '../../forecasting/review/whyMissed.ts';
import { evaluateQueue } from '../../forecasting/staffing/evaluateQueue.ts';
import type { SERVICE_LEVEL_DEFINITIONS } from '../contract/centre.ts';
import type { AttainmentRow } from '../contract/review.ts';
import { perInterval, readActuals } from './actualColumns.ts';
import { type Context, reach } from './context.ts';
import { type PlanColumns, readPlanColumns, readPublishedCover } from './planColumns.ts';
import { found, Refusal } from './refusal.ts';
import { readQueueSettings } from './storedQueue.ts';

type DefinitionName = (typeof SERVICE_LEVEL_DEFINITIONS)[number];
const PERIODS: Readonly<Record<string, ReviewPeriod>> = {
  day: 'day',
  week: 'week',
  month: 'month',
  total: 'all',
};
const MOST_DAYS = 800;

interface Range {
  readonly from: string;
  readonly to: string;
}

/** Whole local days of a queue as a grid. */
export function gridOfDays(queue: Queue, range: Range): IntervalGrid {
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

/** The registry's id of a definition; what a queue promised unless the caller names another. */
function definitionOf(queue: Queue, chosen: DefinitionName | undefined): DefinitionName {
  const wanted = chosen ?? readQueueSettings(queue).goal.serviceLevel?.definition ?? 'offered';
  // What an endlessly patient caller would have met cannot be counted from history.
  return wanted === 'virtual' ? 'offered' : wanted;
}

/** Attainment and consistency per queue and period. */
export async function readAttainment(
  context: Context,
  query: Range & {
    readonly by: 'day' | 'week' | 'month' | 'total';
    readonly siteId?: string | undefined;
    readonly queueIds?: readonly string[] | undefined;
    readonly definition?: DefinitionName | undefined;
  },
) {
  const { db } = context.environment.store;
  const queues = (await listQueues(db, reach(context, 'report.read'), query.siteId)).filter(
    queue => query.queueIds?.includes(queue.id) ?? true,
  );
  const items: AttainmentRow[] = [];
  for (const queue of queues) items.push(...(await attainmentOf(db, queue, query)));
  const used = new Set(queues.map(queue => `serviceLevel.${definitionOf(queue, query.definition)}`));
  return {
    items,
    definitions: METRIC_DEFINITIONS.filter(one => one.metric !== 'serviceLevel' || used.has(one.id)).map(
      ({ id, label, sentence }) => ({ id, name: label, formula: sentence, note: '' }),
    ),
  };
}

async function attainmentOf(
  db: Db,
  queue: Queue,
  query: Range & { readonly by: string; readonly definition?: DefinitionName | undefined },
): Promise<readonly AttainmentRow[]> {
  const grid = gridOfDays(queue, query);
  const actuals = await readActuals(db, queue, grid);
  const { goal } = readQueueSettings(queue);
  const definitionId = `serviceLevel.${definitionOf(queue, query.definition)}`;
  const goals = {
    ...(goal.serviceLevel && { serviceLevel: { target: goal.serviceLevel.target, definitionId } }),
    ...(goal.asaSeconds !== undefined && { asaSeconds: goal.asaSeconds }),
    ...(goal.maxAbandonment !== undefined && { maxAbandonment: goal.maxAbandonment }),
  };
  const period = PERIODS[query.by] ?? 'day';
  const covers = await readPublishedCover(
    db,
    queue.siteId,
    grid.start,
    grid.start + grid.count * grid.stepSeconds,
  );
  const plan = await readPlanColumns(db, queue, grid, covers);
  const against = new Map(
    planAgainstActual(
      {
        forecastOffered: plan.forecast,
        forecastAhtSeconds: plan.forecastAhtSeconds,
        requiredAgents: plan.required,
        scheduledAgents: plan.scheduled,
        plannedServiceLevel: plan.predictedServiceLevel,
      },
      actuals,
      period,
      definitionId,
    ).map(row => [row.label, row]),
  );
  return attainment(actuals, goals, period).map(row => {
    const first = (row.startEpochSeconds - grid.start) / grid.stepSeconds;
    const last = (row.endEpochSeconds - grid.start) / grid.stepSeconds;
    const part = {
      ...actuals,
      start: row.startEpochSeconds,
      offered: actuals.offered.slice(first, last),
      ...Object.fromEntries(
        Object.entries(actuals).flatMap(([name, values]) =>
          Array.isArray(values) && name !== 'offered' ? [[name, values.slice(first, last)]] : [],
        ),
      ),
    };
    const steadiness = consistency(part, goals);
    const planned = against.get(row.label);
    return {
      queueId: queue.id,
      siteId: queue.siteId,
      period: row.label,
      from: localDateOf(row.startEpochSeconds, queue.timeZone),
      to: localDateOf(row.endEpochSeconds - 1, queue.timeZone),
      plan: {
        ...NO_MEASURES,
        offered: planned?.forecastOffered ?? null,
        ahtSeconds: planned?.forecastAhtSeconds ?? null,
        serviceLevel: planned?.plannedServiceLevel ?? null,
      },
      actual: {
        offered: row.offered,
        handled: null,
        abandoned: row.abandoned,
        ahtSeconds: row.ahtSeconds,
        serviceLevel: row.serviceLevel,
        asaSeconds: row.asaSeconds,
        abandonmentRate: row.abandonment,
        occupancy: row.occupancy,
      },
      goal: Object.keys(goal).length === 0 ? null : goal,
      goalMet: row.inGoal,
      intervalsInGoal: steadiness.intervalsInGoal,
      intervalsMeasured: steadiness.intervalsJudged,
      daysInGoal: steadiness.daysInGoal,
      daysMeasured: steadiness.daysJudged,
      forecastWape: planned?.wape ?? null,
      forecastBias: planned?.errorShare == null ? null : -planned.errorShare,
    };
  });
}

const NO_MEASURES = {
  offered: null,
  handled: null,
  abandoned: null,
  ahtSeconds: null,
  serviceLevel: null,
  asaSeconds: null,
  abandonmentRate: null,
  occupancy: null,
};

/** Plan and actual of one queue by interval. */
export async function readReviewSeries(
  context: Context,
  query: Range & { readonly queueId: string; readonly definition?: DefinitionName | undefined },
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
    actualAhtSeconds: perInterval(actuals.handleSeconds, actuals.handled, count),
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

export async function bothSides(db: Db, queue: Queue, grid: IntervalGrid) {
  const end = grid.start + grid.count * grid.stepSeconds;
  const covers = await readPublishedCover(db, queue.siteId, grid.start, end);
  const [actuals, plan] = await Promise.all([
    readActuals(db, queue, grid),
    readPlanColumns(db, queue, grid, covers),
  ]);
  return { actuals, plan };
}

/** The service level of each interval by a definition that counts from history. */
export function measuredLevel(
  actuals: Awaited<ReturnType<typeof readActuals>>,
  definition: DefinitionName,
  count: number,
): (number | null)[] {
  const { ratio } = metricDefinition(`serviceLevel.${definition}`);
  return Array.from({ length: count }, (_, i) => {
    const at = (column: readonly (number | null)[] | undefined) => column?.[i] ?? null;
    const offered = at(actuals.offered);
    if (offered === null || offered === 0) return null;
    const share = ratio({
      intervals: 1,
      offered,
      handled: at(actuals.handled),
      abandoned: at(actuals.abandoned),
      shortAbandoned: at(actuals.shortAbandoned),
      answeredWithin: at(actuals.answeredWithin),
      abandonedWithin: at(actuals.abandonedWithin),
      answerWaitSeconds: at(actuals.answerWaitSeconds),
      handleSeconds: at(actuals.handleSeconds),
      staffedSeconds: null,
    });
    return share && share.denominator > 0 ? share.numerator / share.denominator : null;
  });
}

const CAUSE_WORDS = {
  volume: 'volume',
  arrivalShape: 'the shape of arrivals',
  aht: 'handle time',
  scheduledStaff: 'scheduled staff',
  absence: 'absence',
  adherence: 'adherence',
  model: 'what the model does not explain',
} as const;

/** Why the service level differed from plan: parts that sum to the whole. */
export async function readVariance(
  context: Context,
  query: Range & { readonly queueId: string; readonly by: 'day' | 'total' },
) {
  const { db } = context.environment.store;
  const queue = found(await findQueue(db, reach(context, 'report.read'), query.queueId));
  const grid = gridOfDays(queue, query);
  const { actuals, plan } = await bothSides(db, queue, grid);
  const { goal } = readQueueSettings(queue);
  const answerWithinSeconds = goal.serviceLevel?.answerWithinSeconds ?? 30;
  const definition = definitionOf(queue, undefined);
  const ones = new Array<number>(grid.count).fill(1);
  const side = (offered: readonly (number | null)[], ahtSeconds: readonly (number | null)[]) => ({
    offered,
    ahtSeconds,
    scheduledAgents: plan.scheduled,
    presentShare: ones,
    adherence: ones,
  });
  const rows = whyMissed(
    {
      grid,
      plan: side(plan.forecast, plan.forecastAhtSeconds),
      actual: side(actuals.offered, perInterval(actuals.handleSeconds, actuals.handled, grid.count)),
      plannedServiceLevel: plan.predictedServiceLevel,
      measuredServiceLevel: measuredLevel(actuals, definition, grid.count),
      serviceLevelOf: (calls, ahtSeconds, agents) =>
        levelOf(plan, queue, { calls, ahtSeconds, agents, answerWithinSeconds }),
    },
    query.by === 'day' ? 'day' : 'all',
  );
  return rows.map(row => {
    const parts = Object.entries(row.parts).flatMap(([name, points]) => {
      const cause = CAUSES.find(known => known === name);
      return cause === undefined ? [] : [{ cause, points }];
    });
    const whole = query.by === 'total';
    return {
      queueId: queue.id,
      from: whole ? query.from : row.label,
      to: whole ? query.to : row.label,
      planned: row.plan,
      actual: row.actual,
      parts,
      sentence: sentenceOf(row.actual - row.plan, parts),
      unexplained: 'Attendance is not known per queue, so absence and adherence are taken as planned.',
    };
  });
}

const CAUSES = ['volume', 'arrivalShape', 'aht', 'scheduledStaff', 'absence', 'adherence', 'model'] as const;

function sentenceOf(
  gap: number,
  parts: readonly { readonly cause: (typeof CAUSES)[number]; readonly points: number }[],
): string {
  const points = (value: number) => `${value >= 0 ? '+' : '−'}${Math.abs(100 * value).toFixed(1)} points`;
  const largest = [...parts].sort((a, b) => Math.abs(b.points) - Math.abs(a.points))[0];
  if (!largest) return 'There is nothing to compare.';
  return `The service level was ${points(gap)} against plan; most came from ${CAUSE_WORDS[largest.cause]} (${points(largest.points)}).`;
}

function levelOf(
  plan: PlanColumns,
  queue: Queue,
  at: {
    readonly calls: number;
    readonly ahtSeconds: number;
    readonly agents: number;
    readonly answerWithinSeconds: number;
  },
): number {
  if (at.calls <= 0) return 1;
  const metrics = evaluateQueue(
    {
      calls: at.calls,
      intervalSeconds: queue.stepSeconds,
      ahtSeconds: at.ahtSeconds,
      ...(plan.patienceSeconds !== null && {
        patience: { kind: 'exponential', meanSeconds: plan.patienceSeconds },
      }),
    },
    Math.max(0, Math.round(at.agents)),
    { answerWithinSeconds: at.answerWithinSeconds },
  );
  return metrics.serviceLevel[definitionOf(queue, undefined)];
}
