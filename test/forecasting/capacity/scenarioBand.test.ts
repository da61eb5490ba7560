import { beforeAll, describe, expect, it } from 'vitest';
import {
  computeScenario,
  createRandom,
  drawBand,
  planAgents,
  type RandomGenerator,
  type ScenarioBand,
  type ScenarioOutcome,
  sampleGamma,
  samplePoisson,
  scenarioBand,
} from '../../../forecasting/index.ts';
import { runQuickPath } from '../../../forecasting/simulation/quickPath.ts';
import {
  ABANDONED,
  ANSWERED,
  ANSWERED_WAIT,
  ANSWERED_WITHIN,
  OFFERED,
  sumTally,
} from '../../../forecasting/simulation/tally.ts';
import { monthQueues, monthScatter } from '../../bench/whatIfMonth.ts';

const DAYS = 7;
const SLOTS = 96;
const CORRELATION = 0.3;
const FUTURES = 120;

/** What a report of the week would show. */
interface Reported {
  readonly serviceLevel: number;
  readonly abandonmentRate: number;
  readonly asaSeconds: number;
}

/** One week as it might come: calls drawn here, from the same law that the forecast states, and played one by one. */
function playWeek(outcome: ScenarioOutcome, random: RandomGenerator): Reported {
  const scatter = monthScatter().uncertainty.buckets[0];
  if (!scatter) throw new Error('no scatter');
  const shared = { level: random.normal(), days: Array.from({ length: DAYS }, () => random.normal()) };
  const factor = (common: number, variance: number) => {
    const sigma = Math.sqrt(Math.log1p(variance));
    const normal = Math.sqrt(CORRELATION) * common + Math.sqrt(1 - CORRELATION) * random.normal();
    return Math.exp(sigma * normal - sigma ** 2 / 2);
  };
  let [offered, inTime, abandoned, answered, waited] = [0, 0, 0, 0, 0];
  outcome.queues.forEach(({ queue, demand, agents }, q) => {
    const level = factor(shared.level, scatter.levelVariance);
    const days = shared.days.map(common => factor(common, scatter.dayVariance - scatter.levelVariance));
    const calls = demand.offered.map((mean, i) => {
      if (mean === null) return 0;
      const rate = mean * level * (days[Math.floor(i / SLOTS)] ?? 1);
      const variance = (scatter.slotFactor - 1) / rate + scatter.slotVariance;
      return samplePoisson(random, rate * sampleGamma(random, 1 / variance, variance));
    });
    const tally = runQuickPath(
      {
        stepSeconds: queue.stepSeconds,
        calls,
        exactCounts: true,
        ahtSeconds: demand.ahtSeconds.map(aht => aht ?? 300),
        agents: agents.map(count => count ?? 0),
        answerWithinSeconds: queue.goal.serviceLevel?.answerWithinSeconds ?? 30,
        patience: { kind: 'exponential', meanSeconds: queue.patienceSeconds ?? 120 },
      },
      random.stream(`queue ${q}`),
    );
    const cells = sumTally(tally, 0, 0, calls.length);
    offered += cells[OFFERED] ?? 0;
    inTime += cells[ANSWERED_WITHIN] ?? 0;
    abandoned += cells[ABANDONED] ?? 0;
    answered += cells[ANSWERED] ?? 0;
    waited += cells[ANSWERED_WAIT] ?? 0;
  });
  return {
    serviceLevel: inTime / offered,
    abandonmentRate: abandoned / offered,
    asaSeconds: waited / answered,
  };
}

describe('the band of a scenario', () => {
  let band: ScenarioBand;
  let outcome: ScenarioOutcome;
  let weeks: readonly Reported[];

  beforeAll(() => {
    const queues = monthQueues().map(queue => ({
      ...queue,
      offered: queue.offered.slice(0, DAYS * SLOTS),
      ahtSeconds: queue.ahtSeconds.slice(0, DAYS * SLOTS),
    }));
    const correlation = queues.map((_, i) => queues.map((__, j) => (i === j ? 1 : CORRELATION)));
    outcome = computeScenario(queues, [], planAgents(queues));
    band = scenarioBand(outcome, queues.map(monthScatter), drawBand(correlation, DAYS));
    const random = createRandom('weeks that the band has not seen');
    weeks = Array.from({ length: FUTURES }, (_, week) => playWeek(outcome, random.stream(week)));
  });

  it.each(['serviceLevel', 'abandonmentRate', 'asaSeconds'] as const)(
    'holds eight of ten weeks played call by call: %s',
    figure => {
      const range = band[figure];
      if (range === null) throw new Error('no band');
      const inside = weeks.filter(week => week[figure] >= range.low && week[figure] <= range.high).length;
      const below = weeks.filter(week => week[figure] < range.low).length;
      // A binomial share of 120 at 0.8 lies within 0.11 of it in 99.7 % of cases.
      expect(inside / FUTURES).toBeGreaterThan(0.69);
      expect(inside / FUTURES).toBeLessThan(0.91);
      expect(below / FUTURES).toBeLessThan(0.2);
    },
  );
});
