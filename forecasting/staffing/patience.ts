import { assertPositive, assertProbability, StaffingError } from './errors.ts';
import { incompleteGamma, logGamma } from './numeric/gamma.ts';
import { normalCdf } from './numeric/normal.ts';
import { empiricalLaw } from './patienceEmpirical.ts';

export interface ExponentialPatience {
  readonly kind: 'exponential';
  readonly meanSeconds: number;
}

/** Every caller leaves after the same time. */
export interface DeterministicPatience {
  readonly kind: 'deterministic';
  readonly seconds: number;
}

/** P(R > x) = exp(−(x / scale)^shape); give the scale or the mean. */
export interface WeibullPatience {
  readonly kind: 'weibull';
  readonly shape: number;
  readonly scaleSeconds?: number;
  readonly meanSeconds?: number;
}

/**
 * ln R is normal. Its place is given by `mu` (mean of ln seconds), `medianSeconds` or `meanSeconds`; its width by
 * `sigma` (standard deviation of ln seconds), `cv` or, with the mean, `sdSeconds`.
 */
export interface LognormalPatience {
  readonly kind: 'lognormal';
  readonly mu?: number;
  readonly medianSeconds?: number;
  readonly meanSeconds?: number;
  readonly sigma?: number;
  readonly cv?: number;
  readonly sdSeconds?: number;
}

/** A mixture of exponentials; `weights` is another name of `probabilities`, `meanSeconds` of `meansSeconds`. */
export interface HyperexponentialPatience {
  readonly kind: 'hyperexponential';
  readonly probabilities?: readonly number[];
  readonly weights?: readonly number[];
  readonly meansSeconds?: readonly number[];
  readonly meanSeconds?: readonly number[];
}

/**
 * A measured survival curve, as Kaplan–Meier gives it: P(R > x) = survival[i] for seconds[i] ≤ x < seconds[i + 1],
 * and 1 before the first point (a first point at 0 is the share that balks). With `interpolation: 'linear'` the
 * curve is joined by straight lines from (0, 1). After the last point the curve stays at its last value: those
 * callers never leave.
 */
export interface EmpiricalPatience {
  readonly kind: 'empirical';
  readonly seconds: readonly number[];
  readonly survival: readonly number[];
  readonly interpolation?: 'step' | 'linear';
}

/** How long callers are ready to wait for an agent. */
export type Patience =
  | ExponentialPatience
  | DeterministicPatience
  | WeibullPatience
  | LognormalPatience
  | HyperexponentialPatience
  | EmpiricalPatience;

/** A patience distribution, ready for computation. */
export interface PatienceLaw {
  /** P(R > x), x ≥ 0. */
  survival(x: number): number;
  /** P(R ≤ x), without cancellation where it is small. */
  leftBy(x: number): number;
  /** E[min(R, x)] = ∫₀ˣ P(R > u) du. */
  meanUpTo(x: number): number;
  /** E[R]; may be Infinity. */
  readonly meanSeconds: number;
  /** Points in (0, high) between which the survival curve is smooth enough for one quadrature panel. */
  breakpoints(high: number): readonly number[];
  /** Rate of the exponential law, if it is one. */
  readonly exponentialRate?: number;
}

/**
 * @param patience absent or of infinite mean: nobody ever leaves, `null`
 * @throws StaffingError naming the field below `field`
 */
export function patienceLaw(patience: Patience | undefined, field = 'load.patience'): PatienceLaw | null {
  if (patience === undefined) return null;
  switch (patience.kind) {
    case 'exponential':
      return exponentialLaw(patience.meanSeconds, `${field}.meanSeconds`);
    case 'deterministic':
      return deterministicLaw(patience.seconds, `${field}.seconds`);
    case 'weibull':
      return weibullLaw(patience, field);
    case 'lognormal':
      return lognormalLaw(patience, field);
    case 'hyperexponential':
      return hyperexponentialLaw(patience, field);
    case 'empirical':
      return empiricalLaw(patience, field);
    default:
      throw new StaffingError(`${field}.kind`, 'is not a known kind of patience');
  }
}

/** Multiples of the mean between which e^−x is smooth enough for one quadrature panel. */
const EXPONENTIAL_POINTS = [0.5, 1, 2, 4, 8, 16, 32];

function exponentialLaw(meanSeconds: number, field: string): PatienceLaw | null {
  if (meanSeconds === Infinity) return null;
  assertPositive(field, meanSeconds);
  return {
    survival: x => Math.exp(-x / meanSeconds),
    leftBy: x => -Math.expm1(-x / meanSeconds),
    meanUpTo: x => -meanSeconds * Math.expm1(-x / meanSeconds),
    meanSeconds,
    breakpoints: () => EXPONENTIAL_POINTS.map(factor => factor * meanSeconds),
    exponentialRate: 1 / meanSeconds,
  };
}

function deterministicLaw(seconds: number, field: string): PatienceLaw | null {
  if (seconds === Infinity) return null;
  assertPositive(field, seconds);
  return {
    survival: x => (x < seconds ? 1 : 0),
    leftBy: x => (x < seconds ? 0 : 1),
    meanUpTo: x => Math.min(x, seconds),
    meanSeconds: seconds,
    breakpoints: () => [seconds],
  };
}

function weibullLaw(patience: WeibullPatience, field: string): PatienceLaw {
  const { shape } = patience;
  assertPositive(`${field}.shape`, shape);
  const meanOfUnitScale = Math.exp(logGamma(1 + 1 / shape));
  if ((patience.scaleSeconds === undefined) === (patience.meanSeconds === undefined)) {
    throw new StaffingError(`${field}.scaleSeconds`, 'must be given, or meanSeconds, but not both');
  }
  const scale = patience.scaleSeconds ?? (patience.meanSeconds ?? 0) / meanOfUnitScale;
  assertPositive(`${field}.${patience.scaleSeconds === undefined ? 'meanSeconds' : 'scaleSeconds'}`, scale);
  const meanSeconds = scale * meanOfUnitScale;
  // Quadrature asks twice at the same point.
  let point = { x: 0, mean: 0 };
  return {
    survival: x => Math.exp(-((x / scale) ** shape)),
    leftBy: x => -Math.expm1(-((x / scale) ** shape)),
    meanUpTo: x => {
      if (x !== point.x)
        point = { x, mean: meanSeconds * incompleteGamma(1 / shape, (x / scale) ** shape).lower };
      return point.mean;
    },
    meanSeconds,
    breakpoints: high =>
      geometricPoints(scale, 2 ** (1 / shape), scale * 1e-16 ** (1 / shape), scale * 40 ** (1 / shape), high),
  };
}

function lognormalLaw(patience: LognormalPatience, field: string): PatienceLaw {
  const { mu, sigma } = lognormalParameters(patience, field);
  assertPositive(`${field}.sigma`, sigma);
  const meanSeconds = Math.exp(mu + (sigma * sigma) / 2);
  assertPositive(`${field}.meanSeconds`, meanSeconds);
  // Quadrature asks for all three at the same point.
  let point = { x: 0, stays: 1, left: 0, mean: 0 };
  const at = (x: number): typeof point => {
    if (x === point.x) return point;
    const z = (Math.log(x) - mu) / sigma;
    const stays = normalCdf(-z);
    const settled = meanSeconds * normalCdf(z - sigma);
    point = { x, stays, left: normalCdf(z), mean: x === Infinity ? settled : x * stays + settled };
    return point;
  };
  return {
    survival: x => at(x).stays,
    leftBy: x => at(x).left,
    meanUpTo: x => at(x).mean,
    meanSeconds,
    breakpoints: high =>
      geometricPoints(
        Math.exp(mu),
        Math.exp(sigma),
        Math.exp(mu - 9 * sigma),
        Math.exp(mu + 9 * sigma),
        high,
      ),
  };
}

/** centre × ratio^k, at most a factor 4 apart, from `bottom` or 1e-13 of `high` up to `high` or `top`. */
function geometricPoints(
  centre: number,
  ratio: number,
  bottom: number,
  top: number,
  high: number,
): readonly number[] {
  const step = Math.min(4, ratio);
  const end = Math.min(high, top);
  const points: number[] = [];
  const first = Math.floor(Math.log(end / centre) / Math.log(step));
  for (let k = first; points.length < 400; k--) {
    const at = centre * step ** k;
    if (at < Math.max(bottom, high * 1e-13)) break;
    if (at < high) points.push(at);
  }
  return points.reverse();
}

function lognormalParameters(patience: LognormalPatience, field: string): { mu: number; sigma: number } {
  const { mu, medianSeconds, meanSeconds } = patience;
  const sigma = lognormalSigma(patience, field);
  if (mu !== undefined) {
    if (!Number.isFinite(mu)) throw new StaffingError(`${field}.mu`, 'must be a finite number');
    return { mu, sigma };
  }
  if (medianSeconds !== undefined) {
    assertPositive(`${field}.medianSeconds`, medianSeconds);
    return { mu: Math.log(medianSeconds), sigma };
  }
  if (meanSeconds === undefined)
    throw new StaffingError(`${field}.meanSeconds`, 'or mu or medianSeconds must be given');
  assertPositive(`${field}.meanSeconds`, meanSeconds);
  return { mu: Math.log(meanSeconds) - (sigma * sigma) / 2, sigma };
}

function lognormalSigma(patience: LognormalPatience, field: string): number {
  const { sigma, cv, sdSeconds, meanSeconds } = patience;
  if (sigma !== undefined) return sigma;
  if (cv !== undefined) {
    assertPositive(`${field}.cv`, cv);
    return Math.sqrt(Math.log1p(cv * cv));
  }
  if (sdSeconds === undefined || meanSeconds === undefined) {
    throw new StaffingError(`${field}.sigma`, 'or cv, or sdSeconds with meanSeconds, must be given');
  }
  assertPositive(`${field}.sdSeconds`, sdSeconds);
  assertPositive(`${field}.meanSeconds`, meanSeconds);
  return Math.sqrt(Math.log1p((sdSeconds / meanSeconds) ** 2));
}

function hyperexponentialLaw(patience: HyperexponentialPatience, field: string): PatienceLaw {
  const shares = patience.probabilities ?? patience.weights ?? [];
  const means = patience.meansSeconds ?? patience.meanSeconds ?? [];
  if (shares.length === 0 || shares.length !== means.length) {
    throw new StaffingError(`${field}.probabilities`, 'must have one entry for each of meansSeconds');
  }
  means.forEach((mean, i) => {
    assertPositive(`${field}.meansSeconds[${i}]`, mean);
  });
  shares.forEach((share, i) => {
    assertProbability(`${field}.probabilities[${i}]`, share);
  });
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (Math.abs(total - 1) > 1e-6)
    throw new StaffingError(`${field}.probabilities`, `must add to 1; found ${total}`);
  const mixed = (part: (mean: number) => number): number =>
    shares.reduce((sum, share, i) => sum + (share / total) * part(means[i] ?? 1), 0);
  return {
    survival: x => mixed(mean => Math.exp(-x / mean)),
    leftBy: x => mixed(mean => -Math.expm1(-x / mean)),
    meanUpTo: x => mixed(mean => -mean * Math.expm1(-x / mean)),
    meanSeconds: mixed(mean => mean),
    breakpoints: () => means.flatMap(mean => EXPONENTIAL_POINTS.map(factor => factor * mean)),
  };
}
