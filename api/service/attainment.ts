import type { Db } from '../../data/db/connect.ts';
import { listQueues, type Queue } from '../../data/store/queues.ts';
import { localDateOf } from '../../forecasting/calendar/time.ts';
import type { IntervalActuals, ReviewPeriod } from '../../forecasting/review/actuals.ts';
import {
  type AttainmentGoals,
  acrossQueues,
  attainment,
  consistency,
  type AttainmentRow as PeriodRow,
} from '../../forecasting/review/attainment.ts';
import { METRIC_DEFINITIONS } from '../../forecasting/review/definitions.ts';
import { type PlanActualRow, planAgainstActual } from '../../forecasting/review/planActual.ts';
import type { AttainmentRow } from '../contract/review.ts';
import { type Context, reach } from './context.ts';
import { bothSides, type DateRange, gridOfDays } from './planActual.ts';
import { type CoverReader, coverReader } from './planColumns.ts';
import { Refusal } from './refusal.ts';
import { type DefinitionName, definitionOf } from './staffingModel.ts';
import { asJson, readQueueSettings } from './storedQueue.ts';

const MOST_DAYS_BY_INTERVAL = 7;
const WORST_HOURS = 5;

export interface AttainmentQuery extends DateRange {
  readonly by: 'interval' | 'day' | 'week' | 'month' | 'total';
  readonly siteId?: string | undefined;
  readonly queueIds?: readonly string[] | undefined;
  readonly definition?: DefinitionName | undefined;
}

/** A row as answered, with what a roll-up needs of it. */
interface QueueRow {
  readonly answer: AttainmentRow;
  readonly period: PeriodRow;
  readonly plan: PlanActualRow | undefined;
}

/** Attainment and consistency per queue and period, then per site, then of all sites. */
export async function readAttainment(context: Context, query: AttainmentQuery) {
  const { db } = context.environment.store;
  const queues = (await listQueues(db, reach(context, 'report.read'), query.siteId)).filter(
    queue => query.queueIds?.includes(queue.id) ?? queue.archivedAt === null,
  );
  const rows: QueueRow[] = [];
  const readCover = coverReader(db);
  for (const queue of queues) rows.push(...(await attainmentOf(db, queue, query, readCover)));
  const used = new Set(queues.map(queue => `serviceLevel.${definitionOf(queue, query.definition)}`));
  return {
    items: [...rows.map(row => row.answer), ...(query.queueIds ? [] : totals(rows))],
    definitions: METRIC_DEFINITIONS.filter(one => one.metric !== 'serviceLevel' || used.has(one.id)).map(
      ({ id, label, sentence }) => ({ id, name: label, formula: sentence, note: '' }),
    ),
  };
}

async function attainmentOf(
  db: Db,
  queue: Queue,
  query: AttainmentQuery,
  readCover: CoverReader,
): Promise<readonly QueueRow[]> {
  const grid = gridOfDays(queue, query);
  if (query.by === 'interval' && grid.count * grid.stepSeconds > MOST_DAYS_BY_INTERVAL * 90_000) {
    throw new Refusal('invalid', `query.to: ask for at most ${MOST_DAYS_BY_INTERVAL} days by interval`);
  }
  const { actuals, plan } = await bothSides(db, queue, grid, readCover);
  const { goal } = readQueueSettings(queue);
  const definitionId = `serviceLevel.${definitionOf(queue, query.definition)}`;
  const goals: AttainmentGoals = {
    ...(goal.serviceLevel && { serviceLevel: { target: goal.serviceLevel.target, definitionId } }),
    ...(goal.asaSeconds !== undefined && { asaSeconds: goal.asaSeconds }),
    ...(goal.maxAbandonment !== undefined && { maxAbandonment: goal.maxAbandonment }),
  };
  const period: ReviewPeriod = query.by === 'total' ? 'all' : query.by;
  const against = planAgainstActual(
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
  );
  return attainment(actuals, goals, period).map(row => {
    const steadiness = consistency(partOf(actuals, row), goals, query.by === 'total' ? WORST_HOURS : 0);
    const planned = against.find(one => one.label === row.label);
    const head = { queueId: queue.id, siteId: queue.siteId, timeZone: queue.timeZone };
    return {
      period: row,
      plan: planned,
      answer: {
        ...answerRow(head, row, planned),
        goal: Object.keys(goal).length === 0 ? null : goal,
        queuesInGoal: row.inGoal === true ? 1 : 0,
        queuesMeasured: row.inGoal === null ? 0 : 1,
        intervalsInGoal: steadiness.intervalsInGoal,
        intervalsMeasured: steadiness.intervalsJudged,
        daysInGoal: steadiness.daysInGoal,
        daysMeasured: steadiness.daysJudged,
        worstHours: [...steadiness.worstHours],
      },
    };
  });
}

/** The intervals of one period. */
function partOf(actuals: IntervalActuals, row: PeriodRow): IntervalActuals {
  const first = (row.startEpochSeconds - actuals.start) / actuals.stepSeconds;
  const last = (row.endEpochSeconds - actuals.start) / actuals.stepSeconds;
  const columns = Object.entries(actuals).flatMap(([name, values]) =>
    Array.isArray(values) ? [[name, values.slice(first, last)]] : [],
  );
  return { ...actuals, ...Object.fromEntries(columns), start: row.startEpochSeconds };
}

function answerRow(
  head: { readonly queueId: string | null; readonly siteId: string | null; readonly timeZone: string },
  row: PeriodRow,
  planned: PlanActualRow | undefined,
) {
  return {
    queueId: head.queueId,
    siteId: head.siteId,
    period: row.label,
    start: row.startEpochSeconds,
    from: localDateOf(row.startEpochSeconds, head.timeZone),
    to: localDateOf(row.endEpochSeconds - 1, head.timeZone),
    plan: {
      offered: planned?.forecastOffered ?? null,
      handled: null,
      abandoned: null,
      ahtSeconds: planned?.forecastAhtSeconds ?? null,
      serviceLevel: planned?.plannedServiceLevel ?? null,
      asaSeconds: null,
      abandonmentRate: null,
      occupancy: null,
    },
    actual: {
      offered: row.offered,
      handled: row.handled,
      abandoned: row.abandoned,
      ahtSeconds: row.ahtSeconds,
      serviceLevel: row.serviceLevel,
      asaSeconds: row.asaSeconds,
      abandonmentRate: row.abandonment,
      occupancy: row.occupancy,
    },
    goalMet: row.inGoal,
    forecastWape: planned?.wape ?? null,
    forecastBias: planned?.errorShare == null ? null : -planned.errorShare,
  };
}

/** One row per site and period, and one of all sites when there are several. */
function totals(rows: readonly QueueRow[]): readonly AttainmentRow[] {
  const periods = [...new Set(rows.map(row => row.period.label))].sort();
  const siteIds = [...new Set(rows.map(row => row.answer.siteId))];
  const scopes = siteIds.length > 1 ? [...siteIds, null] : siteIds;
  return scopes.flatMap(siteId =>
    periods.flatMap(label => {
      const own = rows.filter(
        row => row.period.label === label && (siteId === null || row.answer.siteId === siteId),
      );
      return own.length === 0 ? [] : [totalRow(siteId, own)];
    }),
  );
}

function totalRow(siteId: string | null, rows: readonly QueueRow[]): AttainmentRow {
  const answers = rows.map(row => row.answer);
  const added = (read: (row: AttainmentRow) => number) => answers.reduce((sum, row) => sum + read(row), 0);
  const head = { queueId: null, siteId, timeZone: 'UTC' };
  const [first] = answers;
  return {
    ...answerRow(head, acrossQueues(rows.map(row => row.period)), planAcross(rows)),
    from: answers.map(row => row.from).sort()[0] ?? '',
    to:
      answers
        .map(row => row.to)
        .sort()
        .at(-1) ?? '',
    goal: answers.every(row => sameGoal(row.goal, first?.goal)) ? (first?.goal ?? null) : null,
    queuesInGoal: added(row => row.queuesInGoal),
    queuesMeasured: added(row => row.queuesMeasured),
    intervalsInGoal: added(row => row.intervalsInGoal),
    intervalsMeasured: added(row => row.intervalsMeasured),
    daysInGoal: added(row => row.daysInGoal),
    daysMeasured: added(row => row.daysMeasured),
    worstHours: [],
  };
}

function sameGoal(a: AttainmentRow['goal'], b: AttainmentRow['goal'] | undefined): boolean {
  return JSON.stringify(asJson(a ?? null)) === JSON.stringify(asJson(b ?? null));
}

/** The plans of several queues as one: volumes add, the rest is weighted by the volume planned. */
function planAcross(rows: readonly QueueRow[]): PlanActualRow | undefined {
  const plans = rows.flatMap(row => row.plan ?? []);
  const [first] = plans;
  if (!first) return undefined;
  const sum = (read: (row: PlanActualRow) => number) => plans.reduce((total, row) => total + read(row), 0);
  const forecastOffered = sum(row => row.forecastOffered);
  const offered = sum(row => row.offered);
  const mean = (read: (row: PlanActualRow) => number | null) => {
    const known = plans.filter(row => read(row) !== null);
    const weight = known.reduce((total, row) => total + row.forecastOffered, 0);
    return weight > 0
      ? known.reduce((total, row) => total + (read(row) ?? 0) * row.forecastOffered, 0) / weight
      : null;
  };
  return {
    ...first,
    forecastOffered,
    offered,
    errorShare: forecastOffered > 0 ? offered / forecastOffered - 1 : null,
    wape: offered > 0 ? sum(row => (row.wape ?? 0) * row.offered) / offered : null,
    forecastAhtSeconds: mean(row => row.forecastAhtSeconds),
    plannedServiceLevel: mean(row => row.plannedServiceLevel),
  };
}
