import type { z } from 'zod';
import type { Db } from '../../data/db/connect.ts';
import { listQueues, type Queue } from '../../data/store/queues.ts';
import { gridDays } from '../../forecasting/calendar/grid.ts';
import {
  avoidableAbandoned,
  type CurveInterval,
  hoursForRise,
  retentionValue,
  staffingFit,
} from '../../forecasting/review/money.ts';
import { paidMinutes } from '../../forecasting/scheduling/schedule.ts';
import type { MoneyRow, moneyAssumptionsSchema } from '../contract/review.ts';
import { type Context, reach } from './context.ts';
import { actualAht, bothSides, type DateRange, gridOfDays } from './planActual.ts';
import { type CoverReader, coverReader } from './planColumns.ts';
import { publishedShifts } from './publishedShifts.ts';
import { readSettings } from './settings.ts';
import { modelLevel, neededAgents } from './staffingModel.ts';
import { readQueueSettings } from './storedQueue.ts';

type Assumptions = z.output<typeof moneyAssumptionsSchema>;

/** What one queue adds to the money of some days. */
interface QueueDays {
  readonly queue: Queue;
  readonly daysMeasured: number;
  readonly scheduledDates: readonly string[];
  readonly handled: number | null;
  /** Of the days with a published schedule. */
  readonly handledOnSchedule: number;
  readonly scheduledHours: number;
  /** Of the scheduled hours, those that the plan counts on at work. */
  readonly atWorkHours: number;
  readonly neededHours: number;
  readonly overHours: number;
  readonly underHours: number;
  readonly abandoned: number | null;
  readonly avoidable: number | null;
  readonly onSchedule: readonly CurveInterval[];
  readonly onGoals: readonly CurveInterval[];
  /** Paid hours per hour on the queue that the queue's own shrinkage implies. */
  readonly paidPerHour: number;
}

/** What answering cost, and what not answering may have cost, per queue and for the site. */
export async function readMoney(context: Context, query: DateRange & { readonly siteId: string }) {
  const { db } = context.environment.store;
  const queues = (await listQueues(db, reach(context, 'report.read'), query.siteId)).filter(
    queue => queue.archivedAt === null,
  );
  const assumptions = await readAssumptions(db);
  const days: QueueDays[] = [];
  const readCover = coverReader(db);
  for (const queue of queues) days.push(await queueDays(db, queue, query, readCover));
  if (days.length === 0) return { items: [], assumptions };
  const paidHours = await paidHoursOf(days, query, readCover);
  const scheduledHours = days.reduce((sum, one) => sum + one.scheduledHours, 0);
  const paidPerScheduled = paidHours !== null && scheduledHours > 0 ? paidHours / scheduledHours : null;
  const row = (queueId: string | null, own: readonly QueueDays[]) =>
    moneyRow(queueId, own, paidPerScheduled, assumptions);
  return { items: [...days.map(one => row(one.queue.id, [one])), row(null, days)], assumptions };
}

async function readAssumptions(db: Db): Promise<Assumptions> {
  const settings = await readSettings(db);
  const money = (cents: number | null) => (cents === null ? null : cents / 100);
  return {
    currency: settings.currency,
    agentHourCost: money(settings.agentHourCostCents),
    lostPatientShare: settings.lostPatientShare,
    valuePerRetainedPatient: money(settings.valuePerRetainedPatientCents),
  };
}

async function queueDays(db: Db, queue: Queue, range: DateRange, readCover: CoverReader): Promise<QueueDays> {
  const grid = gridOfDays(queue, range);
  const { actuals, plan } = await bothSides(db, queue, grid, readCover);
  const { goal, shrinkage } = readQueueSettings(queue);
  const aht = actualAht(actuals, grid.count);
  const needed = neededAgents(queue, plan.patienceSeconds, actuals.offered, aht);
  const atWork = plan.scheduled.map((agents, i) =>
    agents === null ? null : agents * (plan.presentShare[i] ?? 1),
  );
  const curve = (agents: readonly (number | null)[]) =>
    agents.flatMap((count, i): CurveInterval[] => {
      const [calls, ahtSeconds] = [actuals.offered[i] ?? 0, aht[i] ?? 0];
      if (count === null || !(calls > 0 && ahtSeconds > 0)) return [];
      const serviceLevelOf = (more: number) =>
        modelLevel(queue, plan.patienceSeconds, { calls, ahtSeconds, agents: more });
      return [{ calls, agents: count, hours: queue.stepSeconds / 3600, serviceLevelOf }];
    });
  const measured = gridDays(grid).filter(day => hasValue(actuals.offered, day));
  const scheduled = measured.filter(day => hasValue(plan.scheduled, day));
  const sum = (column: readonly (number | null)[] | undefined) => addedOf(column, measured);
  const [offered, abandoned] = [sum(actuals.offered) ?? 0, sum(actuals.abandoned)];
  const shrunk = shrinkage.reduce((present, { share }) => present * (1 - share), 1);
  const fit = staffingFit({
    stepSeconds: queue.stepSeconds,
    scheduledAgents: atWork,
    neededAgents: needed,
  });
  const hoursOf = (column: readonly (number | null)[]) =>
    ((addedOf(column, scheduled) ?? 0) * queue.stepSeconds) / 3600;
  return {
    queue,
    daysMeasured: measured.length,
    scheduledDates: scheduled.map(({ day }) => day.date),
    handled: sum(actuals.handled),
    handledOnSchedule: addedOf(actuals.handled, scheduled) ?? 0,
    neededHours: fit.neededHours,
    overHours: fit.overHours,
    underHours: fit.underHours,
    scheduledHours: hoursOf(plan.scheduled),
    atWorkHours: hoursOf(atWork),
    abandoned,
    avoidable: abandoned === null ? null : avoidableAbandoned(offered, abandoned, goal.maxAbandonment),
    onSchedule: curve(atWork),
    onGoals: curve(needed),
    paidPerHour: shrunk > 0 ? 1 / shrunk : 1,
  };
}

type Days = ReturnType<typeof gridDays>;

function hasValue(column: readonly (number | null)[], day: Days[number]): boolean {
  for (let i = day.firstIndex; i < day.firstIndex + day.count; i++) if (column[i] != null) return true;
  return false;
}

function addedOf(column: readonly (number | null)[] | undefined, days: Days): number | null {
  let sum: number | null = null;
  for (const { firstIndex, count } of days) {
    for (let i = firstIndex; i < firstIndex + count; i++) {
      const value = column?.[i];
      if (value != null) sum = (sum ?? 0) + value;
    }
  }
  return sum;
}

/** Paid hours of the published shifts that start on a day with actuals; `null` without one. */
async function paidHoursOf(
  days: readonly QueueDays[],
  range: DateRange,
  readCover: CoverReader,
): Promise<number | null> {
  const dates = new Set(days.flatMap(one => one.scheduledDates));
  const [first] = days;
  if (!first || dates.size === 0) return null;
  const grid = gridOfDays(first.queue, range);
  const covers = await readCover(first.queue.siteId, grid.start, grid.start + grid.count * grid.stepSeconds);
  const spans = gridDays(grid).filter(({ day }) => dates.has(day.date));
  const minutes = covers
    .flatMap(cover => publishedShifts(cover.publication))
    .filter(shift =>
      spans.some(({ day }) => shift.start >= day.startEpochSeconds && shift.start < day.endEpochSeconds),
    )
    .reduce((sum, shift) => sum + paidMinutes(shift), 0);
  return minutes / 60;
}

function moneyRow(
  queueId: string | null,
  days: readonly QueueDays[],
  paidPerScheduled: number | null,
  assumptions: Assumptions,
): MoneyRow {
  const sum = (read: (one: QueueDays) => number) => days.reduce((total, one) => total + read(one), 0);
  const known = (read: (one: QueueDays) => number | null) => {
    const values = days.flatMap(one => read(one) ?? []);
    return values.length > 0 ? values.reduce((total, value) => total + value, 0) : null;
  };
  const dates = new Set(days.flatMap(one => one.scheduledDates));
  const scheduled = dates.size > 0;
  const priced = (hours: number | null) =>
    hours === null || assumptions.agentHourCost === null ? null : hours * assumptions.agentHourCost;
  const paidHours =
    paidPerScheduled === null || !scheduled ? null : sum(one => one.scheduledHours) * paidPerScheduled;
  const cost = priced(paidHours);
  const handled = sum(one => one.handledOnSchedule);
  const abandoned = known(one => one.abandoned);
  const avoidable = known(one => one.avoidable);
  return {
    queueId,
    daysMeasured: Math.max(...days.map(one => one.daysMeasured)),
    daysScheduled: dates.size,
    handled: known(one => one.handled),
    paidHours,
    cost,
    costPerContact: cost !== null && handled > 0 ? cost / handled : null,
    neededHours: scheduled ? sum(one => one.neededHours) : null,
    overHours: scheduled ? sum(one => one.overHours) : null,
    underHours: scheduled ? sum(one => one.underHours) : null,
    onePoint: onePoint(days, paidPerScheduled, priced),
    abandoned,
    avoidableAbandoned: avoidable,
    ...retained(abandoned, avoidable, assumptions),
  };
}

const ONE_POINT = 0.01;

function onePoint(
  days: readonly QueueDays[],
  paidPerScheduled: number | null,
  priced: (hours: number | null) => number | null,
): MoneyRow['onePoint'] {
  const onSchedule = days.flatMap(one => one.onSchedule);
  const basis = onSchedule.length > 0 ? 'schedule' : 'goals';
  const intervals = basis === 'schedule' ? onSchedule : days.flatMap(one => one.onGoals);
  if (intervals.length === 0) return null;
  const rise = hoursForRise(intervals, ONE_POINT);
  const sum = (read: (one: QueueDays) => number) => days.reduce((total, one) => total + read(one), 0);
  const agentHours = rise.kind === 'hours' ? rise.agentHours : null;
  const paidPerHour =
    basis === 'goals'
      ? sum(one => one.paidPerHour) / days.length
      : ((paidPerScheduled ?? 1) * sum(one => one.scheduledHours)) / sum(one => one.atWorkHours);
  const paidHours = agentHours === null ? null : agentHours * paidPerHour;
  return { basis, agentHours, paidHours, cost: priced(paidHours), serviceLevel: rise.from };
}

function retained(abandoned: number | null, avoidable: number | null, assumptions: Assumptions) {
  const { lostPatientShare: lostShare, valuePerRetainedPatient: valuePerPatient } = assumptions;
  if (abandoned === null || lostShare === null) {
    return { lostPatients: null, lostValue: null, avoidableValue: null };
  }
  const value = retentionValue(abandoned, avoidable ?? 0, {
    lostShare,
    valuePerPatient: valuePerPatient ?? 0,
  });
  return {
    lostPatients: value.lostPatients,
    lostValue: valuePerPatient === null ? null : value.lostValue,
    avoidableValue: valuePerPatient === null || avoidable === null ? null : value.avoidableValue,
  };
}
