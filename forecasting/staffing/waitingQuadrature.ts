import { incompleteGamma, logPoisson } from './numeric/gamma.ts';
import { GAUSS_16 } from './numeric/quadrature.ts';
import type { PatienceLaw } from './patience.ts';
import type { WaitingPart, WaitingRates } from './waiting.ts';

/** Drop of the exponent below its peak at which the rest of an integral no longer counts: e^−46 = 1e-20. */
const NEGLIGIBLE_DROP = 46;
const PANELS_PER_SIDE = 8;
const LARGEST_DROP_PER_PANEL = 6;
const MOST_PANELS = 20_000;

/** A concave exponent ψ(x) on x ≥ 0, given by differences so that nothing large cancels. */
interface Exponent {
  /** ψ(x) − ψ(from). */
  change(x: number, from: number): number;
  /** Where ψ is largest. */
  readonly peak: number;
}

/** Integrals of e^(ψ(x) − ψ(top)) times 1, G, H, x(1 − G) and 1 − G over a range; `top` is where ψ is largest in it. */
interface RangeSums {
  readonly top: number;
  readonly virtual: number;
  readonly served: number;
  readonly abandoned: number;
  readonly waitSum: number;
  readonly servedWaitSum: number;
}

/**
 * Waiting with any patience law (Baccelli and Hebuterne 1981; Mandelbaum and Zeltyn 2004) and an optional waiting
 * room (Brandt and Brandt 1999), by quadrature. The virtual wait has density ∝ e^φ(x), φ(x) = λ ∫₀ˣ (1 − G) − D x,
 * times Q(room, λ ∫₀ˣ (1 − G)) when the room is finite; φ is concave, so panels are laid around its peak.
 *
 * @param slack (D − λ) without cancellation; used where patience is exponential
 * @param room waiting places, a whole number ≥ 1, or Infinity
 * @returns null when the callers that never leave alone exceed the capacity: the queue grows for ever
 */
export function quadratureWaiting(
  rates: WaitingRates,
  slack: number,
  law: PatienceLaw,
  room: number,
): WaitingPart | null {
  const { arrivalRate, drainRate } = rates;
  const openPeak = peakOfOpenRoom(rates, law);
  if (openPeak === null && room === Infinity) return null;
  const open = openExponent(rates, slack, law, openPeak ?? Infinity);
  const exponent = room === Infinity ? open : limitedExponent(rates, law, open, room);
  const whole = integrate(exponent, law, 0, Infinity);
  const logScale = exponent.change(whole.top, 0);
  const scaled = (part: RangeSums, value: number): number =>
    value === 0 ? 0 : drainRate * value * Math.exp(exponent.change(part.top, whole.top));
  const range = lastKept((low: number, high: number) => integrate(exponent, law, low, high));
  let blocked = 0;
  if (room !== Infinity) {
    const full: Exponent = blockedExponent(rates, law, open, room);
    const sums = integrate(full, law, 0, Infinity);
    const logWeight = logPoisson(room, arrivalRate * law.meanUpTo(sums.top)) + open.change(sums.top, 0);
    blocked = drainRate * sums.virtual * Math.exp(logWeight - logScale);
  }
  return {
    logScale,
    waiting: drainRate * whole.virtual,
    abandoned: drainRate * whole.abandoned,
    blocked,
    waitSum: drainRate * whole.waitSum,
    servedWaitSum: drainRate * whole.servedWaitSum,
    virtualBeyond: t => pick(range(t, Infinity), scaled, 'virtual'),
    servedBeyond: t => pick(range(t, Infinity), scaled, 'served'),
    virtualWithin: t => pick(range(0, t), scaled, 'virtual'),
    servedWithin: t => pick(range(0, t), scaled, 'served'),
  };
}

/** Keeps the last result: both shares beyond the same time are asked for one after the other. */
function lastKept(
  compute: (low: number, high: number) => RangeSums,
): (low: number, high: number) => RangeSums {
  let kept: { low: number; high: number; sums: RangeSums } | null = null;
  return (low, high) => {
    if (kept === null || kept.low !== low || kept.high !== high)
      kept = { low, high, sums: compute(low, high) };
    return kept.sums;
  };
}

function pick(
  sums: RangeSums,
  scaled: (part: RangeSums, value: number) => number,
  which: 'virtual' | 'served',
): number {
  return scaled(sums, sums[which]);
}

/** Where λ(1 − G(x)) falls to D; 0 below capacity; null when it never does. */
function peakOfOpenRoom(rates: WaitingRates, law: PatienceLaw): number | null {
  const { arrivalRate, drainRate } = rates;
  const grows = (x: number): boolean => arrivalRate * law.survival(x) > drainRate;
  if (law.exponentialRate !== undefined) {
    return Math.max(0, Math.log(arrivalRate / drainRate) / law.exponentialRate);
  }
  if (arrivalRate * law.survival(1e18) >= drainRate) return null;
  if (!grows(0)) return 0;
  let low = 0;
  let high = 1;
  while (grows(high)) {
    low = high;
    high *= 2;
  }
  for (let i = 0; i < 100 && high - low > 1e-15 * high; i++) {
    const middle = 0.5 * (low + high);
    if (grows(middle)) low = middle;
    else high = middle;
  }
  return high;
}

function openExponent(rates: WaitingRates, slack: number, law: PatienceLaw, peak: number): Exponent {
  const { arrivalRate, drainRate } = rates;
  const rate = law.exponentialRate;
  if (rate === undefined) {
    let base = { from: 0, mean: 0 };
    const change = (x: number, from: number): number => {
      if (from !== base.from) base = { from, mean: law.meanUpTo(from) };
      return arrivalRate * (law.meanUpTo(x) - base.mean) - drainRate * (x - from);
    };
    return { change, peak };
  }
  // λ e^(−θ from) − D, exact at the peak and at 0; then φ(x) − φ(from) = slope × Δ − (λ e^(−θ from)/θ)(e^−u − 1 + u).
  const slopeAt = (from: number): number =>
    from === 0 ? -slack : from === peak ? 0 : arrivalRate * Math.exp(-rate * from) - drainRate;
  const change = (x: number, from: number): number => {
    const slope = slopeAt(from);
    return slope * (x - from) - ((slope + drainRate) / rate) * convexPart(rate * (x - from));
  };
  return { change, peak };
}

/** e^−u − 1 + u without cancellation. */
export function convexPart(u: number): number {
  if (Math.abs(u) > 0.3) return Math.expm1(-u) + u;
  let term = 0.5 * u * u;
  let sum = term;
  for (let k = 3; k < 20; k++) {
    term *= -u / k;
    sum += term;
  }
  return sum;
}

function limitedExponent(rates: WaitingRates, law: PatienceLaw, open: Exponent, room: number): Exponent {
  const factor = (x: number): number => incompleteGamma(room, rates.arrivalRate * law.meanUpTo(x)).logUpper;
  const change = (x: number, from: number): number => open.change(x, from) + factor(x) - factor(from);
  return { change, peak: highestPoint(change, rates, open.peak) };
}

function blockedExponent(rates: WaitingRates, law: PatienceLaw, open: Exponent, room: number): Exponent {
  const factor = (x: number): number => logPoisson(room, rates.arrivalRate * law.meanUpTo(x));
  const change = (x: number, from: number): number => open.change(x, from) + factor(x) - factor(from);
  return { change, peak: highestPoint(change, rates, Infinity) };
}

/** Golden-section search for the peak of a concave function of x ≥ 0 (not above `bound`). */
function highestPoint(change: Exponent['change'], rates: WaitingRates, bound: number): number {
  let high = 1 / rates.drainRate;
  while (high < bound && change(2 * high, high) > 0) high *= 2;
  high = Math.min(bound, 2 * high);
  let low = 0;
  for (let i = 0; i < 80 && high - low > 1e-9 * high; i++) {
    const left = low + 0.381966 * (high - low);
    const right = high - 0.381966 * (high - low);
    if (change(right, left) > 0) low = left;
    else high = right;
  }
  return 0.5 * (low + high);
}

function integrate(exponent: Exponent, law: PatienceLaw, low: number, high: number): RangeSums {
  const top = Math.min(Math.max(exponent.peak, low), high);
  const start = top > low ? cut(exponent, top, low) : low;
  const end = top < high ? cut(exponent, top, high) : high;
  const edges = panelEdges(exponent, law, start, top, end);
  const sums = { top, virtual: 0, served: 0, abandoned: 0, waitSum: 0, servedWaitSum: 0 };
  for (let i = 1; i < edges.length; i++) addPanel(exponent, law, sums, edges[i - 1]!, edges[i]!);
  return sums;
}

/** The point between `top` and `limit` beyond which e^ψ is negligible; `top` where it falls faster than x resolves. */
function cut(exponent: Exponent, top: number, limit: number): number {
  const negligible = (x: number): boolean => !(exponent.change(x, top) > -NEGLIGIBLE_DROP);
  if (limit !== Infinity && !negligible(limit)) return limit;
  const direction = limit > top ? 1 : -1;
  const at = (distance: number): number => top + direction * distance;
  let far = Math.max(1e-9, 1e-9 * top);
  while (negligible(at(far / 4))) {
    far /= 4;
    if (at(far) === top) return top;
  }
  while (!negligible(at(far)) && direction * far < direction * (limit - top)) far *= 4;
  let near = far / 4;
  for (let i = 0; i < 6; i++) {
    const middle = 0.5 * (near + far);
    if (negligible(at(middle))) far = middle;
    else near = middle;
  }
  return direction > 0 ? Math.min(limit, at(far)) : Math.max(limit, at(far));
}

function panelEdges(exponent: Exponent, law: PatienceLaw, start: number, top: number, end: number): number[] {
  const marks = [start, top, end];
  for (const at of law.breakpoints(end)) if (at > start && at < end) marks.push(at);
  for (let i = 1; i < PANELS_PER_SIDE; i++) {
    marks.push(start + ((top - start) * i) / PANELS_PER_SIDE, top + ((end - top) * i) / PANELS_PER_SIDE);
  }
  marks.sort((left, right) => left - right);
  const edges: number[] = [start];
  for (const mark of marks) {
    const last = edges[edges.length - 1]!;
    if (mark > last && edges.length < MOST_PANELS) addSplit(exponent, edges, last, mark, 0);
  }
  return edges;
}

function addSplit(exponent: Exponent, edges: number[], from: number, to: number, depth: number): void {
  const middle = 0.5 * (from + to);
  if (
    depth < 40 &&
    Math.abs(exponent.change(to, from)) > LARGEST_DROP_PER_PANEL &&
    middle > from &&
    middle < to
  ) {
    addSplit(exponent, edges, from, middle, depth + 1);
    addSplit(exponent, edges, middle, to, depth + 1);
  } else {
    edges.push(to);
  }
}

function addPanel(
  exponent: Exponent,
  law: PatienceLaw,
  sums: { -readonly [key in keyof RangeSums]: RangeSums[key] },
  from: number,
  to: number,
): void {
  const half = 0.5 * (to - from);
  const centre = 0.5 * (to + from);
  for (let i = 0; i < 16; i++) {
    const x = centre + half * GAUSS_16.nodes[i]!;
    const weight = half * GAUSS_16.weights[i]! * Math.exp(exponent.change(x, sums.top));
    const stays = law.survival(x);
    sums.virtual += weight;
    sums.served += weight * stays;
    sums.abandoned += weight * law.leftBy(x);
    sums.waitSum += weight * law.meanUpTo(x);
    sums.servedWaitSum += weight * stays * x;
  }
}
