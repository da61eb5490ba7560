import {
  createRandom,
  type IntervalSeries,
  type RandomGenerator,
  sampleGamma,
  samplePoisson,
} from '../../../forecasting/index.ts';

/** How a made-up queue scatters; the truth that bands are judged by. Relative standard deviations. */
export interface MadeUpKind {
  readonly name: string;
  /** Contacts of an average day. */
  readonly perDay: number;
  /** Of a day's own factor, and its correlation with the next day's. */
  readonly day: number;
  readonly dayCorrelation: number;
  /** Weekly step of the level, a random walk. */
  readonly weeklyStep: number;
  /** Of an interval's rate; counts are negative binomial where it is above 0, Poisson otherwise. */
  readonly interval: number;
}

/** From nothing but Poisson noise to a level that wanders and days that resemble their neighbours. */
export const MADE_UP_KINDS: readonly MadeUpKind[] = [
  { name: 'Poisson alone', perDay: 150, day: 0, dayCorrelation: 0, weeklyStep: 0, interval: 0 },
  { name: 'days vary', perDay: 600, day: 0.07, dayCorrelation: 0, weeklyStep: 0, interval: 0.07 },
  { name: 'alike days', perDay: 600, day: 0.07, dayCorrelation: 0.7, weeklyStep: 0, interval: 0.07 },
  { name: 'level wanders', perDay: 600, day: 0.07, dayCorrelation: 0, weeklyStep: 0.03, interval: 0.07 },
  { name: 'large, lively', perDay: 4000, day: 0.12, dayCorrelation: 0.3, weeklyStep: 0.02, interval: 0.1 },
];

const STEP_SECONDS = 3600;
const DAY_SLOTS = 24;
const FROM_HOUR = 8;
const TO_HOUR = 18;
const WEEKDAY = [1.25, 1.05, 1, 1, 0.95, 0.45, 0.3];
/** Monday, 6 January 2025, in a zone without clock changes. */
const START = Date.UTC(2025, 0, 6) / 1000;

const openShape = Array.from({ length: DAY_SLOTS }, (_, hour) =>
  hour < FROM_HOUR || hour >= TO_HOUR ? 0 : 0.15 + Math.exp(-(((hour - 11) / 3.5) ** 2)),
);
const SHAPE = openShape.map(value => value / openShape.reduce((sum, one) => sum + one, 0));

/** A queue of `days` days drawn from a kind; the same seed gives the same counts. Closed hours have no data. */
export function madeUpHistory(kind: MadeUpKind, days: number, seed: string): IntervalSeries {
  const random = createRandom(seed);
  const offered: (number | null)[] = [];
  let level = 1;
  let mood = random.normal();
  for (let d = 0; d < days; d++) {
    if (d % 7 === 0) level *= Math.exp(kind.weeklyStep * random.normal());
    const own = Math.sqrt(1 - kind.dayCorrelation ** 2) * random.normal();
    mood = kind.dayCorrelation * mood + own;
    const factor = level * Math.exp(kind.day * mood - kind.day ** 2 / 2);
    for (const share of SHAPE) {
      const mean = kind.perDay * (WEEKDAY[d % 7] ?? 1) * share * factor;
      offered.push(share > 0 ? drawCount(random, mean, kind.interval) : null);
    }
  }
  return {
    start: START,
    stepSeconds: STEP_SECONDS,
    timeZone: 'Etc/UTC',
    offered,
    ahtSeconds: offered.map(() => null),
  };
}

function drawCount(random: RandomGenerator, mean: number, deviation: number): number {
  const shape = deviation > 0 ? 1 / deviation ** 2 : 0;
  return samplePoisson(random, shape > 0 ? sampleGamma(random, shape, mean / shape) : mean);
}
