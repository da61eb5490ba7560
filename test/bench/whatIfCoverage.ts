import {
  computeScenario,
  createRandom,
  drawBand,
  forecastQueue,
  type IntervalSeries,
  planAgents,
  type RandomGenerator,
  type ScenarioQueue,
  sampleGamma,
  samplePoisson,
  scenarioBand,
} from '../../forecasting/index.ts';
import { runQuickPath } from '../../forecasting/simulation/quickPath.ts';
import { ABANDONED, ANSWERED_WITHIN, OFFERED, sumTally } from '../../forecasting/simulation/tally.ts';

const SLOTS = 48;
const STEP_SECONDS = 1800;
const WEEKS = 20;
/** Monday, 1 June 2026. */
const START = Date.UTC(2026, 5, 1) / 1000;
const AHT_SECONDS = 300;
const PATIENCE_SECONDS = 150;
const HOURS = {
  weekly: Array.from({ length: 7 }, (_, day) => (day < 6 ? [{ startMinute: 480, endMinute: 1080 }] : [])),
};

/** A queue made up anew: its level wanders from week to week, its days have moods of their own. */
function madeUpSeries(random: RandomGenerator): IntervalSeries {
  const offered: (number | null)[] = [];
  let level = 40 + 60 * random.uniform();
  for (let day = 0; day < (WEEKS + 1) * 7; day++) {
    if (day % 7 === 0) level *= Math.exp(0.03 * random.normal());
    const mood = Math.exp(0.07 * random.normal());
    const weekday = day % 7 === 0 ? 1.2 : day % 7 === 5 ? 0.6 : 1;
    for (let slot = 0; slot < SLOTS; slot++) {
      const isOpen = day % 7 < 6 && slot >= 16 && slot < 36;
      const mean = level * mood * weekday * (0.6 + 0.4 * Math.sin((Math.PI * (slot - 15)) / 22));
      offered.push(isOpen ? samplePoisson(random, mean * sampleGamma(random, 200, 1 / 200)) : null);
    }
  }
  return {
    start: START,
    stepSeconds: STEP_SECONDS,
    timeZone: 'Etc/UTC',
    offered,
    ahtSeconds: offered.map(calls => (calls === null ? null : AHT_SECONDS)),
  };
}

export interface CoverageCount {
  readonly weeks: number;
  /** The same for the forecast's own band of the week's calls, for comparison. */
  readonly calls: number;
  readonly serviceLevel: number;
  readonly abandonmentRate: number;
}

/**
 * How often the band of a what-if holds a week that the forecast has not seen: made-up queues, forecast from twenty
 * weeks, staffed for the forecast, and the twenty-first week's calls played one by one against that staff.
 */
export function bandCoverage(weeks: number): CoverageCount {
  const random = createRandom('weeks to come');
  const draws = drawBand([[1]], 8);
  const inside = { calls: 0, serviceLevel: 0, abandonmentRate: 0 };
  for (let week = 0; week < weeks; week++) {
    const own = random.stream(week);
    const series = madeUpSeries(own);
    const origin = START + WEEKS * 7 * 86_400;
    const forecast = forecastQueue(series, {
      openingHours: HOURS,
      originEpochSeconds: origin,
      endEpochSeconds: origin + 7 * 86_400,
    });
    const queue = scenarioQueue(forecast);
    const outcome = computeScenario([queue], [], planAgents([queue]));
    const band = scenarioBand(outcome, [forecast], draws);
    const cells = playWeek(series, outcome.queues[0]?.agents ?? [], own);
    const total = forecast.total.bands.find(one => Math.abs(one.level - 0.8) < 1e-6);
    const calls = cells[OFFERED] ?? 0;
    if (total && calls >= total.lower && calls <= total.upper) inside.calls += 1;
    const seen = {
      serviceLevel: (cells[ANSWERED_WITHIN] ?? 0) / (cells[OFFERED] ?? 1),
      abandonmentRate: (cells[ABANDONED] ?? 0) / (cells[OFFERED] ?? 1),
    };
    for (const figure of ['serviceLevel', 'abandonmentRate'] as const) {
      const range = band[figure];
      if (range && seen[figure] >= range.low && seen[figure] <= range.high) inside[figure] += 1;
    }
  }
  return {
    weeks,
    calls: inside.calls / weeks,
    serviceLevel: inside.serviceLevel / weeks,
    abandonmentRate: inside.abandonmentRate / weeks,
  };
}

function scenarioQueue(forecast: ReturnType<typeof forecastQueue>): ScenarioQueue {
  return {
    queueId: 'made up',
    start: forecast.start,
    stepSeconds: STEP_SECONDS,
    timeZone: 'Etc/UTC',
    openingHours: HOURS,
    offered: forecast.offered.map((calls, i) => (forecast.open[i] === 1 ? calls : null)),
    ahtSeconds: forecast.offered.map(() => AHT_SECONDS),
    goal: { serviceLevel: { target: 0.8, answerWithinSeconds: 30, definition: 'offered' } },
    goalPeriods: [],
    patienceSeconds: PATIENCE_SECONDS,
    shortAbandonSeconds: 5,
    shrinkageShare: 0,
  };
}

function playWeek(
  series: IntervalSeries,
  agents: readonly (number | null)[],
  random: RandomGenerator,
): Float64Array {
  const calls = series.offered.slice(-7 * SLOTS).map(value => value ?? 0);
  const tally = runQuickPath(
    {
      stepSeconds: STEP_SECONDS,
      calls,
      exactCounts: true,
      ahtSeconds: AHT_SECONDS,
      agents: calls.map((_, i) => agents[i] ?? 0),
      answerWithinSeconds: 30,
      patience: { kind: 'exponential', meanSeconds: PATIENCE_SECONDS },
    },
    random.stream('calls'),
  );
  return sumTally(tally, 0, 0, calls.length);
}
