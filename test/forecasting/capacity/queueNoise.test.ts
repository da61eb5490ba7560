import { describe, expect, it } from 'vitest';
import { queueNoise } from '../../../forecasting/capacity/queueNoise.ts';
import { createRandom, evaluateQueue } from '../../../forecasting/index.ts';
import { runQuickPath } from '../../../forecasting/simulation/quickPath.ts';
import {
  ABANDONED,
  ANSWERED_WAIT,
  ANSWERED_WITHIN,
  OFFERED,
  sumTally,
} from '../../../forecasting/simulation/tally.ts';

describe('queueNoise', () => {
  it.each([
    { calls: 40, aht: 330, patience: 150, agents: 17, within: 30 },
    { calls: 100, aht: 240, patience: 120, agents: 29, within: 20 },
    { calls: 12, aht: 600, patience: 180, agents: 10, within: 60 },
  ])(
    'is what simulated stretches scatter: $calls calls, $agents agents',
    ({ calls, aht, patience, agents, within }) => {
      const step = 900;
      const intervals = 40;
      const load = {
        calls,
        intervalSeconds: step,
        ahtSeconds: aht,
        patience: { kind: 'exponential' as const, meanSeconds: patience },
      };
      const exact = evaluateQueue(load, agents, { answerWithinSeconds: within });
      const level = exact.serviceLevel.offered;
      const random = createRandom(3);
      const sums = { level: 0, lost: 0, wait: 0 };
      const runs = 160;
      for (let run = 0; run < runs; run++) {
        const tally = runQuickPath(
          {
            stepSeconds: step,
            calls: new Array<number>(intervals + 4).fill(calls),
            ahtSeconds: aht,
            agents,
            answerWithinSeconds: within,
            patience: load.patience,
          },
          random.stream(run),
        );
        const cells = sumTally(tally, 0, 4, intervals + 4);
        const at = (field: number) => cells[field] ?? 0;
        sums.level += (at(ANSWERED_WITHIN) - level * at(OFFERED)) ** 2;
        sums.lost += (at(ABANDONED) - exact.abandonProbability * at(OFFERED)) ** 2;
        sums.wait +=
          (at(ANSWERED_WAIT) - exact.asaSeconds * (1 - exact.abandonProbability) * at(OFFERED)) ** 2;
      }
      const found = queueNoise(calls / step, aht, patience, agents, within);
      const seconds = intervals * step;
      // 160 runs know a variance to about a ninth.
      for (const [formula, simulated] of [
        [found.serviceLevel, sums.level],
        [found.abandonment, sums.lost],
        [found.wait, sums.wait],
      ] as const) {
        const ratio = (formula * seconds) / (simulated / runs);
        expect(ratio).toBeGreaterThan(0.7);
        expect(ratio).toBeLessThan(1.45);
      }
    },
  );

  it('is nothing where nobody ever waits', () => {
    expect(queueNoise(1 / 900, 60, 120, 40, 20).serviceLevel).toBeLessThan(1e-9);
  });
});
