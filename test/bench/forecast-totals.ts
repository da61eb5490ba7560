import type { IntervalSeries } from '../../forecasting/index.ts';
import { historiesPresent, originAt, PROTOCOLS, readHistory } from './forecast/history.ts';
import { MADE_UP_KINDS, madeUpHistory } from './forecast/madeUpHistory.ts';
import { type Held, HORIZON_DAYS, noteTotals, nothingHeld, SPANS } from './forecast/totals.ts';

const LENGTHS_WEEKS = [8, 20, 52, 104];
const DAY_SECONDS = 86_400;
/** Origins on the real histories, by index of the day: from, step. */
const REAL_ORIGINS: Readonly<Record<string, { readonly from: number; readonly step: number }>> = {
  'bank-us-15min': { from: 45, step: 5 },
  'ed-arrivals-hourly': { from: 200, step: 28 },
};

/**
 * `npm run bench -- forecast-totals [--histories N] [--weeks 8,20] [--real]`: how often the bands of day, week and
 * four-week totals hold, on N (25) made-up histories of each kind and length, whose truth is known, and on the real ones,
 * whole and cut to their last 20 weeks. `--real` leaves out the made-up ones.
 */
export async function run(args: readonly string[]): Promise<number> {
  const option = (name: string) => args[args.indexOf(name) + 1];
  const histories = args.includes('--histories') ? Number(option('--histories')) : 25;
  const lengths = args.includes('--weeks') ? (option('--weeks') ?? '').split(',').map(Number) : LENGTHS_WEEKS;
  if (!(histories > 0) || lengths.some(weeks => !(weeks > 0))) {
    process.stderr.write('--histories and --weeks take whole numbers above 0\n');
    return 2;
  }
  print(`| history | ${SPANS.map(span => `${span.name} 80 / 95 %`).join(' | ')} |`);
  print(`|---|${SPANS.map(() => '---|').join('')}`);
  if (!args.includes('--real')) for (const weeks of lengths) madeUpRows(weeks, histories);
  const real = historiesPresent();
  if (real) realRows();
  print('');
  print(
    'Each cell: bands held (sampled futures held their 80 %; half width of the 80 % band ÷ mean absolute error).',
  );
  print('A normal error has 1.61 as the last figure. Real four-week spans of the bank overlap.');
  return real ? 0 : 1;
}

function madeUpRows(weeks: number, histories: number): void {
  const all = nothingHeld();
  for (const kind of MADE_UP_KINDS) {
    const held = nothingHeld();
    for (let h = 0; h < histories; h++) {
      const series = madeUpHistory(kind, 7 * weeks + HORIZON_DAYS, `${kind.name}, ${weeks} weeks, ${h}`);
      noteTotals(series, series.start + 7 * weeks * DAY_SECONDS, held);
    }
    print(row(`${weeks} weeks, ${kind.name}`, held));
    for (const [s, sum] of all.entries()) add(sum, held[s]);
  }
  print(row(`**${weeks} weeks, all kinds**`, all));
}

function realRows(): void {
  for (const { name, timeZone } of PROTOCOLS) {
    const history = readHistory(name, timeZone);
    const { from, step } = REAL_ORIGINS[name] ?? { from: 100, step: 28 };
    const whole = nothingHeld();
    const cut = nothingHeld();
    const isFilled = (start: number) => history.imputed.has(start);
    let origins = 0;
    for (let day = from; day + 20 <= history.dates.length; day += step) {
      const origin = originAt(history, day);
      if (origin + HORIZON_DAYS * DAY_SECONDS > endOf(history.series)) break;
      noteTotals(history.series, origin, whole, isFilled);
      noteTotals(lastWeeks(history.series, origin, 20), origin, cut, isFilled);
      origins++;
    }
    print(row(`${name}, whole (${origins} origins)`, whole));
    print(row(`${name}, last 20 weeks`, cut));
  }
}

function endOf(series: IntervalSeries): number {
  return series.start + series.offered.length * series.stepSeconds;
}

/** The series from `weeks` weeks before the origin on. */
function lastWeeks(series: IntervalSeries, origin: number, weeks: number): IntervalSeries {
  const first = Math.max(
    0,
    Math.round((origin - weeks * 7 * DAY_SECONDS - series.start) / series.stepSeconds),
  );
  return {
    ...series,
    start: series.start + first * series.stepSeconds,
    offered: series.offered.slice(first),
    ahtSeconds: series.ahtSeconds.slice(first),
  };
}

function add(sum: Held, part: Held | undefined): void {
  if (!part) return;
  for (const key of ['count', 'at80', 'at95', 'sampled80', 'halfWidth', 'error'] as const)
    sum[key] += part[key];
}

function row(label: string, held: readonly Held[]): string {
  const cells = held.map(({ count, at80, at95, sampled80, halfWidth, error }) => {
    const share = (value: number) => Math.round((100 * value) / count);
    return `${share(at80)} / ${share(at95)} (${share(sampled80)}; ${(halfWidth / error).toFixed(2)})`;
  });
  return `| ${label} | ${cells.join(' | ')} |`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
