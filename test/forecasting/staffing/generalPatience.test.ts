import { describe, expect, it } from 'vitest';
import { evaluateQueue, type Patience, type QueueMetrics } from '../../../forecasting/index.ts';
import { relativeError } from './highPrecision.ts';

const LOAD = Object.freeze({ calls: 180, intervalSeconds: 1800, ahtSeconds: 240 });
const RATE = LOAD.calls / LOAD.intervalSeconds;

interface Shares {
  readonly wait: number;
  readonly abandon: number;
  readonly meanWait: number;
  readonly asa: number;
  readonly answeredWithin: number;
  readonly waitBeyond: number;
}

/**
 * Baccelli–Hebuterne by brute force: the density of the virtual wait on a uniform grid, Simpson's rule, with the
 * survival curve integrated on the same grid. Shares nothing with the code under test but the formula.
 */
function bruteForce(
  survival: (x: number) => number,
  agents: number,
  t: number,
  end: number,
  cells: number,
): Shares {
  const drain = agents / LOAD.ahtSeconds;
  const load = RATE * LOAD.ahtSeconds;
  let inverse = 1;
  for (let k = 1; k <= agents; k++) inverse = 1 + (inverse * k) / load;
  const step = end / cells;
  let area = 0;
  let [waiting, abandoned, wait, asa, within, beyond] = [0, 0, 0, 0, 0, 0];
  const at = (x: number, weight: number, patience: number): void => {
    const density = weight * drain * Math.exp(RATE * area - drain * x);
    waiting += density;
    abandoned += density * (1 - patience);
    wait += density * area;
    asa += density * x * patience;
  };
  // Midpoints, so that neither jumps nor T fall on a point; T and the jumps lie on cell edges.
  for (let i = 0; i < cells; i++) {
    const x = (i + 0.5) * step;
    const patience = survival(x);
    area += 0.5 * step * patience;
    at(x, step, patience);
    const density = step * drain * Math.exp(RATE * area - drain * x);
    if (x < t) within += density * patience;
    else beyond += density;
    area += 0.5 * step * patience;
  }
  const total = inverse - 1 + waiting;
  const served = 1 - abandoned / total;
  return {
    wait: waiting / total,
    abandon: abandoned / total,
    meanWait: wait / total,
    asa: asa / total / served,
    answeredWithin: (inverse - 1 + within) / total,
    waitBeyond: (beyond / total) * survival(t + 1e-12),
  };
}

function compare(
  patience: Patience,
  survival: (x: number) => number,
  agents: number,
  end: number,
  tolerance: number,
) {
  const t = 20;
  const coarse = bruteForce(survival, agents, t, end, 200_000);
  const fine = bruteForce(survival, agents, t, end, 400_000);
  // Richardson step: the midpoint rule errs by step².
  const want = (pick: (shares: Shares) => number): number => (4 * pick(fine) - pick(coarse)) / 3;
  const got: QueueMetrics = evaluateQueue({ ...LOAD, patience }, agents, { answerWithinSeconds: t });
  const label = `${patience.kind}, ${agents} agents`;
  expect(
    relativeError(
      got.waitProbability,
      want(s => s.wait),
    ),
    `wait, ${label}`,
  ).toBeLessThan(tolerance);
  expect(
    relativeError(
      got.abandonProbability,
      want(s => s.abandon),
    ),
    `abandon, ${label}`,
  ).toBeLessThan(tolerance);
  expect(
    relativeError(
      got.meanWaitSeconds,
      want(s => s.meanWait),
    ),
    `mean wait, ${label}`,
  ).toBeLessThan(tolerance);
  expect(
    relativeError(
      got.asaSeconds,
      want(s => s.asa),
    ),
    `asa, ${label}`,
  ).toBeLessThan(tolerance);
  expect(
    relativeError(
      got.serviceLevel.offered,
      want(s => s.answeredWithin),
    ),
    `offered, ${label}`,
  ).toBeLessThan(tolerance);
  expect(
    relativeError(
      got.waitExceeds(t),
      want(s => s.waitBeyond),
    ),
    `tail, ${label}`,
  ).toBeLessThan(tolerance);
}

/** Normal distribution function by its alternating series, |z| < 6. */
function normal(z: number): number {
  let term = z;
  let sum = z;
  for (let k = 1; k < 200; k++) {
    term *= (-z * z) / (2 * k);
    sum += term / (2 * k + 1);
  }
  return 0.5 + sum / Math.sqrt(2 * Math.PI);
}

describe('general patience', () => {
  it('deterministic', () => {
    for (const agents of [18, 24, 27]) {
      compare({ kind: 'deterministic', seconds: 60 }, x => (x < 60 ? 1 : 0), agents, 2000, 1e-8);
    }
  });

  it('hyperexponential', () => {
    const survival = (x: number) => 0.3 * Math.exp(-x / 8) + 0.7 * Math.exp(-x / 400);
    for (const agents of [16, 24, 30]) {
      compare(
        { kind: 'hyperexponential', probabilities: [0.3, 0.7], meansSeconds: [8, 400] },
        survival,
        agents,
        3200,
        1e-8,
      );
    }
  });

  it('Weibull, also of shape 2.5 and of shape 0.8', () => {
    for (const agents of [18, 24]) {
      compare(
        { kind: 'weibull', shape: 2.5, scaleSeconds: 120 },
        x => Math.exp(-((x / 120) ** 2.5)),
        agents,
        1600,
        1e-8,
      );
      // Not smooth at 0: the brute force is the less exact of the two.
      compare(
        { kind: 'weibull', shape: 0.8, scaleSeconds: 120 },
        x => Math.exp(-((x / 120) ** 0.8)),
        agents,
        3200,
        1e-6,
      );
    }
  });

  it('lognormal by mu and sigma, and by mean and standard deviation', () => {
    const survival = (x: number) => 1 - normal(Math.max(-5.9, Math.min(5.9, (Math.log(x) - 4.5) / 0.9)));
    compare({ kind: 'lognormal', mu: 4.5, sigma: 0.9 }, survival, 24, 3200, 1e-8);
    const meanSeconds = Math.exp(4.5 + 0.405);
    const sdSeconds = meanSeconds * Math.sqrt(Math.expm1(0.81));
    const byMoments = evaluateQueue(
      { ...LOAD, patience: { kind: 'lognormal', meanSeconds, sdSeconds } },
      24,
      { answerWithinSeconds: 20 },
    );
    const byLog = evaluateQueue({ ...LOAD, patience: { kind: 'lognormal', mu: 4.5, sigma: 0.9 } }, 24, {
      answerWithinSeconds: 20,
    });
    expect(relativeError(byMoments.abandonProbability, byLog.abandonProbability)).toBeLessThan(1e-10);
  });

  it('empirical: a Kaplan–Meier step curve, a linear one, and callers that never leave', () => {
    const seconds = [5, 30, 90, 200];
    const survival = [0.9, 0.7, 0.4, 0.25];
    const step = (x: number) => {
      const i = seconds.findLastIndex(at => at <= x);
      return i < 0 ? 1 : (survival[i] ?? 0);
    };
    for (const agents of [20, 24])
      compare({ kind: 'empirical', seconds, survival }, step, agents, 2000, 1e-8);
    const line = (x: number) => Math.max(0.4, 1 - x / 200);
    compare(
      { kind: 'empirical', seconds: [120], survival: [0.4], interpolation: 'linear' },
      line,
      22,
      3200,
      1e-8,
    );
  });

  it('equals exponential patience where the law is exponential in disguise', () => {
    const exponential = evaluateQueue({ ...LOAD, patience: { kind: 'exponential', meanSeconds: 90 } }, 22, {
      answerWithinSeconds: 30,
    });
    const disguises: Patience[] = [
      { kind: 'weibull', shape: 1, scaleSeconds: 90 },
      { kind: 'weibull', shape: 1, meanSeconds: 90 },
      { kind: 'hyperexponential', weights: [0.5, 0.5], meanSeconds: [90, 90] },
    ];
    for (const patience of disguises) {
      for (const trunks of [undefined, 26]) {
        const limit = trunks === undefined ? {} : { trunks };
        const want =
          trunks === undefined
            ? exponential
            : evaluateQueue({ ...LOAD, ...limit, patience: { kind: 'exponential', meanSeconds: 90 } }, 22, {
                answerWithinSeconds: 30,
              });
        const got = evaluateQueue({ ...LOAD, ...limit, patience }, 22, { answerWithinSeconds: 30 });
        expect(relativeError(got.abandonProbability, want.abandonProbability)).toBeLessThan(1e-10);
        expect(relativeError(got.blockProbability, want.blockProbability)).toBeLessThan(1e-10);
        expect(relativeError(got.asaSeconds, want.asaSeconds)).toBeLessThan(1e-10);
        expect(
          relativeError(got.serviceLevel.excludeShortAbandons, want.serviceLevel.excludeShortAbandons),
        ).toBeLessThan(1e-10);
        expect(relativeError(got.serviceLevel.waitOnly, want.serviceLevel.waitOnly)).toBeLessThan(1e-10);
      }
    }
  });

  it('a load of callers that never leave above capacity waits for ever', () => {
    const metrics = evaluateQueue(
      { ...LOAD, patience: { kind: 'empirical', seconds: [10], survival: [0.95] } },
      20,
      { answerWithinSeconds: 20 },
    );
    expect(metrics.asaSeconds).toBe(Infinity);
    expect(metrics.serviceLevel.offered).toBe(0);
    expect(metrics.abandonProbability).toBeCloseTo(0.05, 12);
    expect(metrics.occupancy).toBe(1);
  });
});
