import { describe, expect, it } from 'vitest';
import { createRandom, type Patience, type ServiceLaw } from '../../../forecasting/index.ts';
import { patienceFiller, serviceFiller } from '../../../forecasting/simulation/law.ts';
import { patienceLaw } from '../../../forecasting/staffing/patience.ts';

const COUNT = 100_000;

function draws(fill: (target: Float64Array) => void): Float64Array {
  const sample = new Float64Array(COUNT);
  fill(sample);
  return sample;
}

describe('patience draws', () => {
  const laws: readonly Patience[] = [
    { kind: 'exponential', meanSeconds: 150 },
    { kind: 'weibull', shape: 0.7, scaleSeconds: 100 },
    { kind: 'weibull', shape: 2, meanSeconds: 90 },
    { kind: 'lognormal', mu: 4, sigma: 0.8 },
    { kind: 'lognormal', meanSeconds: 120, sdSeconds: 200 },
    { kind: 'lognormal', meanSeconds: 120, sigma: 0.5 },
    { kind: 'hyperexponential', probabilities: [0.25, 0.75], meansSeconds: [10, 300] },
    { kind: 'hyperexponential', weights: [0.5, 0.5], meanSeconds: [30, 60] },
    { kind: 'empirical', seconds: [0, 20, 60, 200], survival: [0.95, 0.7, 0.4, 0.1] },
    { kind: 'empirical', seconds: [20, 60, 200], survival: [0.7, 0.4, 0], interpolation: 'linear' },
  ];

  it.each(laws.map(law => [JSON.stringify(law), law] as const))(
    'follow the survival curve of %s',
    (name, law) => {
      const exact = patienceLaw(law)!;
      const sample = draws(patienceFiller(law, createRandom(name)));
      for (const at of [0, 1, 5, 15, 30, 59, 100, 150, 250, 600]) {
        const truth = exact.survival(at);
        const seen = sample.reduce((count, x) => (x > at ? count + 1 : count), 0) / COUNT;
        expect(Math.abs(seen - truth)).toBeLessThan(4.5 * Math.sqrt((truth * (1 - truth)) / COUNT) + 1e-12);
      }
    },
  );

  it('reach the limits: nobody waits, or everybody for ever', () => {
    const all = (law: Patience | undefined) => new Set(draws(patienceFiller(law, createRandom(1))));
    expect(all(undefined)).toEqual(new Set([Infinity]));
    expect(all({ kind: 'exponential', meanSeconds: Infinity })).toEqual(new Set([Infinity]));
    expect(all({ kind: 'exponential', meanSeconds: 0 })).toEqual(new Set([0]));
    expect(all({ kind: 'deterministic', seconds: 0 })).toEqual(new Set([0]));
    expect(all({ kind: 'deterministic', seconds: 45 })).toEqual(new Set([45]));
  });

  it('name the field that is wrong', () => {
    const fill = (law: Patience) => () => patienceFiller(law, createRandom(1));
    expect(fill({ kind: 'exponential', meanSeconds: -1 })).toThrow(/patience\.meanSeconds/);
    expect(fill({ kind: 'deterministic', seconds: Number.NaN })).toThrow(/patience\.seconds/);
    expect(fill({ kind: 'weibull', shape: 0, scaleSeconds: 1 })).toThrow(/patience\.shape/);
    expect(fill({ kind: 'empirical', seconds: [1], survival: [2] })).toThrow(/patience\.survival/);
  });
});

describe('handle-time draws', () => {
  const laws: readonly (readonly [ServiceLaw, number])[] = [
    [{ kind: 'exponential' }, 1],
    [{ kind: 'deterministic' }, 0],
    [{ kind: 'lognormal', cv: 0.8 }, 0.8],
    [{ kind: 'gamma', cv: 0.5 }, 0.5],
    [{ kind: 'gamma', cv: 0 }, 0],
    // Mean 200, variance 20,000 / 3.
    [{ kind: 'empirical', seconds: [100, 200, 300] }, Math.sqrt(2 / 3) / 2],
  ];

  it.each(laws.map(([law, cv]) => [JSON.stringify(law), law, cv] as const))(
    'have mean 1 and the cv of %s',
    (name, law, cv) => {
      const sample = draws(serviceFiller(law, createRandom(name)));
      const mean = sample.reduce((a, b) => a + b, 0) / COUNT;
      const variance = sample.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (COUNT - 1);
      expect(Math.abs(mean - 1)).toBeLessThanOrEqual((4.5 * cv) / Math.sqrt(COUNT) + 1e-12);
      expect(Math.abs(Math.sqrt(variance) - cv)).toBeLessThanOrEqual(0.03 * cv + 1e-12);
    },
  );
});
