import type { CapacityPlan } from '../../../api/contract/capacity.ts';
import type { Queue } from '../../../api/contract/centre.ts';
import {
  addMonths,
  demandOfMonths,
  type Goals,
  type HeadcountMonth,
  type HiringClass,
  type MonthDemandInput,
  planHeadcount,
  proposeHiring,
  serviceLevelOfMonth,
  type TypicalWeek,
} from '../../../forecasting/index.ts';

/** What the planner can change. Shares are 0–1. */
export interface CapacityDraft {
  readonly firstMonth: string;
  readonly months: number;
  readonly growthPerYear: number;
  readonly ahtSeconds: number;
  readonly patienceSeconds: number;
  readonly shrinkage: number;
  readonly headcount: number;
  readonly attritionPerYear: number;
  readonly hoursPerWeek: number;
  readonly leaveShare: number;
  readonly costPerMonth: number;
  readonly rampMonths: number;
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

/** Goals of a queue as the staffing maths takes them; 80 % in 30 s where it has none. */
export function goalsOf(queue: Queue): Goals {
  const { serviceLevel, ...others } = queue.goal;
  return {
    ...others,
    serviceLevel: serviceLevel ?? { target: 0.8, answerWithinSeconds: 30, definition: 'offered' },
  };
}

/** Month by month: demand, people with and without hiring, service level of both. */
export function computeCapacity(
  draft: CapacityDraft,
  week: TypicalWeek,
  goals: Goals,
): readonly CapacityMonth[] {
  const demandInput = demandInputOf(draft, week, goals);
  const demand = demandOfMonths(demandInput);
  const input = headcountInput(
    draft,
    demand.map(month => month.requiredFte),
  );
  const without = planHeadcount({ ...input, hiringClasses: [] });
  return planHeadcount(input).map((row, i) => {
    const month = demand[i];
    const alone = without[i]?.productiveFte ?? 0;
    if (!month) throw new RangeError(`month ${i} has no demand`);
    return {
      ...row,
      offered: month.offered,
      productiveWithoutHiring: alone,
      serviceLevel: serviceLevelOfMonth(demandInput, month, row.productiveFte),
      serviceLevelWithoutHiring: serviceLevelOfMonth(demandInput, month, alone),
    };
  });
}

/** Classes that close the gap where hiring still can. */
export function proposeClasses(
  draft: CapacityDraft,
  week: TypicalWeek,
  goals: Goals,
): readonly HiringClass[] {
  const demand = demandOfMonths(demandInputOf(draft, week, goals));
  return proposeHiring(
    headcountInput(
      { ...draft, classes: [] },
      demand.map(month => month.requiredFte),
    ),
    MOST_PER_CLASS,
  );
}

function demandInputOf(draft: CapacityDraft, week: TypicalWeek, goals: Goals): MonthDemandInput {
  const monthly = week.offered.reduce((sum, value) => sum + value, 0) * MEAN_WEEKS_PER_MONTH;
  return {
    week,
    monthlyOffered: Array.from(
      { length: draft.months },
      (_, month) => monthly * (1 + draft.growthPerYear) ** (month / 12),
    ),
    ahtSeconds: draft.ahtSeconds,
    patienceSeconds: draft.patienceSeconds,
    goals,
    shrinkage: draft.shrinkage,
    hoursPerWeek: draft.hoursPerWeek,
  };
}

function headcountInput(draft: CapacityDraft, requiredFte: readonly number[]) {
  return {
    firstMonth: draft.firstMonth,
    months: draft.months,
    startFte: draft.headcount,
    annualAttrition: draft.attritionPerYear,
    hiringClasses: draft.classes,
    ramp: rampOf(draft.rampMonths),
    leaveFte: [draft.headcount * draft.leaveShare],
    requiredFte,
    monthlyCostPerFte: draft.costPerMonth,
  };
}

/** A straight line from nothing in the first month to full productivity after `months`. */
function rampOf(months: number): readonly number[] {
  return Array.from({ length: months }, (_, i) => i / months);
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
      trainingWeeks: 0,
      rampWeeks: Math.round(draft.rampMonths * MEAN_WEEKS_PER_MONTH),
      rampStart: 0,
    })),
    leaveShare: [draft.leaveShare],
    costPerAgentMonthCents: Math.round(draft.costPerMonth * 100),
    hiringCostCents: 0,
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
    rampMonths: Math.round((input.classes[0]?.rampWeeks ?? 13) / MEAN_WEEKS_PER_MONTH),
    classes: input.classes.map(hiring => ({
      month: index(hiring.month) - index(input.firstMonth),
      size: hiring.hires,
    })),
  };
}
