import { gridDays, slotsPerDay, wallSlots } from '../calendar/grid.ts';
import { endOf, gridOf, type IntervalSeries, sliceSeries } from '../history/series.ts';
import { type DeferredDemand, deferredFlow, deferredNeed, promiseOf } from '../staffing/deferredQueue.ts';
import type { Goals } from '../staffing/load.ts';
import { netOf } from '../staffing/shrinkage.ts';
import { QuickQueue } from './quickQueue.ts';

/** Contacts of a typical week by interval, Monday midnight first; 0 where nothing arrives. */
export interface TypicalWeek {
  readonly stepSeconds: number;
  /** `7 × 86 400 ÷ stepSeconds` entries. */
  readonly offered: readonly number[];
}

/** What turns a month's contacts into people. */
export interface MonthDemandInput {
  readonly week: TypicalWeek;
  /** Contacts per month of the horizon, growth included. */
  readonly monthlyOffered: readonly number[];
  readonly ahtSeconds: number;
  readonly patienceSeconds: number;
  readonly goals: Goals;
  /** Share of paid time not available, 0–1. */
  readonly shrinkage: number;
  /** Paid hours of one FTE per week. */
  readonly hoursPerWeek: number;
  /** Contacts that an agent holds at once, as in chat; absent: 1. */
  readonly concurrency?: number;
  /** Work that waits for its turn and is done within the goal's time; absent: callers wait in line. */
  readonly isDeferred?: boolean;
}

/** Requirement of one month. */
export interface MonthDemand {
  readonly offered: number;
  /** Agent-hours on the contacts per week of the month. */
  readonly agentHoursPerWeek: number;
  /** FTE that cover them if shifts fit the curve without waste. */
  readonly requiredFte: number;
  /** Agents by interval of the week. */
  readonly agents: readonly number[];
}

const MEAN_WEEKS_PER_MONTH = 365.25 / 12 / 7;
const LOOK_BACK_SECONDS = 8 * 7 * 86_400;

/** Mean contacts by interval of the week over the last eight weeks of a history; intervals without data do not count. */
export function typicalWeek(series: IntervalSeries): TypicalWeek {
  const end = endOf(series);
  const first = Math.max(series.start, end - LOOK_BACK_SECONDS);
  const recent = sliceSeries(series, first - ((first - series.start) % series.stepSeconds), end);
  const slots = slotsPerDay(series.stepSeconds);
  const sums = new Float64Array(7 * slots);
  const counts = new Float64Array(7 * slots);
  const grid = gridOf(recent);
  for (const gridDay of gridDays(grid)) {
    const wall = wallSlots(grid, gridDay);
    for (let i = 0; i < gridDay.count; i++) {
      const value = recent.offered[gridDay.firstIndex + i];
      if (value == null) continue;
      const slot = gridDay.day.weekday * slots + (wall[i] ?? 0);
      sums[slot] = (sums[slot] ?? 0) + value;
      counts[slot] = (counts[slot] ?? 0) + 1;
    }
  }
  const offered = Array.from(sums, (sum, i) => ((counts[i] ?? 0) > 0 ? sum / (counts[i] ?? 1) : 0));
  return { stepSeconds: series.stepSeconds, offered };
}

/**
 * People needed by month: the typical week is scaled to the month's contacts, each interval is staffed for the goals
 * by Erlang A (deferred work is levelled instead), and the agent-hours are divided by the hours that one FTE is
 * available.
 *
 * @throws StaffingError naming a goal or load that is out of range; RangeError if the week has no contacts.
 */
export function demandOfMonths(input: MonthDemandInput): readonly MonthDemand[] {
  const weekly = sum(input.week.offered);
  if (!(weekly > 0)) throw new RangeError('week requires at least one interval with contacts');
  const agentsFor = staffingOf(input);
  const known = new Map<number, MonthDemand>();
  return input.monthlyOffered.map(offered => {
    const found = known.get(offered);
    if (found) return found;
    const scale = offered / MEAN_WEEKS_PER_MONTH / weekly;
    const agents = agentsFor(scale);
    const agentHoursPerWeek = (sum(agents) * input.week.stepSeconds) / 3600;
    const demand = {
      offered,
      agentHoursPerWeek,
      requiredFte: agentHoursPerWeek / netOf(input.hoursPerWeek, input.shrinkage),
      agents,
    };
    known.set(offered, demand);
    return demand;
  });
}

/** Agents by interval of the week when its contacts come `scale` times. */
function staffingOf(input: MonthDemandInput): (scale: number) => readonly number[] {
  if (input.isDeferred) {
    return scale => deferredNeed(deferredWeek(input, scale), input.goals).map(agents => agents ?? 0);
  }
  const queue = quickQueue(input);
  return scale =>
    input.week.offered.map(calls => (calls > 0 ? queue.solve(calls * scale, input.ahtSeconds) : 0));
}

/** The week as deferred work: nobody is there when nothing ever comes. */
function deferredWeek({ week, ahtSeconds }: MonthDemandInput, scale: number): DeferredDemand {
  return {
    stepSeconds: week.stepSeconds,
    offered: week.offered.map(calls => (calls > 0 ? calls * scale : null)),
    ahtSeconds: week.offered.map(() => ahtSeconds),
  };
}

/**
 * Contact-weighted service level of a month staffed with `productiveFte`: every interval gets the same share of its
 * requirement as the people are of the people needed. Deferred work begins each week without a backlog.
 */
export function serviceLevelOfMonth(
  input: MonthDemandInput,
  month: MonthDemand,
  productiveFte: number,
): number {
  const share = month.requiredFte > 0 ? productiveFte / month.requiredFte : 1;
  const scale = month.offered / MEAN_WEEKS_PER_MONTH / sum(input.week.offered);
  if (input.isDeferred) {
    const agents = month.agents.map(count => count * share);
    const flow = deferredFlow(deferredWeek(input, scale), agents, promiseOf(input.goals));
    return flow.contacts > 0 ? flow.inTime / flow.contacts : 1;
  }
  const queue = quickQueue(input);
  let met = 0;
  let calls = 0;
  input.week.offered.forEach((value, i) => {
    if (value <= 0) return;
    const offered = value * scale;
    const agents = (month.agents[i] ?? 0) * share;
    met += offered * queue.evaluate(offered, input.ahtSeconds, agents).serviceLevel;
    calls += offered;
  });
  return calls > 0 ? met / calls : 1;
}

function quickQueue(input: MonthDemandInput): QuickQueue {
  return new QuickQueue(
    {
      stepSeconds: input.week.stepSeconds,
      patienceSeconds: input.patienceSeconds,
      shortAbandonSeconds: input.goals.serviceLevel?.shortAbandonSeconds ?? 0,
      ...(input.concurrency !== undefined && { concurrency: input.concurrency }),
    },
    input.goals,
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
