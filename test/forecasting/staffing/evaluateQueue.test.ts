import { describe, expect, it } from 'vitest';
import { evaluateQueue, type Load } from '../../../forecasting/index.ts';
import { birthDeathReference, type ReferenceCase, relativeError } from './highPrecision.ts';

const CASES: readonly ReferenceCase[] = Object.freeze(
  [
    [100, 1800, 180, 14, 300],
    [100, 1800, 180, 7, 300],
    [12, 900, 600, 3, 30],
    [1, 3600, 300, 1, 45],
    [600, 1800, 300, 100, 300],
    [600, 1800, 300, 92, 90],
    [600, 1800, 300, 118, 3600],
    [600, 1800, 300, 130, 0],
    [101, 1800, 180, 11, 0],
    [30, 900, 420, 15, 1],
    [2000, 1800, 240, 250, 600],
    [2000, 1800, 240, 280, 0],
    [40, 1800, 300, 2, 600],
  ].map(([calls, intervalSeconds, ahtSeconds, agents, patienceSeconds]) => ({
    calls: calls ?? 0,
    intervalSeconds: intervalSeconds ?? 0,
    ahtSeconds: ahtSeconds ?? 0,
    agents: agents ?? 0,
    patienceSeconds: patienceSeconds ?? 0,
    answerWithinSeconds: 20,
  })),
);

function loadOf(input: ReferenceCase): Load {
  const { calls, intervalSeconds, ahtSeconds, patienceSeconds, trunks } = input;
  return {
    calls,
    intervalSeconds,
    ahtSeconds,
    ...(patienceSeconds > 0
      ? { patience: { kind: 'exponential', meanSeconds: patienceSeconds } as const }
      : {}),
    ...(trunks === undefined ? {} : { trunks }),
  };
}

function check(input: ReferenceCase, mainTolerance: number, tailTolerance: number): void {
  const want = birthDeathReference(input);
  const got = evaluateQueue(loadOf(input), input.agents, { answerWithinSeconds: input.answerWithinSeconds });
  const label = JSON.stringify(input);
  const main: [string, number, number][] = [
    ['wait', got.waitProbability, want.wait],
    ['abandon', got.abandonProbability, want.abandon],
    ['block', got.blockProbability, want.block],
    ['queue', got.meanQueueLength, want.meanQueueLength],
    ['asa', got.asaSeconds, want.asaSeconds],
    ['occupancy', got.occupancy, want.occupancy],
  ];
  for (const [name, value, reference] of main) {
    expect(relativeError(value, reference), `${name} of ${label}`).toBeLessThan(mainTolerance);
  }
  const tails: [string, number, number][] = [
    ['offered', got.serviceLevel.offered, want.answeredWithin],
    ['waitExceeds', got.waitExceeds(input.answerWithinSeconds), want.waitBeyond],
    ['virtual', got.serviceLevel.virtual, want.virtualWithin],
    ['virtualWaitExceeds', got.virtualWaitExceeds(input.answerWithinSeconds), want.virtualBeyond],
  ];
  for (const [name, value, reference] of tails) {
    expect(relativeError(value, reference), `${name} of ${label}`).toBeLessThan(tailTolerance);
  }
}

describe('evaluateQueue against birth–death sums in 480 digits', () => {
  it('Erlang A: main metrics to 1e-11, tails to 1e-9', () => {
    for (const input of CASES.filter(one => one.patienceSeconds > 0)) check(input, 1e-11, 1e-9);
  });

  it('Erlang C: 1e-12', () => {
    for (const input of CASES.filter(one => one.patienceSeconds === 0)) check(input, 1e-12, 1e-11);
  });

  it('finite trunks, also below the offered load and with endless patience', () => {
    for (const input of CASES.slice(0, 9)) {
      for (const room of [0, 1, 4, 25]) check({ ...input, trunks: input.agents + room }, 1e-11, 1e-9);
    }
    check({ ...CASES[0]!, calls: 300, patienceSeconds: 0, trunks: 40 }, 1e-11, 1e-9);
    check({ ...CASES[0]!, calls: 3000, patienceSeconds: 20, trunks: 400 }, 1e-11, 1e-9);
  });

  it('tiny shares keep their digits: overload of 200 and service levels below 1e-6', () => {
    check({ ...CASES[0]!, calls: 4000, agents: 2 }, 1e-11, 1e-9);
    check({ ...CASES[4]!, agents: 70, patienceSeconds: 3000 }, 1e-11, 1e-9);
    check({ ...CASES[4]!, agents: 150, answerWithinSeconds: 120 }, 1e-11, 1e-9);
  });
});
