import type { CapacityPlan } from '../../../api/contract/capacity.ts';
import { isDeferred, type Queue } from '../../../api/contract/centre.ts';
import {
  addMonths,
  demandOfMonths,
  type Goals,
  type HeadcountMonth,
  type HiringClass,
  type MonthDemand,
  type MonthDemandInput,
  planHeadcount,
  proposeHiring,
  rampByMonth,
  serviceLevelOfMonth,
  type TypicalWeek,
} from '../../../forecasting/index.ts';
import type { workOf } from '../../lib/queueTerms.ts';

/** What the planner can change. Shares are 0–1. */
export interface CapacityDraft {
  readonly firstMonth: string;
  readonly months: number;
  readonly growthPerYear: number;
  /** Handle time, patience and shrinkage count for a plan of one queue; of several, each has its own. */
  readonly ahtSeconds: number;
  readonly patienceSeconds: number;
  readonly shrinkage: number;
  readonly headcount: number;
  readonly attritionPerYear: number;
  readonly hoursPerWeek: number;
  readonly leaveShare: number;
  readonly costPerMonth: number;
  readonly trainingWeeks: number;
  readonly rampWeeks: number;
  /** Productivity of a hire fresh from training. */
  readonly rampStart: number;
  readonly hiringCost: number;
  readonly classes: readonly HiringClass[];
}

export interface CapacityMonth extends HeadcountMonth {
  readonly offered: number;
  readonly productiveWithoutHiring: number;
  readonly serviceLevel: number;
  readonly serviceLevelWithoutHiring: number;
}

const MEAN_WEEKS_PER_MONTH = 365.25 / 12 / 7;
const MOST_PER_CLASS = 20;

/** Assumptions until somebody knows better. */
export const USUAL_RAMP = { trainingWeeks: 4, rampWeeks: 8, rampStart: 0.5 } as const;

/** A queue that the plan is for, as its own history and settings say. */
export interface CapacityPart {
  readonly queueId: string;
  readonly week: TypicalWeek;
  readonly goals: Goals;
  readonly ahtSeconds: number;
  readonly patienceSeconds: number;
  readonly shrinkage: number;
  /** Chats that an agent holds at once, or work that waits for its turn. */
  readonly work: ReturnType<typeof workOf>;
}

/** Goals of a queue as the staffing maths takes them; 80 % in 30 s for a line that has none. */
export function goalsOf(queue: Queue): Goals {
  const { serviceLevel, ...others } = queue.goal;
  if (serviceLevel) return { ...others, serviceLevel };
  if (isDeferred(queue.channel)) return others;
  return { ...others, serviceLevel: { target: 0.8, answerWithinSeconds: 30, definition: 'offered' } };
}

/** Demand of every part over the months, and what it takes to meet all of it. */
interface PlanDemand {
  readonly parts: readonly { readonly input: MonthDemandInput; readonly months: readonly MonthDemand[] }[];
  readonly requiredFte: readonly number[];
}

function demandOf(draft: CapacityDraft, parts: readonly CapacityPart[]): PlanDemand {
  const own = parts.length === 1;
  const demands = parts.map(part => {
    const monthly = part.week.offered.reduce((sum, value) => sum + value, 0) * MEAN_WEEKS_PER_MONTH;
    const input: MonthDemandInput = {
      week: part.week,
      monthlyOffered: Array.from(
        { length: draft.months },
        (_, month) => monthly * (1 + draft.growthPerYear) ** (month / 12),
      ),
      ahtSeconds: own ? draft.ahtSeconds : part.ahtSeconds,
      patienceSeconds: own ? draft.patienceSeconds : part.patienceSeconds,
      goals: part.goals,
      shrinkage: own ? draft.shrinkage : part.shrinkage,
      hoursPerWeek: draft.hoursPerWeek,
      ...part.work,
    };
    return { input, months: demandOfMonths(input) };
  });
  return {
    parts: demands,
    requiredFte: Array.from({ length: draft.months }, (_, month) =>
      demands.reduce((sum, { months }) => sum + (months[month]?.requiredFte ?? 0), 0),
    ),
  };
}

/** People that the first month needs: where a new plan starts from. */
export function firstRequirement(draft: CapacityDraft, parts: readonly CapacityPart[]): number {
  return demandOf({ ...draft, months: 1 }, parts).requiredFte[0] ?? 0;
}

/** Month by month: demand, people with and without hiring, service level of both. */
export function computeCapacity(
  draft: CapacityDraft,
  parts: readonly CapacityPart[],
): readonly CapacityMonth[] {
  const demand = demandOf(draft, parts);
  const input = headcountInput(draft, demand.requiredFte);
  const without = planHeadcount({ ...input, hiringClasses: [] });
  return planHeadcount(input).map((row, i) => {
    const alone = without[i]?.productiveFte ?? 0;
    return {
      ...row,
      offered: demand.parts.reduce((sum, { months }) => sum + (months[i]?.offered ?? 0), 0),
      productiveWithoutHiring: alone,
      serviceLevel: levelOf(demand, i, row.productiveFte),
      serviceLevelWithoutHiring: levelOf(demand, i, alone),
    };
  });
}

/** Service level over the queues' calls when the people are shared out as each queue needs them. */
function levelOf(demand: PlanDemand, month: number, productiveFte: number): number {
  const share = productiveFte / Math.max(1e-9, demand.requiredFte[month] ?? 0);
  let inTime = 0;
  let calls = 0;
  for (const { input, months } of demand.parts) {
    const own = months[month];
    if (!own) continue;
    inTime += own.offered * serviceLevelOfMonth(input, own, own.requiredFte * share);
    calls += own.offered;
  }
  return calls > 0 ? inTime / calls : 1;
}

/** Classes that close the gap where hiring still can. */
export function proposeClasses(draft: CapacityDraft, parts: readonly CapacityPart[]): readonly HiringClass[] {
  const { requiredFte } = demandOf(draft, parts);
  return proposeHiring(headcountInput({ ...draft, classes: [] }, requiredFte), MOST_PER_CLASS);
}

function headcountInput(draft: CapacityDraft, requiredFte: readonly number[]) {
  return {
    firstMonth: draft.firstMonth,
    months: draft.months,
    startFte: draft.headcount,
    annualAttrition: draft.attritionPerYear,
    hiringClasses: draft.classes,
    ramp: rampByMonth(draft.trainingWeeks, draft.rampWeeks, draft.rampStart),
    leaveFte: [draft.headcount * draft.leaveShare],
    requiredFte,
    monthlyCostPerFte: draft.costPerMonth,
    hiringCost: draft.hiringCost,
  };
}

/** The stored form of a draft. */
export function storedInput(
  draft: CapacityDraft,
  months: readonly CapacityMonth[],
  goals: Goals,
): CapacityPlan['input'] {
  return {
    firstMonth: draft.firstMonth,
    months: draft.months,
    offered: months.map(month => month.offered),
    volumeGrowthPerYear: draft.growthPerYear,
    ahtSeconds: draft.ahtSeconds,
    patienceSeconds: draft.patienceSeconds,
    goal: goals,
    shrinkageShare: draft.shrinkage,
    headcount: draft.headcount,
    attritionPerYear: draft.attritionPerYear,
    hoursPerWeek: draft.hoursPerWeek,
    classes: draft.classes.map(({ month, size }) => ({
      month: addMonths(draft.firstMonth, month),
      hires: size,
      trainingWeeks: draft.trainingWeeks,
      rampWeeks: draft.rampWeeks,
      rampStart: draft.rampStart,
    })),
    leaveShare: [draft.leaveShare],
    costPerAgentMonthCents: Math.round(draft.costPerMonth * 100),
    hiringCostCents: Math.round(draft.hiringCost * 100),
  };
}

/** The draft of a stored plan. */
export function draftOf({ input }: CapacityPlan): CapacityDraft {
  const index = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));
  return {
    firstMonth: input.firstMonth,
    months: input.months,
    growthPerYear: input.volumeGrowthPerYear,
    ahtSeconds: input.ahtSeconds,
    patienceSeconds: input.patienceSeconds,
    shrinkage: input.shrinkageShare,
    headcount: input.headcount,
    attritionPerYear: input.attritionPerYear,
    hoursPerWeek: input.hoursPerWeek,
    leaveShare: input.leaveShare[0] ?? 0,
    costPerMonth: input.costPerAgentMonthCents / 100,
    trainingWeeks: input.classes[0]?.trainingWeeks ?? USUAL_RAMP.trainingWeeks,
    rampWeeks: input.classes[0]?.rampWeeks ?? USUAL_RAMP.rampWeeks,
    rampStart: input.classes[0]?.rampStart ?? USUAL_RAMP.rampStart,
    hiringCost: input.hiringCostCents / 100,
    classes: input.classes.map(hiring => ({
      month: index(hiring.month) - index(input.firstMonth),
      size: hiring.hires,
    })),
  };
}
