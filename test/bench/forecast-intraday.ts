import { forecastQueue, learnUpdateRule, reforecastDay } from '../../forecasting/index.ts';
import { historiesPresent, originAt, PROTOCOLS, type RealHistory, readHistory } from './forecast/history.ts';

const SHARES = [0.25, 0.5, 0.75] as const;

interface Sums {
  none: number;
  ratio: number;
  shrunk: number;
  volume: number;
}

/**
 * `npm run bench -- forecast-intraday [--dev]`: error of the rest of the day after 25, 50 and 75 % of the expected
 * contacts, without an update, with the plain ratio actual ÷ forecast, and with our shrunken update. Forecast and
 * rule see only the days before. Test days follow the last development origin's horizon.
 */
export async function run(args: readonly string[]): Promise<number> {
  if (!historiesPresent()) return 1;
  const development = args.includes('--dev');
  process.stdout.write(
    '| rest-of-day WAPE, % after 25 / 50 / 75 % of the day | days | no update | plain ratio | Coverline | ours ÷ none |\n|---|---|---|---|---|---|\n',
  );
  let worst = 0;
  for (const protocol of PROTOCOLS) {
    const history = readHistory(protocol.name, protocol.timeZone);
    const from = development ? protocol.development[0]! : protocol.test[0]!;
    const to = development ? protocol.development.at(-1)! : history.dates.length - 1;
    const step = to - from > 150 ? 4 : 1;
    const sums = SHARES.map((): Sums => ({ none: 0, ratio: 0, shrunk: 0, volume: 0 }));
    let days = 0;
    for (let index = from; index <= to; index += step) if (scoreDay(history, index, sums)) days++;
    const list = (pick: (s: Sums) => number) =>
      sums.map(s => ((100 * pick(s)) / s.volume).toFixed(2)).join(' / ');
    process.stdout.write(
      `| ${protocol.name} | ${days} | ${list(s => s.none)} | ${list(s => s.ratio)} | ${list(s => s.shrunk)} | ${sums.map(s => (s.shrunk / s.none).toFixed(3)).join(' / ')} |\n`,
    );
    for (const s of sums) worst = Math.max(worst, s.shrunk / s.none);
  }
  process.stdout.write(`\nWorst cell against no update: ${(100 * (worst - 1)).toFixed(2)} % (limit 1 %).\n`);
  return worst <= 1.01 ? 0 : 1;
}

function scoreDay(history: RealHistory, index: number, sums: readonly Sums[]): boolean {
  const { series, imputed } = history;
  const origin = originAt(history, index);
  if (imputed.has(origin + 12 * 3600)) return false;
  const forecast = forecastQueue(series, { originEpochSeconds: origin, horizonDays: 1 });
  const rule = learnUpdateRule(series, { originEpochSeconds: origin });
  const total = forecast.total.offered;
  const offset = (forecast.start - series.start) / series.stepSeconds;
  SHARES.forEach((share, s) => {
    let cut = 0;
    let expected = 0;
    while (cut < forecast.offered.length && expected < share * total) expected += forecast.offered[cut++]!;
    const update = reforecastDay(forecast, series, {
      nowEpochSeconds: forecast.start + cut * forecast.stepSeconds,
      rule,
    });
    for (let i = cut; i < forecast.offered.length; i++) {
      const actual = series.offered[offset + i];
      if (actual == null || forecast.open[i] !== 1) continue;
      sums[s]!.none += Math.abs(forecast.offered[i]! - actual);
      sums[s]!.ratio += Math.abs(forecast.offered[i]! * update.ratio - actual);
      sums[s]!.shrunk += Math.abs(update.offered[i]! - actual);
      sums[s]!.volume += actual;
    }
  });
  return true;
}
