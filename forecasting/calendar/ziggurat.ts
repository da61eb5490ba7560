/**
 * Layer tables of the ziggurat method (Marsaglia & Tsang 2000, "The Ziggurat Method for Generating Random
 * Variables"): 256 layers of equal area under a decreasing density, the last one with the tail.
 */
export interface Ziggurat {
  /** Right edge of each layer; `edge[0]` is the width of the base layer as if it were a rectangle. */
  readonly edge: Float64Array;
  /** Density at each edge, unnormalised. */
  readonly height: Float64Array;
  /** Where the tail begins. */
  readonly tailStart: number;
}

const LAYERS = 256;

function buildZiggurat(
  tailStart: number,
  layerArea: number,
  density: (x: number) => number,
  inverseDensity: (y: number) => number,
): Ziggurat {
  const edge = new Float64Array(LAYERS + 1);
  const height = new Float64Array(LAYERS + 1);
  edge[0] = layerArea / density(tailStart);
  edge[1] = tailStart;
  height[0] = 0;
  height[1] = density(tailStart);
  for (let i = 2; i < LAYERS; i++) {
    const previous = edge[i - 1]!;
    height[i] = layerArea / previous + density(previous);
    edge[i] = inverseDensity(height[i]!);
  }
  edge[LAYERS] = 0;
  height[LAYERS] = 1;
  return { edge, height, tailStart };
}

/** Density e^-x, x ≥ 0. The constants are those of Marsaglia & Tsang for 256 layers. */
export const EXPONENTIAL_ZIGGURAT = buildZiggurat(
  7.69711747013105,
  3.949659822581572e-3,
  x => Math.exp(-x),
  y => -Math.log(y),
);

/** Density e^(-x²/2), x ≥ 0. The constants are those of Marsaglia & Tsang for 256 layers. */
export const NORMAL_ZIGGURAT = buildZiggurat(
  3.6541528853610088,
  4.92867323399e-3,
  x => Math.exp(-0.5 * x * x),
  y => Math.sqrt(-2 * Math.log(y)),
);
