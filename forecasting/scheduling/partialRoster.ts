/** How widely to search. */
export interface Width {
  readonly shiftsPerDay: number;
  /** Partial rosters kept per day, and of those with as many hours and worked days. */
  readonly beam: number;
  readonly alike: number;
  /** Shifts looked at: all, or one in so many where there is plenty of choice. */
  readonly oneIn: number;
}

/** For everybody; for everybody when time is short; and for the few whose rules are hard to meet. */
export const QUICK: Width = { shiftsPerDay: 7, beam: 40, alike: 1, oneIn: 1 };
export const HASTY: Width = { ...QUICK, shiftsPerDay: 6, oneIn: 5 };
export const THOROUGH: Width = { shiftsPerDay: 14, beam: 800, alike: 40, oneIn: 1 };

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
}

/** A partial roster at the beginning of a planning week. */
export function nextWeek(week: PartialWeek): PartialWeek {
  return { ...week, paid: 0, worked: 0, earlier: week.earlier + week.paid };
}

/**
 * Keeps the best rosters of each number of hours and days, then the second best, and so on: where work costs more than
 * it covers, those with enough hours would else be gone before the week's end asks for them.
 */
export function prune(weeks: PartialWeek[], width: Width): PartialWeek[] {
  weeks.sort((a, b) => a.rank - b.rank);
  const alike = new Map<number, number>();
  const layers: PartialWeek[][] = Array.from({ length: width.alike }, () => []);
  for (const week of weeks) {
    const key = (week.earlier * 1e5 + week.paid) * 8 + week.worked;
    const better = alike.get(key) ?? 0;
    alike.set(key, better + 1);
    layers[better]?.push(week);
  }
  return layers.flat().slice(0, width.beam);
}
