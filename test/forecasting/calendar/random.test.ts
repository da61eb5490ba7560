import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createRandom,
  RandomGenerator,
  sampleBinomial,
  sampleGamma,
  sampleMultinomial,
  sampleOverdispersedCount,
  samplePoisson,
  shuffled,
} from '../../../forecasting/index.ts';

function moments(count: number, draw: () => number) {
  let mean = 0;
  let squares = 0;
  for (let i = 1; i <= count; i++) {
    const x = draw();
    const delta = x - mean;
    mean += delta / i;
    squares += delta * (x - mean);
  }
  return { mean, variance: squares / (count - 1) };
}

/** Largest gap between the empirical and the true distribution function, times √n (99.9 % point 1.95). */
function kolmogorov(count: number, draw: () => number, cumulative: (x: number) => number): number {
  const sorted = Float64Array.from({ length: count }, draw).sort();
  let gap = 0;
  sorted.forEach((x, i) => {
    const p = cumulative(x);
    gap = Math.max(gap, p - i / count, (i + 1) / count - p);
  });
  return gap * Math.sqrt(count);
}

/** Chi-square statistic against expected counts, standardised to mean 0 and variance 1. */
function chiSquareZ(observed: readonly number[], expected: readonly number[]): number {
  let statistic = 0;
  observed.forEach((count, i) => {
    statistic += (count - expected[i]!) ** 2 / expected[i]!;
  });
  const degrees = observed.length - 1;
  return (statistic - degrees) / Math.sqrt(2 * degrees);
}

describe('xoshiro128**', () => {
  it('gives the published outputs from state 1, 2, 3, 4', () => {
    // Outputs of the authors' reference C code (also the rand_xoshiro crate's test vector).
    const random = new RandomGenerator('vector', [1, 2, 3, 4]);
    const outputs = Array.from({ length: 10 }, () => random.uint32());
    expect(outputs).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it('gives the same numbers for the same seed and others for another', () => {
    const draw = (seed: number | string) => {
      const random = createRandom(seed);
      return Array.from({ length: 4 }, () => random.uint32());
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw(7)).not.toEqual(draw('7'));
  });

  it('keeps a named stream the same whatever was drawn before', () => {
    fc.assert(
      fc.property(fc.integer(), fc.string(), fc.nat(50), (seed, name, drawn) => {
        const fresh = createRandom(seed).stream(name).uint32();
        const used = createRandom(seed);
        for (let i = 0; i < drawn; i++) used.uint32();
        expect(used.stream(name).uint32()).toBe(fresh);
      }),
    );
  });

  it('tells nested names apart', () => {
    const root = createRandom(1);
    expect(root.stream('a/1:b').path).not.toBe(root.stream('a').stream('b').path);
    expect(root.stream('a').stream('b').uint32()).not.toBe(root.stream('b').stream('a').uint32());
  });

  it('gives numbered streams without visible correlation', () => {
    const root = createRandom(11);
    const draws = Array.from({ length: 20_000 }, (_, i) => root.stream(i).uniform());
    let product = 0;
    for (let i = 1; i < draws.length; i++) product += (draws[i]! - 0.5) * (draws[i - 1]! - 0.5);
    const correlation = (product / (draws.length - 1)) * 12;
    expect(Math.abs(correlation)).toBeLessThan(4 / Math.sqrt(draws.length));
    let next = 0;
    expect(
      kolmogorov(
        draws.length,
        () => draws[next++]!,
        x => x,
      ),
    ).toBeLessThan(1.95);
  });

  it('refuses a seed that is not a whole number', () => {
    for (const seed of [Number.NaN, Infinity, 0.5]) expect(() => createRandom(seed)).toThrow(/seed/);
  });
});

describe('uniform and whole numbers', () => {
  it('is uniform on [0, 1)', () => {
    const random = createRandom(1);
    expect(
      kolmogorov(
        100_000,
        () => random.uniform(),
        x => x,
      ),
    ).toBeLessThan(1.95);
  });

  it('gives each whole number below the bound equally often', () => {
    const random = createRandom(2);
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 70_000; i++) counts[random.integer(7)]!++;
    expect(chiSquareZ(counts, new Array<number>(7).fill(10_000))).toBeLessThan(4);
    expect(() => random.integer(0)).toThrow(RangeError);
    expect(() => random.integer(1.5)).toThrow(RangeError);
  });

  it('shuffles without losing an item or touching the input', () => {
    const items = Object.freeze([1, 2, 3, 4, 5, 6]);
    const firsts = new Array<number>(6).fill(0);
    const random = createRandom(3);
    for (let i = 0; i < 6_000; i++) {
      const order = shuffled(random, items);
      expect([...order].sort()).toEqual([...items]);
      firsts[order[0]! - 1]!++;
    }
    expect(chiSquareZ(firsts, new Array<number>(6).fill(1_000))).toBeLessThan(4);
  });
});

describe('exponential and normal', () => {
  it('draws the exponential law, tail included', () => {
    const random = createRandom(4);
    expect(
      kolmogorov(
        200_000,
        () => random.exponential(),
        x => -Math.expm1(-x),
      ),
    ).toBeLessThan(1.95);
    let beyond = 0;
    for (let i = 0; i < 2_000_000; i++) if (random.exponential() > 8) beyond++;
    const expected = 2_000_000 * Math.exp(-8);
    expect(Math.abs(beyond - expected)).toBeLessThan(4 * Math.sqrt(expected));
  });

  it('fills a block with the same numbers as single draws', () => {
    const single = createRandom(5);
    const block = createRandom(5);
    const target = new Float64Array(5_000);
    block.fillExponential(target);
    for (const x of target) expect(x).toBe(single.exponential());
    expect(block.uint32()).toBe(single.uint32());
  });

  it('draws the normal law, tail included', () => {
    const random = createRandom(6);
    const { mean, variance } = moments(400_000, () => random.normal());
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(400_000));
    expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / 400_000));
    // Two-sided normal tail areas at 1, 2, 3 and 3.7 (Abramowitz & Stegun 26.2; 3.7 lies beyond the last layer).
    const areas = [0.31731050786, 0.04550026389, 0.0026997960633, 2.1559885e-4];
    const seen = [0, 0, 0, 0];
    for (let i = 0; i < 1_000_000; i++) {
      const size = Math.abs(random.normal());
      [1, 2, 3, 3.7].forEach((edge, j) => {
        if (size > edge) seen[j]!++;
      });
    }
    areas.forEach((area, j) => {
      const sd = Math.sqrt(1_000_000 * area * (1 - area));
      expect(Math.abs(seen[j]! - 1_000_000 * area)).toBeLessThan(4 * sd);
    });
  });
});

describe('gamma and counts', () => {
  it.each([0.2, 0.9, 1, 3, 50])('draws gamma with shape %d: mean and variance', shape => {
    const random = createRandom(`gamma ${shape}`);
    const n = 200_000;
    const { mean, variance } = moments(n, () => sampleGamma(random, shape, 2));
    expect(Math.abs(mean - 2 * shape)).toBeLessThan(4 * Math.sqrt((4 * shape) / n));
    const fourth = 3 * shape * shape + 6 * shape;
    expect(Math.abs(variance - 4 * shape)).toBeLessThan(4 * 4 * Math.sqrt((fourth - shape * shape) / n));
  });

  it.each([0.3, 4, 9.99, 10, 37, 400])(
    'draws Poisson with mean %d: every count as often as it should',
    mean => {
      const random = createRandom(`poisson ${mean}`);
      const n = 200_000;
      const low = Math.max(0, Math.floor(mean - 3 * Math.sqrt(mean)));
      const high = Math.ceil(mean + 3 * Math.sqrt(mean)) + 1;
      const observed = new Array<number>(high - low + 1).fill(0);
      for (let i = 0; i < n; i++) {
        const k = samplePoisson(random, mean);
        observed[Math.min(high, Math.max(low, k)) - low]!++;
      }
      const mass: number[] = [];
      let logMass = -mean;
      for (let k = 0; k <= mean + 12 * Math.sqrt(mean) + 20; k++) {
        if (k > 0) logMass += Math.log(mean / k);
        mass.push(Math.exp(logMass));
      }
      const expected = new Array<number>(observed.length).fill(0);
      mass.forEach((p, k) => {
        expected[Math.min(high, Math.max(low, k)) - low]! += n * p;
      });
      expect(chiSquareZ(observed, expected)).toBeLessThan(4);
    },
  );

  it.each([
    [5, 0.3],
    [40, 0.6],
    [1_000, 0.004],
    [1_000, 0.25],
    [100_000, 0.5],
  ])('draws binomial (%d, %d): mean and variance', (trials, p) => {
    const random = createRandom(`binomial ${trials} ${p}`);
    const n = 100_000;
    const { mean, variance } = moments(n, () => sampleBinomial(random, trials, p));
    const truth = trials * p * (1 - p);
    expect(Math.abs(mean - trials * p)).toBeLessThan(4 * Math.sqrt(truth / n));
    expect(Math.abs(variance / truth - 1)).toBeLessThan(4 * Math.sqrt((2 + 1 / truth) / n));
  });

  it('draws overdispersed counts with variance mean + (cv × mean)²', () => {
    const random = createRandom('overdispersed');
    const { mean, variance } = moments(200_000, () => sampleOverdispersedCount(random, 100, 0.2));
    expect(Math.abs(mean - 100)).toBeLessThan(4 * Math.sqrt(500 / 200_000));
    expect(variance).toBeGreaterThan(500 * 0.98);
    expect(variance).toBeLessThan(500 * 1.02);
  });

  it('splits a multinomial so that the parts sum to the whole, in proportion', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.nat(10_000),
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 12 }),
        (seed, trials, weights) => {
          fc.pre(weights.some(w => w > 0));
          const parts = sampleMultinomial(createRandom(seed), trials, Object.freeze(weights));
          expect(parts.reduce((a, b) => a + b, 0)).toBe(trials);
          parts.forEach((part, i) => {
            expect(part).toBeGreaterThanOrEqual(0);
            if (weights[i] === 0) expect(part).toBe(0);
          });
        },
      ),
    );
    const total = sampleMultinomial(createRandom(9), 600_000, [1, 2, 3]);
    expect(chiSquareZ(total, [100_000, 200_000, 300_000])).toBeLessThan(4);
  });

  it('names the field that is wrong', () => {
    const random = createRandom(1);
    expect(() => samplePoisson(random, -1)).toThrow(/mean/);
    expect(() => samplePoisson(random, Number.NaN)).toThrow(/mean/);
    expect(() => sampleGamma(random, 0, 1)).toThrow(/shape/);
    expect(() => sampleBinomial(random, 2.5, 0.5)).toThrow(/trials/);
    expect(() => sampleBinomial(random, 2, 1.5)).toThrow(/probability/);
    expect(() => sampleMultinomial(random, 2, [0, 0])).toThrow(/weights/);
    expect(() => sampleOverdispersedCount(random, 2, -1)).toThrow(/rateCv/);
  });
});
