import { MOST_AGENTS } from './queueModel.ts';

/** Where a search for the fewest agents begins. */
export interface SearchStart {
  /** Fewest agents allowed. */
  readonly least: number;
  /** First number tried, ≥ least. */
  readonly first: number;
  /** First step away from it, ≥ 1; doubled as long as no bracket is found. */
  readonly step: number;
}

interface Tried {
  readonly n: number;
  readonly margin: number;
}

/**
 * Smallest whole n ≥ `least` with margin(n) ≥ 0 for a margin that changes sign once, by secant steps in a bracket.
 * Both n and n − 1 have been tried when it returns (unless n = least).
 *
 * @returns null if MOST_AGENTS are not enough
 */
export function smallestWhole(margin: (n: number) => number, start: SearchStart): number | null {
  const { least } = start;
  let n = start.first;
  let { step } = start;
  let short: Tried | null = null;
  let enough: Tried | null = null;
  for (;;) {
    const tried = { n, margin: margin(n) };
    if (tried.margin < 0) short = tried;
    else enough = tried;
    if (enough !== null && enough.n - (short?.n ?? least - 1) <= 1) return enough.n;
    if (enough === null) {
      if (n >= MOST_AGENTS) return null;
      n = Math.min(MOST_AGENTS, n + step);
      step *= 2;
    } else if (short === null) {
      n = Math.max(least, n - step);
      step *= 2;
    } else {
      n = between(short, enough);
    }
  }
}

/** Where the straight line between the two crosses 0, kept strictly between them; the middle if it says an end. */
function between(short: Tried, enough: Tried): number {
  const width = enough.n - short.n;
  const share = -short.margin / (enough.margin - short.margin);
  const guess = width > 8 && (share < 0.02 || share > 0.98) ? 0.5 : share;
  const n = short.n + Math.round(width * guess);
  return Math.min(enough.n - 1, Math.max(short.n + 1, n));
}
