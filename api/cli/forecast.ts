import {
  addDays,
  endOf,
  type ForecastOptions,
  forecastQueue,
  type HistoryFinding,
  type IntervalSeries,
  localDateOf,
  localDay,
  type QueueForecast,
} from '../../forecasting/index.ts';
import { CommandError, type CommandInput, type CommandSpec, type OptionSpec } from './args.ts';
import { readHistoryFile } from './historyFile.ts';
import { parseInstant, readTimeZone } from './localClock.ts';
import { localTimeFormatter } from './localTime.ts';
import { type Cell, OUTPUT_OPTIONS, print, printTable, type Table, type TableColumn } from './output.ts';
import { readSpecialDays } from './specialDaysFile.ts';

/** Options of every command that forecasts from a file. */
export const HISTORY_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'history',
    value: 'FILE',
    help: 'CSV: interval_start,offered[,handled,abandoned,aht_seconds], single calls, or any report that import knows',
    required: true,
  },
  { name: 'queue', value: 'NAME', help: 'the queue wanted, when a report holds several' },
  { name: 'time-zone', value: 'ZONE', help: 'zone of the local times, e.g. America/Chicago', required: true },
  { name: 'special-days', value: 'FILE', help: 'CSV: date,name[,kind] of holidays, closures and events' },
  {
    name: 'interval',
    value: 'TIME',
    help: 'interval length when the history is single calls; 30m unless told',
  },
];

const LEVELS: OptionSpec = { name: 'levels', value: 'LIST', help: 'bands in per cent', default: '80,95' };

export const forecastCommand: CommandSpec = {
  name: 'forecast',
  summary: 'volume and handle time with bands, from a history file',
  options: [
    ...HISTORY_OPTIONS,
    {
      name: 'origin',
      value: 'TIME',
      help: 'only rows before it are used; the day after the last row unless told',
    },
    { name: 'horizon', value: 'TIME', help: 'how far ahead', default: '7d' },
    LEVELS,
    {
      name: 'point',
      value: 'KIND',
      help: 'what the CSV gives as offered: median (least absolute error) or expected (sums rightly; staffing uses it)',
      default: 'median',
    },
    ...OUTPUT_OPTIONS,
  ],
  examples: [
    'coverline forecast --history calls.csv --time-zone America/Chicago',
    'coverline forecast --history calls.csv --time-zone America/Chicago --origin 2026-05-04T00:00 --horizon 7d --levels 80,95 --csv',
  ],
  run: runForecast,
};

async function runForecast(input: CommandInput): Promise<number> {
  const point = readPoint(input);
  const request = await readForecastRequest(input);
  const forecast = forecastFrom(request);
  if (input.has('json')) {
    await print(`${JSON.stringify(forecast, finiteJson, 2)}\n`);
  } else if (input.has('csv')) {
    await printTable(input, '', intervalTable(forecast, forecast[point]));
  } else {
    await printTable(input, titleOf(forecast), dayTable(forecast));
    await print(`\n${notesOf(forecast)}`);
  }
  return 0;
}

/** What a forecast from a file needs: the series before the origin and the options. */
export interface ForecastRequest {
  readonly series: IntervalSeries;
  /** What was noticed while the file was read. */
  readonly fileFindings: readonly HistoryFinding[];
  readonly options: ForecastOptions & { readonly originEpochSeconds: number };
}

/** The forecast asked for; its findings begin with those of the file. */
export function forecastFrom({ series, options, fileFindings }: ForecastRequest): QueueForecast {
  const forecast = forecastQueue(series, options);
  return { ...forecast, findings: [...fileFindings, ...forecast.findings] };
}

/** Reads history, origin, horizon, levels and special days from a command's options. */
export async function readForecastRequest(input: CommandInput): Promise<ForecastRequest> {
  const timeZone = readTimeZone(input);
  const originText = input.text('origin');
  const given = originText === undefined ? undefined : parseInstant(originText, timeZone, '--origin');
  const { series, findings } = await readHistoryFile(input.required('history'), {
    timeZone,
    ...(given !== undefined && { beforeEpochSeconds: given }),
    ...(input.has('interval') && { callStepSeconds: input.seconds('interval') ?? 1800 }),
    ...(input.has('queue') && { queueName: input.required('queue') }),
  });
  const originEpochSeconds = given ?? nextMidnight(series);
  const specialFile = input.text('special-days');
  return {
    series,
    fileFindings: findings,
    options: {
      originEpochSeconds,
      endEpochSeconds: horizonEnd(originEpochSeconds, input.seconds('horizon', 'd') ?? 7 * 86_400, timeZone),
      levels: readLevels(input),
      ...(specialFile !== undefined && { specialDays: await readSpecialDays(specialFile) }),
    },
  };
}

/** The first local midnight at or after the end of a series. */
function nextMidnight(series: IntervalSeries): number {
  const day = localDay(localDateOf(endOf(series) - 1, series.timeZone), series.timeZone);
  return day.endEpochSeconds;
}

/** The end of the horizon: whole days count local days, so that a clock change does not cut one short. */
function horizonEnd(origin: number, seconds: number, timeZone: string): number {
  if (seconds % 86_400 !== 0) return origin + seconds;
  const date = localDateOf(origin, timeZone);
  const intoDay = origin - localDay(date, timeZone).startEpochSeconds;
  return localDay(addDays(date, seconds / 86_400), timeZone).startEpochSeconds + intoDay;
}

/** Band levels, `80,95`, as shares. */
function readLevels(input: CommandInput): readonly number[] {
  return (input.list('levels') ?? ['80', '95']).map(text => {
    const level = Number(text) / 100;
    if (level > 0 && level < 1) return level;
    throw new CommandError(`--levels must be per cents between 0 and 100, such as 80,95; found "${text}"`, 2);
  });
}

function finiteJson(_key: string, value: unknown): unknown {
  return value === Infinity ? null : value;
}

/** The column that stands for the forecast in one number. */
/** The column of a forecast that the CSV gives as offered. */
function readPoint(input: CommandInput): 'median' | 'offered' {
  const kind = input.text('point');
  if (kind === 'median') return 'median';
  if (kind === 'expected') return 'offered';
  throw new CommandError(`--point must be median or expected; found "${kind}"`, 2);
}

/** Every open interval of the horizon. */
function intervalTable(forecast: QueueForecast, point: readonly number[]): Table {
  const format = localTimeFormatter(forecast.timeZone);
  const hasAht = forecast.ahtSeconds.some(value => value !== null);
  const bands = forecast.bands.map(band => ({ band, label: String(Math.round(band.level * 1000) / 10) }));
  const columns: TableColumn[] = [
    { name: 'interval_start', heading: 'Interval' },
    { name: 'offered', heading: 'Offered' },
    ...bands.flatMap(({ label }) => [
      { name: `lower_${label}`, heading: `Lower ${label}` },
      { name: `upper_${label}`, heading: `Upper ${label}` },
    ]),
    ...(hasAht ? [{ name: 'aht_seconds', heading: 'AHT s' }] : []),
  ];
  const rows: Cell[][] = [];
  point.forEach((offered, i) => {
    if (forecast.open[i] !== 1) return;
    rows.push([
      format(forecast.start + i * forecast.stepSeconds),
      rounded(offered),
      ...bands.flatMap(({ band }) => [rounded(band.lower[i] ?? 0), rounded(band.upper[i] ?? 0)]),
      ...(hasAht ? [forecast.ahtSeconds[i] == null ? null : rounded(forecast.ahtSeconds[i] ?? 0)] : []),
    ]);
  });
  return { columns, rows };
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

function dayTable(forecast: QueueForecast): Table {
  const levels = forecast.bands.map(band => band.level);
  const percent = (level: number) => `${Math.round(level * 1000) / 10} %`;
  return {
    columns: [
      { name: 'date', heading: 'Day' },
      { name: 'offered', heading: 'Offered', digits: 0 },
      ...levels.map(level => ({ name: `band_${level}`, heading: `${percent(level)} band` })),
      { name: 'aht_seconds', heading: 'AHT s', digits: 0 },
      { name: 'special_day', heading: 'Note' },
    ],
    rows: forecast.days.map(day => [
      weekdayLabel(day.date),
      day.offered,
      ...levels.map(level => {
        const band = day.bands.find(candidate => candidate.level === level);
        return band ? `${Math.round(band.lower)}–${Math.round(band.upper)}` : null;
      }),
      dayAht(forecast, day.firstIndex, day.count),
      day.specialDay ?? '',
    ]),
  };
}

function dayAht(forecast: QueueForecast, firstIndex: number, count: number): number | null {
  let seconds = 0;
  let contacts = 0;
  for (let i = firstIndex; i < firstIndex + count; i++) {
    const aht = forecast.ahtSeconds[i];
    if (aht == null) continue;
    seconds += aht * (forecast.offered[i] ?? 0);
    contacts += forecast.offered[i] ?? 0;
  }
  return contacts > 0 ? seconds / contacts : null;
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** `Mon 2026-05-04`. */
export function weekdayLabel(date: string): string {
  return `${WEEKDAYS[localDay(date, 'UTC').weekday] ?? ''} ${date}`;
}

function titleOf(forecast: QueueForecast): string {
  const format = localTimeFormatter(forecast.timeZone);
  return `Forecast from ${format(forecast.originEpochSeconds)} (${forecast.timeZone}), ${forecast.stepSeconds / 60}-minute intervals`;
}

/** What made the forecast and how sure it is, in sentences. */
export function notesOf(forecast: QueueForecast): string {
  const lines: string[] = [];
  const [method] = forecast.methods;
  if (method) {
    const members = [...method.members].sort((a, b) => b.share - a.share);
    const models = members.map(member => `${member.model} ${Math.round(member.share * 100)} %`).join(', ');
    lines.push(`Made from ${models}.`);
    if (method.wape !== null && method.naiveWape !== null)
      lines.push(comparison(method.wape, method.naiveWape));
  }
  lines.push(
    `No method can be better than ${(forecast.noiseFloorWape * 100).toFixed(1)} % by interval: that much is chance.`,
    ...forecast.notes,
    ...forecast.findings.slice(0, 8).map(finding => `History: ${finding.message}`),
  );
  if (forecast.findings.length > 8)
    lines.push(`… and ${forecast.findings.length - 8} more findings (--json lists them).`);
  return `${lines.join('\n')}\n`;
}

function comparison(wape: number, naive: number): string {
  const own = `${(wape * 100).toFixed(1)} %`;
  const other = `${(naive * 100).toFixed(1)} %`;
  return wape <= naive
    ? `On its own past the forecast was off by ${own} (WAPE by interval); the same day last week by ${other}.`
    : `On its own past the same day last week did better (${other}) than this forecast (${own} WAPE by interval).`;
}
