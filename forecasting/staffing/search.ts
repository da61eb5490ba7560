import { MOST_AGENTS } from './queueModel.ts';

/** Where a search for the fewest agents begins. */
export interface SearchStart {
  /** Fewest agents allowed. */
  readonly least: number;
  /** First number tried, ≥ least. */
  readonly first: number;
  /** Rough growth of the margin per agent, > 0: sets the steps until a bracket is found. */
  readonly slope: number;
}

/** Margins beyond this say no more about the distance. */
const LARGEST_GAP = 6;

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
  let stretch = 1;
  let short: Tried | null = null;
  let enough: Tried | null = null;
  for (;;) {
    const tried = { n, margin: margin(n) };
    if (tried.margin < 0) short = tried;
    else enough = tried;
    if (enough !== null && enough.n - (short?.n ?? least - 1) <= 1) return enough.n;
    if (short !== null && enough !== null) {
      n = between(short, enough);
      continue;
    }
    if (enough === null && n >= MOST_AGENTS) return null;
    const gap = Math.min(LARGEST_GAP, Math.abs(tried.margin));
    const step = Math.max(1, Math.round((stretch * gap) / start.slope + 0.5));
    n = enough === null ? Math.min(MOST_AGENTS, n + step) : Math.max(least, n - step);
    stretch *= 2;
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
