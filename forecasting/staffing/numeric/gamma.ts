const HALF_LOG_TWO_PI = 0.9189385332046728;
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const;

/** Natural logarithm of the gamma function, x > 0 (Lanczos, g = 7, below 15; Stirling's series above). */
export function logGamma(x: number): number {
  if (x >= 15) return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirlingTail(x);
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const shifted = x - 1;
  let sum: number = LANCZOS[0];
  for (let i = 1; i < LANCZOS.length; i++) sum += (LANCZOS[i] ?? 0) / (shifted + i);
  const base = shifted + 7.5;
  return HALF_LOG_TWO_PI + (shifted + 0.5) * Math.log(base) - base + Math.log(sum);
}

/** ln Γ(x) − [(x − ½) ln x − x + ½ ln 2π] for x ≥ 15. */
function stirlingTail(x: number): number {
  const inverse = 1 / x;
  const square = inverse * inverse;
  return (
    inverse *
    (1 / 12 -
      square *
        (1 / 360 -
          square *
            (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - square * (691 / 360360 - square / 156))))))
  );
}

/** Stirling error ln Γ(x + 1) − [(x + ½) ln x − x + ½ ln 2π], x > 0 (Loader 2000). */
export function stirlingError(x: number): number {
  if (x >= 15) return stirlingTail(x);
  return logGamma(x + 1) - (x + 0.5) * Math.log(x) + x - HALF_LOG_TWO_PI;
}

/** Deviance part x ln(x/m) + m − x without cancellation near x = m (Loader 2000). */
export function poissonDeviance(x: number, mean: number): number {
  const gap = x - mean;
  if (Math.abs(gap) < 0.1 * (x + mean)) {
    const v = gap / (x + mean);
    let sum = gap * v;
    let term = 2 * x * v;
    for (let j = 1; j < 1000; j++) {
      term *= v * v;
      const next = sum + term / (2 * j + 1);
      if (next === sum) return next;
      sum = next;
    }
    return sum;
  }
  return x * Math.log(x / mean) - gap;
}

/** ln of e^−m m^x / Γ(x + 1): the Poisson density at real x ≥ 0, m > 0. */
export function logPoisson(x: number, mean: number): number {
  if (x === 0) return -mean;
  return -stirlingError(x) - poissonDeviance(x, mean) - 0.5 * Math.log(x) - HALF_LOG_TWO_PI;
}

/** Regularised lower and upper incomplete gamma functions, with the logarithm of the upper one. */
export interface IncompleteGamma {
  readonly lower: number;
  readonly upper: number;
  readonly logUpper: number;
}

/** P(s, x) and Q(s, x), s > 0, x ≥ 0: the series below x = s + 1, the continued fraction above. */
export function incompleteGamma(shape: number, x: number): IncompleteGamma {
  if (x <= 0) return { lower: 0, upper: 1, logUpper: 0 };
  if (x === Infinity) return { lower: 1, upper: 0, logUpper: -Infinity };
  const logFront = logPoisson(shape, x);
  if (x < shape + 1) {
    let term = 1;
    let sum = 1;
    for (let k = 1; k < 1e7 && term > 1e-17 * sum; k++) {
      term *= x / (shape + k);
      sum += term;
    }
    const lower = Math.min(1, Math.exp(logFront) * sum);
    return { lower, upper: 1 - lower, logUpper: Math.log1p(-lower) };
  }
  const logUpper = Math.min(0, logFront + Math.log(shape * upperGammaFraction(shape, x)));
  const upper = Math.exp(logUpper);
  return { lower: 1 - upper, upper, logUpper };
}

/**
 * Continued fraction of Γ(s, x) / (e^−x x^s) for x above 1 (Lentz); s may be 0 or negative.
 * Terminates at once for s = 1, where it is 1/x.
 */
export function upperGammaFraction(shape: number, x: number): number {
  let b = x + 1 - shape;
  let c = 1e300;
  let d = 1 / b;
  let value = d;
  for (let i = 1; i < 100_000; i++) {
    const numerator = -i * (i - shape);
    b += 2;
    const denominator = numerator * d + b;
    d = 1 / (denominator === 0 ? 1e-300 : denominator);
    const ratio = b + numerator / c;
    c = ratio === 0 ? 1e-300 : ratio;
    const change = c * d;
    value *= change;
    if (Math.abs(change - 1) < 2e-16) break;
  }
  return value;
}
