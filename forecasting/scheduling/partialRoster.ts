/** How widely to search. */
export interface Width {
  readonly shiftsPerDay: number;
  /** Partial rosters kept per day, and of those with as many hours and worked days. */
  readonly beam: number;
  readonly alike: number;
  /** Whether rosters also differ by the days in a row they end with and the weekends worked: rules look back at both. */
  readonly byPattern: boolean;
  /** Shifts looked at: all, or one in so many where there is plenty of choice. */
  readonly oneIn: number;
}

/** For everybody; when time is short; for the few who could close a gap; for the few whose rules are hard to meet. */
export const QUICK: Width = { shiftsPerDay: 7, beam: 40, alike: 1, byPattern: false, oneIn: 1 };
export const HASTY: Width = { ...QUICK, shiftsPerDay: 6, oneIn: 5 };
export const CAREFUL: Width = { shiftsPerDay: 14, beam: 150, alike: 3, byPattern: true, oneIn: 1 };
export const THOROUGH: Width = { shiftsPerDay: 14, beam: 800, alike: 10, byPattern: true, oneIn: 1 };

/** One agent's days of a span so far, and what they come to. */
export interface PartialWeek {
  /** Candidate per day of the span so far. */
  readonly chosen: readonly number[];
  /** Cover and single-shift cost so far. */
  readonly cost: number;
  /** With the breaches so far, of rules that more shifts cannot mend. */
  readonly rank: number;
  /** Paid minutes and worked days of the planning week so far, and paid minutes of the span's earlier weeks. */
  readonly paid: number;
  readonly worked: number;
  readonly earlier: number;
  /** Days in a row at the end: positive when worked, negative when free. */
  readonly run: number;
  readonly weekends: number;
}

/** Nothing decided yet. */
export const NO_DAYS: PartialWeek = {
  chosen: [],
  cost: 0,
  rank: 0,
  paid: 0,
  worked: 0,
  earlier: 0,
  run: 0,
  weekends: 0,
};

/** A partial roster at the beginning of a planning week. */
export function nextWeek(week: PartialWeek): PartialWeek {
  return { ...week, paid: 0, worked: 0, earlier: week.earlier + week.paid };
}

/** Days in a row and weekends with one more day, worked or free, of a weekday (0 = Monday). */
export function withDay(
  { run, weekends }: PartialWeek,
  worked: boolean,
  weekday: number,
): { readonly run: number; readonly weekends: number } {
  const opensWeekend = worked && (weekday === 5 || (weekday === 6 && run <= 0));
  return {
    run: worked ? Math.max(run, 0) + 1 : Math.min(run, 0) - 1,
    weekends: weekends + (opensWeekend ? 1 : 0),
  };
}

/** Longest run that is told apart from longer ones. */
const LONGEST_RUN = 7;

/**
 * Keeps the best rosters of each number of hours and days, then the second best, and so on: where work costs more than
 * it covers, those with enough hours would else be gone before the week's end asks for them.
 */
export function prune(weeks: PartialWeek[], width: Width): PartialWeek[] {
  weeks.sort((a, b) => a.rank - b.rank);
  const alike = new Map<number, number>();
  const layers: PartialWeek[][] = Array.from({ length: width.alike }, () => []);
  for (const week of weeks) {
    const hours = (week.earlier * 1e5 + week.paid) * 8 + week.worked;
    const run = Math.max(-LONGEST_RUN, Math.min(LONGEST_RUN, week.run)) + LONGEST_RUN;
    const key = width.byPattern ? (hours * 16 + run) * 8 + (week.weekends % 8) : hours;
    const better = alike.get(key) ?? 0;
    alike.set(key, better + 1);
    layers[better]?.push(week);
  }
  return layers.flat().slice(0, width.beam);
}
