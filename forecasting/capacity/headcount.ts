/** Months of a plan are counted from 0; all shares are 0–1, all amounts of people are full-time equivalents (FTE). */
export interface HeadcountInput {
  /** Calendar month of month 0, `2026-12`. */
  readonly firstMonth: string;
  readonly months: number;
  /** Fully productive FTE on board at the start. */
  readonly startFte: number;
  /** Share of people who leave in a year; healthcare centres lose 25–27 %. */
  readonly annualAttrition: number;
  readonly hiringClasses: readonly HiringClass[];
  /** Productivity of a hire by month since joining, e.g. `[0, 0.5, 0.8]`; 1 from the end of the list on. */
  readonly ramp: readonly number[];
  /** FTE on long leave (parental, medical) by month; the last value holds on. Empty = none. */
  readonly leaveFte: readonly number[];
  /** Productive FTE that the demand needs by month, after shrinkage; the last value holds on. */
  readonly requiredFte: readonly number[];
  /** Loaded cost of one FTE per month, in the user's currency. */
  readonly monthlyCostPerFte: number;
  /** What it costs to find and train one person, in the month of joining. Default 0. */
  readonly hiringCost?: number;
}

export interface HiringClass {
  /** Month in which the class starts, counted from 0. */
  readonly month: number;
  readonly size: number;
  /** Productivity by month since joining, when this class differs from the plan's `ramp`. */
  readonly ramp?: readonly number[];
}

/** One month of the plan. */
export interface HeadcountMonth {
  readonly month: string;
  /** People on the payroll at the end of the month, FTE. */
  readonly onBoardFte: number;
  readonly joinedFte: number;
  readonly leftFte: number;
  readonly onLeaveFte: number;
  /** FTE lost to training and ramp-up. */
  readonly rampLossFte: number;
  /** What can be scheduled: on board − leave − ramp loss. */
  readonly productiveFte: number;
  readonly requiredFte: number;
  /** Productive − required: negative is a shortage. */
  readonly gapFte: number;
  readonly payrollCost: number;
  /** Cost of finding and training who joins. */
  readonly hiringCost: number;
  /** Cost of the people above the requirement (positive) or saved by the shortage (negative). */
  readonly gapCost: number;
}

interface Cohort {
  readonly joinedMonth: number;
  readonly ramp: readonly number[];
  fte: number;
}

/**
 * Month-by-month headcount from attrition, hiring classes and ramp-up.
 *
 * Attrition is taken as a constant monthly hazard, `1 − (1 − annual)^(1/12)`, of everybody on board, cohort by
 * cohort, so people in training leave too. A class joins at the start of its month and is hit by that month's attrition.
 *
 * @throws RangeError naming the field that is out of range.
 */
export function planHeadcount(input: HeadcountInput): readonly HeadcountMonth[] {
  validate(input);
  const stay = (1 - input.annualAttrition) ** (1 / 12);
  const cohorts: Cohort[] = [{ joinedMonth: 0, fte: input.startFte, ramp: [] }];
  const rows: HeadcountMonth[] = [];
  for (let month = 0; month < input.months; month++) {
    const joining = input.hiringClasses.filter(hiring => hiring.month === month && hiring.size > 0);
    const joinedFte = joining.reduce((sum, hiring) => sum + hiring.size, 0);
    for (const { size, ramp = input.ramp } of joining) cohorts.push({ joinedMonth: month, fte: size, ramp });
    const before = cohorts.reduce((sum, cohort) => sum + cohort.fte, 0);
    for (const cohort of cohorts) cohort.fte *= stay;
    const onBoardFte = before * stay;
    const rampLossFte = cohorts.reduce(
      (sum, cohort) => sum + cohort.fte * (1 - (cohort.ramp[month - cohort.joinedMonth] ?? 1)),
      0,
    );
    const onLeaveFte = Math.min(onBoardFte, held(input.leaveFte, month));
    const productiveFte = Math.max(0, onBoardFte - onLeaveFte - rampLossFte);
    const requiredFte = held(input.requiredFte, month);
    rows.push({
      month: addMonths(input.firstMonth, month),
      onBoardFte,
      joinedFte,
      leftFte: before - onBoardFte,
      onLeaveFte,
      rampLossFte,
      productiveFte,
      requiredFte,
      gapFte: productiveFte - requiredFte,
      payrollCost: onBoardFte * input.monthlyCostPerFte,
      hiringCost: joinedFte * (input.hiringCost ?? 0),
      gapCost: (productiveFte - requiredFte) * input.monthlyCostPerFte,
    });
  }
  return rows;
}

const WEEKS_PER_MONTH = 365.25 / 12 / 7;
/** Samples per month of the mean productivity. */
const SAMPLES = 48;

/**
 * Productivity of a hire by month since joining: nothing in training, then from `rampStart` in a straight line to 1
 * over `rampWeeks`. Each entry is the month's mean; the list ends where productivity is 1.
 *
 * @throws RangeError naming the field that is out of range
 */
export function rampByMonth(trainingWeeks: number, rampWeeks: number, rampStart: number): readonly number[] {
  const check = (field: string, value: number, most: number) => {
    if (!(value >= 0 && value <= most))
      throw new RangeError(`${field} must be from 0 to ${most}; found ${value}`);
  };
  check('trainingWeeks', trainingWeeks, 104);
  check('rampWeeks', rampWeeks, 208);
  check('rampStart', rampStart, 1);
  const productivity = (week: number): number => {
    if (week < trainingWeeks) return 0;
    const done = rampWeeks > 0 ? (week - trainingWeeks) / rampWeeks : 1;
    return Math.min(1, rampStart + (1 - rampStart) * done);
  };
  const months = Math.ceil((trainingWeeks + rampWeeks) / WEEKS_PER_MONTH - 1e-9);
  return Array.from({ length: months }, (_, month) => {
    let total = 0;
    for (let k = 0; k < SAMPLES; k++) total += productivity((month + (k + 0.5) / SAMPLES) * WEEKS_PER_MONTH);
    return total / SAMPLES;
  });
}

/**
 * Hiring classes of at most `maxClassSize` that keep every month's gap at or above zero where hiring can still help:
 * each class starts early enough to be through its ramp in the month that needs it. The first months, for which nobody
 * could be ready, get the people whom they will need once those are through: crowds of trainees close no gap.
 *
 * @throws RangeError naming the field that is out of range.
 */
export function proposeHiring(input: HeadcountInput, maxClassSize: number): readonly HiringClass[] {
  if (!(maxClassSize > 0)) throw new RangeError(`maxClassSize must be above 0; found ${maxClassSize}`);
  const added = new Map<number, number>();
  const proposed = () => [...input.hiringClasses, ...[...added].map(([month, size]) => ({ month, size }))];
  for (let month = 0; month < input.months; month++) {
    const canBeReady = month >= input.ramp.length;
    for (let start = Math.max(0, month - input.ramp.length); start >= 0; start--) {
      const row = planHeadcount({ ...input, hiringClasses: proposed() })[month];
      const gapFte = (row?.gapFte ?? 0) + (canBeReady ? 0 : (row?.rampLossFte ?? 0));
      if (gapFte >= -1e-9) break;
      const survives = canBeReady
        ? productiveShare(input, start, month)
        : (1 - input.annualAttrition) ** ((month - start + 1) / 12);
      const room = maxClassSize - startingIn(proposed(), start);
      const size = Math.min(room, survives > 0 ? Math.ceil(-gapFte / survives) : 0);
      if (size > 0) added.set(start, (added.get(start) ?? 0) + size);
    }
  }
  return proposed().sort((a, b) => a.month - b.month);
}

function startingIn(classes: readonly HiringClass[], month: number): number {
  return classes.reduce((sum, hiring) => sum + (hiring.month === month ? hiring.size : 0), 0);
}

function productiveShare(input: HeadcountInput, joined: number, month: number): number {
  return (1 - input.annualAttrition) ** ((month - joined + 1) / 12) * (input.ramp[month - joined] ?? 1);
}

function held(values: readonly number[], month: number): number {
  return values[Math.min(month, values.length - 1)] ?? 0;
}

/** The month `count` months after `month` (`2026-12` + 1 = `2027-01`). */
export function addMonths(month: string, count: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

function validate(input: HeadcountInput): void {
  const check = (field: string, value: number, ok: boolean, expected: string) => {
    if (!ok) throw new RangeError(`${field} must be ${expected}; found ${value}`);
  };
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(input.firstMonth)) {
    throw new RangeError(`firstMonth must look like 2026-12; found ${input.firstMonth}`);
  }
  const whole = Number.isInteger(input.months) && input.months >= 1 && input.months <= 60;
  check('months', input.months, whole, 'a whole number from 1 to 60');
  check('startFte', input.startFte, input.startFte >= 0, 'at least 0');
  const attrition = input.annualAttrition;
  check('annualAttrition', attrition, attrition >= 0 && attrition < 1, 'from 0 to below 1');
  check('monthlyCostPerFte', input.monthlyCostPerFte, input.monthlyCostPerFte >= 0, 'at least 0');
  check('hiringCost', input.hiringCost ?? 0, (input.hiringCost ?? 0) >= 0, 'at least 0');
  input.ramp.forEach((value, i) => {
    check(`ramp[${i}]`, value, value >= 0 && value <= 1, 'from 0 to 1');
  });
  input.requiredFte.forEach((value, i) => {
    check(`requiredFte[${i}]`, value, value >= 0, 'at least 0');
  });
  input.leaveFte.forEach((value, i) => {
    check(`leaveFte[${i}]`, value, value >= 0, 'at least 0');
  });
  input.hiringClasses.forEach((hiring, i) => {
    check(`hiringClasses[${i}].size`, hiring.size, hiring.size >= 0, 'at least 0');
    check(`hiringClasses[${i}].month`, hiring.month, Number.isInteger(hiring.month), 'a whole month');
  });
}
