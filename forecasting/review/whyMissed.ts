import { gridDays, type IntervalGrid } from '../calendar/grid.ts';
import { periodSpans, type ReviewPeriod } from './actuals.ts';
import { shapleyValues } from './shapley.ts';

/** What moved a service level away from its plan. `model` is what the queueing model does not explain. */
export const MISS_FACTORS = [
  'volume',
  'arrivalShape',
  'aht',
  'scheduledStaff',
  'absence',
  'adherence',
  'model',
] as const;

export type MissFactor = (typeof MISS_FACTORS)[number];

/** One side of the comparison, by interval; `null` leaves the interval out on both sides. */
export interface StaffedDemand {
  readonly offered: readonly (number | null)[];
  readonly ahtSeconds: readonly (number | null)[];
  /** Agents scheduled to be working on this queue, before absence and adherence. */
  readonly scheduledAgents: readonly (number | null)[];
  /** Share of the scheduled agents who were there, 0–1. */
  readonly presentShare: readonly (number | null)[];
  /** Share of their scheduled time that those present spent on it, 0–1. */
  readonly adherence: readonly (number | null)[];
}

export interface MissInput {
  readonly grid: IntervalGrid;
  readonly plan: StaffedDemand;
  readonly actual: StaffedDemand;
  /** Service level that the plan promised and that was measured, by interval, 0–1. */
  readonly plannedServiceLevel: readonly (number | null)[];
  readonly measuredServiceLevel: readonly (number | null)[];
  /** The model: service level of one interval, e.g. from `evaluateQueue`. Agents may be fractional. */
  readonly serviceLevelOf: (calls: number, ahtSeconds: number, agents: number) => number;
}

/** The gap of one period, split. `parts` sum to `actual − plan`. */
export interface MissRow {
  readonly label: string;
  readonly offered: number;
  readonly plan: number;
  readonly actual: number;
  readonly parts: Readonly<Record<MissFactor, number>>;
}

const PLAYERS = 6;
const COALITIONS = 2 ** PLAYERS;
const [VOLUME, SHAPE, AHT, STAFF, ABSENCE, ADHERENCE] = [1, 2, 4, 8, 16, 32] as const;

/**
 * Splits planned-to-measured service level over volume, arrival shape, AHT, scheduled staff, absence, adherence
 * and model error, by any calendar period, of one queue or of several together.
 *
 * The service level of a period under a coalition of factors is call-weighted over its intervals and queues; Shapley
 * values are taken on the period's own coalition values, so the parts of every period sum to its gap, though parts of
 * days do not add up to those of their week (shares of shares never do). Volume and arrival shape are of each queue
 * and day.
 */
export function whyMissed(
  queues: MissInput | readonly MissInput[],
  period: ReviewPeriod,
): readonly MissRow[] {
  const periods = new Map<string, MissSums>();
  for (const input of isOne(queues) ? [queues] : queues) {
    const values = coalitionValues(input);
    for (const { label, firstIndex, count } of periodSpans(input.grid, period)) {
      const sums = periods.get(label) ?? noSums();
      addIntervals(sums, input, values, firstIndex, count);
      periods.set(label, sums);
    }
  }
  return [...periods].flatMap(([label, sums]) => missRow(label, sums) ?? []);
}

function isOne(queues: MissInput | readonly MissInput[]): queues is MissInput {
  return !Array.isArray(queues);
}

/** Calls and calls × service level: per coalition, as planned, as measured. */
interface MissSums {
  readonly calls: Float64Array;
  readonly met: Float64Array;
  planCalls: number;
  planMet: number;
  actualCalls: number;
  actualMet: number;
}

function noSums(): MissSums {
  const calls = new Float64Array(COALITIONS);
  const met = new Float64Array(COALITIONS);
  return { calls, met, planCalls: 0, planMet: 0, actualCalls: 0, actualMet: 0 };
}

interface CoalitionValues {
  /** Calls and calls × service level per interval × coalition. */
  readonly calls: Float64Array;
  readonly met: Float64Array;
  readonly used: Uint8Array;
}

function coalitionValues(input: MissInput): CoalitionValues {
  const { grid } = input;
  const calls = new Float64Array(grid.count * COALITIONS);
  const met = new Float64Array(grid.count * COALITIONS);
  const used = new Uint8Array(grid.count);
  for (let i = 0; i < grid.count; i++) used[i] = isComplete(input, i) ? 1 : 0;
  for (const { firstIndex, count } of gridDays(grid)) {
    const totals = dayTotals(input, used, firstIndex, count);
    for (let i = firstIndex; i < firstIndex + count; i++) {
      if (used[i]) fillInterval(input, i, totals, calls, met);
    }
  }
  return { calls, met, used };
}

function isComplete(input: MissInput, i: number): boolean {
  const side = (s: StaffedDemand) =>
    s.offered[i] != null &&
    s.ahtSeconds[i] != null &&
    s.scheduledAgents[i] != null &&
    s.presentShare[i] != null &&
    s.adherence[i] != null;
  return side(input.plan) && side(input.actual);
}

interface DayTotals {
  readonly plan: number;
  readonly actual: number;
}

function dayTotals(input: MissInput, used: Uint8Array, firstIndex: number, count: number): DayTotals {
  let plan = 0;
  let actual = 0;
  for (let i = firstIndex; i < firstIndex + count; i++) {
    if (!used[i]) continue;
    plan += input.plan.offered[i] ?? 0;
    actual += input.actual.offered[i] ?? 0;
  }
  return { plan, actual };
}

function fillInterval(
  input: MissInput,
  i: number,
  totals: DayTotals,
  calls: Float64Array,
  met: Float64Array,
): void {
  const { plan, actual } = input;
  const shareOf = (value: number, total: number) => (total > 0 ? value / total : 0);
  const planShare = shareOf(plan.offered[i] ?? 0, totals.plan);
  const actualShare = shareOf(actual.offered[i] ?? 0, totals.actual);
  const known = new Map<string, number>();
  for (let mask = 0; mask < COALITIONS; mask++) {
    const of = (bit: number, column: keyof StaffedDemand) => (mask & bit ? actual : plan)[column][i] ?? 0;
    const total = mask & VOLUME ? totals.actual : totals.plan;
    const offered = total * (mask & SHAPE ? actualShare : planShare);
    const aht = of(AHT, 'ahtSeconds');
    const agents = of(STAFF, 'scheduledAgents') * of(ABSENCE, 'presentShare') * of(ADHERENCE, 'adherence');
    const key = `${offered}|${aht}|${agents}`;
    let level = known.get(key);
    if (level === undefined) {
      level = input.serviceLevelOf(offered, aht, agents);
      known.set(key, level);
    }
    calls[i * COALITIONS + mask] = offered;
    met[i * COALITIONS + mask] = offered * level;
  }
}

function addIntervals(
  sums: MissSums,
  input: MissInput,
  values: CoalitionValues,
  firstIndex: number,
  count: number,
): void {
  const { calls, met } = sums;
  for (let i = firstIndex; i < firstIndex + count; i++) {
    const planned = input.plannedServiceLevel[i];
    const measured = input.measuredServiceLevel[i];
    if (!values.used[i] || planned == null || measured == null) continue;
    for (let mask = 0; mask < COALITIONS; mask++) {
      calls[mask] = (calls[mask] ?? 0) + (values.calls[i * COALITIONS + mask] ?? 0);
      met[mask] = (met[mask] ?? 0) + (values.met[i * COALITIONS + mask] ?? 0);
    }
    sums.planCalls += input.plan.offered[i] ?? 0;
    sums.planMet += (input.plan.offered[i] ?? 0) * planned;
    sums.actualCalls += input.actual.offered[i] ?? 0;
    sums.actualMet += (input.actual.offered[i] ?? 0) * measured;
  }
}

function missRow(label: string, sums: MissSums): MissRow | null {
  const { calls, met } = sums;
  if (sums.planCalls <= 0 || sums.actualCalls <= 0) return null;
  const plan = sums.planMet / sums.planCalls;
  const actual = sums.actualMet / sums.actualCalls;
  const parts = shapleyValues(
    Array.from(met, (value, mask) => ((calls[mask] ?? 0) > 0 ? value / (calls[mask] ?? 1) : plan)),
    PLAYERS,
  );
  const [volume = 0, arrivalShape = 0, aht = 0, scheduledStaff = 0, absence = 0, adherence = 0] = parts;
  const explained = volume + arrivalShape + aht + scheduledStaff + absence + adherence;
  return {
    label,
    offered: sums.actualCalls,
    plan,
    actual,
    parts: {
      volume,
      arrivalShape,
      aht,
      scheduledStaff,
      absence,
      adherence,
      model: actual - plan - explained,
    },
  };
}

/** Less than 0.05 points is no difference. */
const NO_DIFFERENCE = 0.0005;

/**
 * The factor that moved the service level most in the direction in which it went, or most of all where it came out as
 * planned; `null` when nothing moved it.
 */
export function mainFactor(row: MissRow): MissFactor | null {
  const gap = row.actual - row.plan;
  const went = Math.abs(gap) < NO_DIFFERENCE ? Math.abs : (part: number) => part * Math.sign(gap);
  const [first] = [...MISS_FACTORS].sort((a, b) => went(row.parts[b]) - went(row.parts[a]));
  return first !== undefined && Math.abs(row.parts[first]) >= NO_DIFFERENCE ? first : null;
}
