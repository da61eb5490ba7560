import { assertNonNegative, assertPositive, StaffingError } from './errors.ts';

/** Queue times of single calls. Calls that did not queue may be left in: they carry no information. */
export interface WaitLog {
  readonly waitSeconds: readonly number[];
  /** Whether the call ended by the caller giving up; false: answered, redirected or still waiting (censored). */
  readonly abandoned: readonly boolean[];
}

/** Totals of one interval, day or queue as an ACD reports them. */
export interface WaitTotals {
  readonly answered: number;
  readonly abandoned: number;
  /** Mean wait of the answered calls, immediate answers counted as 0. */
  readonly asaSeconds: number;
  /** Mean wait of the abandoned calls. It is not patience. */
  readonly meanTimeToAbandonSeconds: number;
}

/** Mean patience with its confidence interval, or the reason why there is none. */
export type PatienceEstimate =
  | {
      readonly kind: 'estimated';
      readonly meanSeconds: number;
      readonly lowSeconds: number;
      readonly highSeconds: number;
      readonly abandons: number;
      /** Time spent in the queue by all calls, answered or not. */
      readonly queueSeconds: number;
    }
  | {
      /** Nobody abandoned: only a lower bound is known. */
      readonly kind: 'lowerBound';
      readonly lowSeconds: number;
      readonly queueSeconds: number;
    }
  | { readonly kind: 'noWaits' };

/** Normal quantile of a two-sided 95 % interval. */
const NORMAL_95 = 1.959963984540054;
/** −ln 0.05: with no event seen, the rate is below this over the exposure with 95 % confidence. */
const RULE_OF_THREE = 2.995732273553991;

/**
 * Mean patience from single calls: the censored maximum-likelihood estimate of an exponential law, total queue time
 * of all calls ÷ abandons, with a 95 % interval on the logarithm (standard error 1/√abandons).
 *
 * Answered calls count: they show that the caller was ready to wait at least that long.
 *
 * @throws StaffingError naming the offending entry
 */
export function fitPatience(log: WaitLog): PatienceEstimate {
  assertLog(log);
  let abandons = 0;
  let queueSeconds = 0;
  log.waitSeconds.forEach((wait, i) => {
    queueSeconds += wait;
    if (wait > 0 && log.abandoned[i] === true) abandons += 1;
  });
  return estimate(abandons, queueSeconds);
}

/** Mean patience from totals, one entry per interval: Σ queue time ÷ Σ abandons. */
export function fitPatienceFromTotals(totals: readonly WaitTotals[]): PatienceEstimate {
  let abandons = 0;
  let queueSeconds = 0;
  totals.forEach((total, i) => {
    const field = `totals[${i}]`;
    assertNonNegative(`${field}.answered`, total.answered);
    assertNonNegative(`${field}.abandoned`, total.abandoned);
    abandons += total.abandoned;
    queueSeconds += queueTime(total, field);
  });
  return estimate(abandons, queueSeconds);
}

function queueTime(total: WaitTotals, field: string): number {
  let seconds = 0;
  if (total.answered > 0) {
    assertNonNegative(`${field}.asaSeconds`, total.asaSeconds);
    seconds += total.answered * total.asaSeconds;
  }
  if (total.abandoned > 0) {
    assertNonNegative(`${field}.meanTimeToAbandonSeconds`, total.meanTimeToAbandonSeconds);
    seconds += total.abandoned * total.meanTimeToAbandonSeconds;
  }
  return seconds;
}

function estimate(abandons: number, queueSeconds: number): PatienceEstimate {
  if (queueSeconds === 0) return { kind: 'noWaits' };
  if (abandons === 0) return { kind: 'lowerBound', lowSeconds: queueSeconds / RULE_OF_THREE, queueSeconds };
  const meanSeconds = queueSeconds / abandons;
  return { kind: 'estimated', ...interval(meanSeconds, abandons), abandons, queueSeconds };
}

function interval(meanSeconds: number, events: number) {
  const factor = Math.exp(NORMAL_95 / Math.sqrt(events));
  return { meanSeconds, lowSeconds: meanSeconds / factor, highSeconds: meanSeconds * factor };
}

/** A group's patience drawn towards that of all groups, the more so the fewer its abandons. */
export interface PooledPatience {
  readonly meanSeconds: number;
  readonly lowSeconds: number;
  readonly highSeconds: number;
  /** Share of the group's own data in the estimate; the rest is the common mean. */
  readonly ownWeight: number;
}

/**
 * Patience of several groups (queues, hours) of which some are sparse: empirical Bayes with a gamma law of the
 * abandonment rate across groups, its spread found by moments (Var = m + m²/k for m expected abandons).
 *
 * @returns one entry per group; null when no group has an abandon
 */
export function poolPatience(
  groups: readonly { readonly abandons: number; readonly queueSeconds: number }[],
): readonly PooledPatience[] | null {
  let abandons = 0;
  let queueSeconds = 0;
  groups.forEach((group, i) => {
    assertNonNegative(`groups[${i}].abandons`, group.abandons);
    assertNonNegative(`groups[${i}].queueSeconds`, group.queueSeconds);
    abandons += group.abandons;
    queueSeconds += group.queueSeconds;
  });
  if (abandons === 0) return null;
  const rate = abandons / queueSeconds;
  let excess = 0;
  let squares = 0;
  for (const group of groups) {
    const expected = rate * group.queueSeconds;
    excess += (group.abandons - expected) ** 2 - expected;
    squares += expected * expected;
  }
  // Prior strength in abandons; groups that differ no more than chance are pooled outright.
  const strength = excess > 0 ? squares / excess : Infinity;
  return groups.map(group => {
    const expected = rate * group.queueSeconds;
    const ownWeight = strength === Infinity ? 0 : expected / (expected + strength);
    const pooled =
      (1 - ownWeight) * rate + (ownWeight === 0 ? 0 : ownWeight * (group.abandons / group.queueSeconds));
    const events = strength === Infinity ? abandons : group.abandons + strength;
    return { ...interval(1 / pooled, events), ownWeight };
  });
}

/** A patience that is the average time to abandon in disguise. */
export interface PatienceWarning {
  readonly kind: 'timeToAbandon';
  /** Patience that the same figures imply. */
  readonly estimateSeconds: number;
  /** How many times too small the given value is. */
  readonly factor: number;
}

/**
 * Guards against taking the "average time to abandon" for patience: it is the wait of the impatient few only, 2 to
 * 60 times shorter than patience at usual abandonment.
 *
 * @param patienceSeconds the mean patience somebody entered
 * @param measured totals of the same queue
 * @returns a warning when the value is within a third of the time to abandon and under half of the censored estimate
 */
export function checkPatience(patienceSeconds: number, measured: WaitTotals): PatienceWarning | null {
  assertPositive('patienceSeconds', patienceSeconds);
  const found = fitPatienceFromTotals([measured]);
  if (found.kind !== 'estimated') return null;
  const ratio = patienceSeconds / measured.meanTimeToAbandonSeconds;
  const factor = found.meanSeconds / patienceSeconds;
  if (ratio < 2 / 3 || ratio > 1.5 || factor < 2) return null;
  return { kind: 'timeToAbandon', estimateSeconds: found.meanSeconds, factor };
}

/** @throws StaffingError unless the columns match and every wait is a finite number ≥ 0 */
export function assertLog(log: WaitLog): void {
  if (log.waitSeconds.length !== log.abandoned.length) {
    throw new StaffingError('abandoned', 'must have one entry for each of waitSeconds');
  }
  log.waitSeconds.forEach((wait, i) => {
    assertNonNegative(`waitSeconds[${i}]`, wait);
  });
}
