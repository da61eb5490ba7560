import { logPoisson } from './numeric/gamma.ts';

/** One stretch of constant rates: calls come at `arrivalRate`, j calls in the system leave at `leaveRate(j)`. */
export interface Stretch {
  readonly seconds: number;
  readonly arrivalRate: number;
  /** Rate at which j calls leave, served or abandoning; not falling in j. */
  leaveRate(calls: number): number;
}

/** State probabilities at the end of a stretch and their mean over it. */
export interface StretchResult {
  readonly end: Float64Array;
  readonly mean: Float64Array;
}

const NEGLIGIBLE = 1e-17;

/**
 * Moves a birth–death chain over 0 … top calls through a stretch, exactly, by uniformisation (Jensen 1953):
 * p(t) = Σ_k Pois(k; Γt) p P^k and (1/t) ∫ p = (1/Γt) Σ_k P(N > k) p P^k, Γ the largest total rate. An arrival in
 * the top state is lost, so `top` must be out of reach; the caller watches its probability.
 *
 * @param start probabilities of 0 … top calls
 */
export function moveThrough(start: Float64Array, stretch: Stretch): StretchResult {
  const top = start.length - 1;
  const { seconds, arrivalRate } = stretch;
  const leave = new Float64Array(top + 1);
  for (let j = 1; j <= top; j++) leave[j] = stretch.leaveRate(j);
  const clock = arrivalRate + (leave[top] ?? 0);
  const jumps = clock * seconds;
  if (!(jumps > 0)) return { end: Float64Array.from(start), mean: Float64Array.from(start) };
  const up = arrivalRate / clock;
  const down = new Float64Array(top + 2);
  const stay = new Float64Array(top + 1);
  for (let j = 0; j <= top; j++) {
    down[j] = leave[j]! / clock;
    stay[j] = 1 - down[j]! - (j < top ? up : 0);
  }
  const weights = jumpWeights(jumps);
  const end = new Float64Array(top + 1);
  const mean = new Float64Array(top + 1);
  let now = Float64Array.from(start);
  let next = new Float64Array(top + 1);
  for (let k = 0; k < weights.at.length; k++) {
    const atEnd = weights.at[k]!;
    if (atEnd > 0) for (let j = 0; j <= top; j++) end[j]! += atEnd * now[j]!;
    step(now, next, mean, weights.beyond[k]! / jumps, up, down, stay);
    [now, next] = [next, now];
  }
  return { end, mean };
}

/** next = now × P for the chain that jumps up, down or stays; adds `share` × now to `mean` on the way. */
function step(
  now: Float64Array,
  next: Float64Array,
  mean: Float64Array,
  share: number,
  up: number,
  down: Float64Array,
  stay: Float64Array,
): void {
  const top = now.length - 1;
  let below = 0;
  let here = now[0]!;
  for (let j = 0; j < top; j++) {
    const above = now[j + 1]!;
    next[j] = up * below + stay[j]! * here + down[j + 1]! * above;
    mean[j]! += share * here;
    below = here;
    here = above;
  }
  next[top] = up * below + stay[top]! * here;
  mean[top]! += share * here;
}

/** Poisson probabilities of k jumps, 0 where negligible, and P(N > k), up to the last k that counts. */
function jumpWeights(mean: number): { at: Float64Array; beyond: Float64Array } {
  const mode = Math.floor(mean);
  const above: number[] = [Math.exp(logPoisson(mode, mean))];
  for (let k = mode + 1; (above[above.length - 1] ?? 0) > NEGLIGIBLE; k++) {
    above.push(((above[above.length - 1] ?? 0) * mean) / k);
  }
  const at = new Float64Array(mode + above.length);
  above.forEach((weight, i) => {
    at[mode + i] = weight;
  });
  for (let k = mode; k > 0 && at[k]! > NEGLIGIBLE; k--) at[k - 1] = (at[k]! * k) / mean;
  const beyond = new Float64Array(at.length);
  for (let k = at.length - 2; k >= 0; k--) beyond[k] = beyond[k + 1]! + at[k + 1]!;
  return { at, beyond };
}
