import {
  backtest,
  createRandom,
  forecastQueue,
  type IntervalSeries,
  localDay,
  sampleGamma,
  samplePoisson,
} from '../../forecasting/index.ts';

const DAYS = 731;
const STEP_SECONDS = 1800;
const ZONE = 'America/New_York';
const START = localDay('2024-01-01', ZONE).startEpochSeconds;

/** Two years of half-hours around the clock with weekday, day and month effects, drawn from a seed. */
function twoYears(seed: number): IntervalSeries {
  const random = createRandom(seed);
  const count = (DAYS * 86_400) / STEP_SECONDS;
  const offered: number[] = [];
  let factor = 1;
  for (let i = 0; i < count; i++) {
    const day = Math.floor(i / 48);
    if (i % 48 === 0) factor = sampleGamma(random, 200, 1 / 200) * (day % 30 < 3 ? 1.15 : 1);
    const weekday = [1.2, 1.05, 1, 1, 0.95, 0.5, 0.4][day % 7]!;
    offered.push(
      samplePoisson(random, factor * weekday * (0.5 + 40 * Math.exp(-((((i % 48) - 22) / 9) ** 2)))),
    );
  }
  return {
    start: START,
    stepSeconds: STEP_SECONDS,
    timeZone: ZONE,
    offered,
    ahtSeconds: offered.map(n => (n > 0 ? 300 : null)),
  };
}

function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const used = process.cpuUsage(before);
  return (used.user + used.system) / 1e6;
}

/**
 * `npm run bench -- forecast-speed [--queues 100]`: CPU time of one queue with two years of half-hours (fit, choice of
 * models and bands), of twelve rolling origins, of many queues one after the other, and the largest resident memory.
 */
export async function run(args: readonly string[]): Promise<number> {
  const at = args.indexOf('--queues');
  const queues = at >= 0 ? Number(args[at + 1]) : 100;
  const series = twoYears(1);
  const options = { originEpochSeconds: START + DAYS * 86_400, horizonDays: 28 };
  const first = cpuSeconds(() => forecastQueue(series, options));
  const warm = cpuSeconds(() => forecastQueue(series, options));
  const twelve = cpuSeconds(() => backtest(series, { origins: 12, horizonsDays: [1, 7, 28] }));
  let done = 0;
  const started = process.hrtime.bigint();
  const many = cpuSeconds(() => {
    for (let q = 0; q < queues; q++) {
      forecastQueue(twoYears(q), options);
      done++;
      if (process.stderr.isTTY) process.stderr.write(`\r${done}/${queues} queues`);
    }
  });
  const wall = Number(process.hrtime.bigint() - started) / 1e9;
  const memory = process.resourceUsage().maxRSS / 1024;
  const rows: (readonly [string, number, number, string])[] = [
    ['one queue, first call (code still cold)', first, 0.5, 's CPU'],
    ['one queue, warm', warm, 0.5, 's CPU'],
    ['twelve rolling origins with choice at each', twelve, 3, 's CPU'],
    [`${queues} queues on one core, data drawn included`, many, (60 * 2 * queues) / 100, 's CPU'],
    ['largest resident memory', memory, 300, 'MB'],
  ];
  process.stdout.write('| two years of half-hours | measured | limit |\n|---|---|---|\n');
  for (const [what, value, limit, unit] of rows) {
    process.stdout.write(`| ${what} | ${value.toFixed(2)} ${unit} | ${limit} ${unit} |\n`);
  }
  process.stdout.write(`\nWall time of the ${queues} queues: ${wall.toFixed(1)} s.\n`);
  return rows.every(([what, value, limit]) => value <= limit || what.includes('cold')) ? 0 : 1;
}
