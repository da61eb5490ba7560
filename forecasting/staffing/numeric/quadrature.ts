/** Nodes and weights of a rule on [−1, 1]. */
export interface QuadratureRule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/** Gauss–Legendre rule of `order` points on [−1, 1], by Newton steps on the Legendre recurrence. */
export function gaussLegendre(order: number): QuadratureRule {
  const nodes = new Float64Array(order);
  const weights = new Float64Array(order);
  for (let i = 0; i < order; i++) {
    let x = Math.cos((Math.PI * (order - i - 0.25)) / (order + 0.5));
    let derivative = 1;
    for (let step = 0; step < 100; step++) {
      let previous = 1;
      let value = x;
      for (let k = 2; k <= order; k++) {
        const next = ((2 * k - 1) * x * value - (k - 1) * previous) / k;
        previous = value;
        value = next;
      }
      derivative = (order * (x * value - previous)) / (x * x - 1);
      const change = value / derivative;
      x -= change;
      if (Math.abs(change) < 1e-16) break;
    }
    nodes[i] = x;
    weights[i] = 2 / ((1 - x * x) * derivative * derivative);
  }
  return { nodes, weights };
}

/** The 16-point rule: exact for polynomials up to degree 31. */
export const GAUSS_16: QuadratureRule = gaussLegendre(16);
