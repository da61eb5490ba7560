/** A simulated number with its 95 % confidence interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const NORMAL_97_5 = 1.959963984540054;
/** 97.5 % points of Student's t with 1 to 4 degrees of freedom (NIST/SEMATECH e-Handbook, table 1.3.6.7.2). */
const FEW_DEGREES = [12.706, 4.303, 3.182, 2.776];

/** 97.5 % point of Student's t: Cornish–Fisher expansion (Abramowitz & Stegun 26.7.5), error below 0.001. */
export function studentT975(degrees: number): number {
  if (degrees < 1) return Infinity;
  const tabled = FEW_DEGREES[degrees - 1];
  if (tabled !== undefined) return tabled;
  const z = NORMAL_97_5;
  const z2 = z * z;
  const terms = [
    (z * (z2 + 1)) / 4,
    (z * ((5 * z2 + 16) * z2 + 3)) / 96,
    (z * (((3 * z2 + 19) * z2 + 17) * z2 - 15)) / 384,
    (z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945)) / 92_160,
  ];
  return terms.reduceRight((sum, term) => (sum + term) / degrees, 0) + z;
}

/** Sums of one ratio Σx ÷ Σy over replications: n, Σx, Σy, Σx², Σxy, Σy². */
const SUMS = 6;

/**
 * Ratios of sums over independent replications, as calls answered in time ÷ calls offered: what a report over many
 * days shows, each call weighing alike. The interval is the classical ratio estimator's (Cochran 1977, § 6.4) with
 * Student's t; of the replications only sums are kept, so memory does not grow with their number.
 */
export class RatioSums {
  private readonly sums: Float64Array;

  /** @param cells how many ratios are kept side by side */
  constructor(cells: number) {
    this.sums = new Float64Array(cells * SUMS);
  }

  /** Adds one replication's numerator and denominator to a cell. */
  add(cell: number, x: number, y: number): void {
    const { sums } = this;
    const base = cell * SUMS;
    sums[base]! += 1;
    sums[base + 1]! += x;
    sums[base + 2]! += y;
    sums[base + 3]! += x * x;
    sums[base + 4]! += x * y;
    sums[base + 5]! += y * y;
  }

  /** `null` when the denominator is 0 in every replication: there is nothing to speak of. */
  ratio(cell: number): Estimate | null {
    const [n, x, y, xx, xy, yy] = this.read(cell);
    if (!(y > 0)) return null;
    const value = x / y;
    const squares = Math.max(0, xx - 2 * value * xy + value * value * yy);
    // Sums of squares cancel: what is left below this is rounding, not variation.
    const spread = squares <= 1e-12 * xx ? 0 : squares;
    const error = n > 1 ? Math.sqrt((spread * n) / (n - 1)) / y : Infinity;
    return interval(value, error, n);
  }

  /** As `ratio`, for a share of calls: kept in [0, 1]; if no replication differs, Wilson's interval on the calls. */
  share(cell: number): Estimate | null {
    const estimate = this.ratio(cell);
    if (estimate === null) return null;
    const trials = this.read(cell)[2];
    if (estimate.high - estimate.low === 0) return wilson(estimate.value, trials);
    return { value: estimate.value, low: Math.max(0, estimate.low), high: Math.min(1, estimate.high) };
  }

  /** Mean of x per replication, whatever y. */
  mean(cell: number): Estimate {
    const [n, x, , xx] = this.read(cell);
    const value = n > 0 ? x / n : 0;
    const squares = Math.max(0, xx - n * value * value);
    const error = n > 1 ? Math.sqrt(squares / (n - 1) / n) : Infinity;
    return interval(value, error, n);
  }

  private read(cell: number): [number, number, number, number, number, number] {
    const base = cell * SUMS;
    const at = (i: number) => this.sums[base + i] ?? 0;
    return [at(0), at(1), at(2), at(3), at(4), at(5)];
  }
}

function interval(value: number, standardError: number, replications: number): Estimate {
  if (standardError === Infinity) return { value, low: -Infinity, high: Infinity };
  const half = standardError === 0 ? 0 : studentT975(replications - 1) * standardError;
  return { value, low: value - half, high: value + half };
}

/** Wilson's score interval for a share of independent trials; bounds the truth even at 0 and 1. */
function wilson(share: number, trials: number): Estimate {
  const z2 = NORMAL_97_5 * NORMAL_97_5;
  const centre = (share + z2 / (2 * trials)) / (1 + z2 / trials);
  const half =
    (NORMAL_97_5 * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials * trials))) /
    (1 + z2 / trials);
  return {
    value: share,
    low: Math.min(share, Math.max(0, centre - half)),
    high: Math.max(share, Math.min(1, centre + half)),
  };
}

/** Half the width of the interval; Infinity where there is none yet. */
export function halfWidth(estimate: Estimate | null): number {
  return estimate === null ? 0 : (estimate.high - estimate.low) / 2;
}
