import type { RandomGenerator } from '../calendar/random.ts';
import { sampleGamma } from '../calendar/variates.ts';
import { StaffingError } from '../staffing/errors.ts';
import { logGamma } from '../staffing/numeric/gamma.ts';
import {
  type EmpiricalPatience,
  type HyperexponentialPatience,
  type LognormalPatience,
  type Patience,
  patienceLaw,
} from '../staffing/patience.ts';

/**
 * Shape of handle times around their mean, the AHT. `cv` is the coefficient of variation.
 * `empirical` draws from measured handle times, scaled so that their mean is the AHT.
 */
export type ServiceLaw =
  | { readonly kind: 'exponential' }
  | { readonly kind: 'deterministic' }
  | { readonly kind: 'lognormal'; readonly cv: number }
  | { readonly kind: 'gamma'; readonly cv: number }
  | { readonly kind: 'empirical'; readonly seconds: readonly number[] };

/** Fills a block with the draws of one entity in call order: call k takes the k-th, whatever other calls do. */
export type Filler = (target: Float64Array) => void;

/** Unit exponentials of a stream, transformed in place. */
function fromExponential(random: RandomGenerator, transform: (x: number) => number): Filler {
  return target => {
    random.fillExponential(target);
    for (let i = 0; i < target.length; i++) target[i] = transform(target[i]!);
  };
}

function fromDraw(draw: () => number): Filler {
  return target => {
    for (let i = 0; i < target.length; i++) target[i] = draw();
  };
}

/**
 * Handle times with mean 1; multiply by the AHT.
 *
 * @throws RangeError naming `service.cv` or `service.seconds`.
 */
export function serviceFiller(law: ServiceLaw, random: RandomGenerator): Filler {
  switch (law.kind) {
    case 'exponential':
      return target => random.fillExponential(target);
    case 'deterministic':
      return target => target.fill(1);
    case 'lognormal': {
      const sigma = Math.sqrt(Math.log1p(checkedCv(law.cv) ** 2));
      return fromDraw(() => Math.exp(sigma * random.normal() - 0.5 * sigma * sigma));
    }
    case 'gamma': {
      const variance = checkedCv(law.cv) ** 2;
      if (variance === 0) return target => target.fill(1);
      return fromDraw(() => sampleGamma(random, 1 / variance, variance));
    }
    case 'empirical': {
      const sample = checkedSample(law.seconds);
      const mean = sample.reduce((sum, x) => sum + x, 0) / sample.length;
      return fromDraw(() => sample[random.integer(sample.length)]! / mean);
    }
  }
}

function checkedCv(cv: number): number {
  if (!(cv >= 0 && cv < Infinity)) throw new StaffingError('service.cv', `must be 0 or above; found ${cv}`);
  return cv;
}

function checkedSample(seconds: readonly number[]): readonly number[] {
  if (seconds.length === 0 || !seconds.every(x => x >= 0 && x < Infinity) || !seconds.some(x => x > 0)) {
    throw new StaffingError('service.seconds', 'must hold finite times of at least 0, not all 0');
  }
  return seconds;
}

/**
 * Times until a waiting caller hangs up, in seconds; absent = infinitely patient, 0 = nobody waits.
 *
 * @throws RangeError naming the field of the patience law.
 */
export function patienceFiller(patience: Patience | undefined, random: RandomGenerator): Filler {
  const mean = patience?.kind === 'exponential' ? patience.meanSeconds : undefined;
  const fixed = patience?.kind === 'deterministic' ? patience.seconds : undefined;
  if (mean === 0 || fixed === 0) return target => target.fill(0);
  if (patience === undefined || patienceLaw(patience, 'patience') === null)
    return target => target.fill(Infinity);
  switch (patience.kind) {
    case 'exponential': {
      const { meanSeconds } = patience;
      return fromExponential(random, x => meanSeconds * x);
    }
    case 'deterministic': {
      const { seconds } = patience;
      return target => target.fill(seconds);
    }
    case 'weibull': {
      const power = 1 / patience.shape;
      const scale = patience.scaleSeconds ?? (patience.meanSeconds ?? 0) / Math.exp(logGamma(1 + power));
      return fromExponential(random, x => scale * x ** power);
    }
    case 'lognormal': {
      const { mu, sigma } = logParameters(patience);
      return fromDraw(() => Math.exp(mu + sigma * random.normal()));
    }
    case 'hyperexponential':
      return hyperexponentialFiller(patience, random);
    case 'empirical':
      return fromDraw(() => survivalQuantile(patience, random.uniform()));
  }
}

/** Of a law that `patienceLaw` has accepted. */
function logParameters(patience: LognormalPatience): { mu: number; sigma: number } {
  const { mu, sigma, meanSeconds = 0, sdSeconds } = patience;
  if (mu !== undefined && sigma !== undefined) return { mu, sigma };
  const spread =
    sdSeconds === undefined ? (sigma ?? 0) : Math.sqrt(Math.log1p((sdSeconds / meanSeconds) ** 2));
  return { mu: Math.log(meanSeconds) - (spread * spread) / 2, sigma: spread };
}

function hyperexponentialFiller(patience: HyperexponentialPatience, random: RandomGenerator): Filler {
  const shares = patience.probabilities ?? patience.weights ?? [];
  const means = patience.meansSeconds ?? patience.meanSeconds ?? [];
  const total = shares.reduce((sum, share) => sum + share, 0);
  return fromDraw(() => {
    let u = random.uniform() * total;
    let branch = 0;
    while (branch < shares.length - 1 && u >= shares[branch]!) u -= shares[branch++]!;
    return means[branch]! * random.exponential();
  });
}

/** The time at which the measured survival curve falls to `share` or below; Infinity if it never does. */
function survivalQuantile(patience: EmpiricalPatience, share: number): number {
  const { seconds, survival } = patience;
  let low = 0;
  let high = seconds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (survival[middle]! <= share) high = middle;
    else low = middle + 1;
  }
  if (low === seconds.length) return Infinity;
  if (patience.interpolation !== 'linear') return seconds[low]!;
  const before = low === 0 ? 1 : survival[low - 1]!;
  const from = low === 0 ? 0 : seconds[low - 1]!;
  const fall = before - survival[low]!;
  return fall > 0 ? from + ((before - share) / fall) * (seconds[low]! - from) : seconds[low]!;
}
