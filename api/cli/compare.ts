import { type IntervalActuals, planAgainstActual, type ReviewPeriod } from '../../forecasting/index.ts';
import { CommandError, type CommandInput, type CommandSpec } from './args.ts';
import { readCsv } from './csvFile.ts';
import { LocalClock, readTimeZone } from './localClock.ts';
import { localTimeFormatter } from './localTime.ts';
import { OUTPUT_OPTIONS, printTable } from './output.ts';

const PERIODS: readonly ReviewPeriod[] = ['interval', 'day', 'week', 'month', 'all'];

const PLAN_COLUMNS = ['offered', 'aht_seconds', 'required', 'scheduled'] as const;
const ACTUAL_COLUMNS = [
  'offered',
  'handled',
  'abandoned',
  'answered_within',
  'handle_seconds',
  'aht_seconds',
  'staffed',
] as const;

export const compareCommand: CommandSpec = {
  name: 'compare',
  summary: 'plan against actual by interval, day, week or month',
  options: [
    {
      name: 'plan',
      value: 'FILE',
      help: `CSV: ${columnsText(PLAN_COLUMNS)}`,
      required: true,
    },
    {
      name: 'actuals',
      value: 'FILE',
      help: `CSV: ${columnsText(ACTUAL_COLUMNS)}`,
      required: true,
    },
    { name: 'time-zone', value: 'ZONE', help: 'zone of the local times', required: true },
    { name: 'by', value: 'PERIOD', help: PERIODS.join(', '), default: 'day' },
    ...OUTPUT_OPTIONS,
  ],
  examples: ['coverline compare --plan forecast.csv --actuals week.csv --time-zone America/Chicago --by day'],
  run: runCompare,
};

function columnsText([first, ...others]: readonly string[]): string {
  return `interval_start,${first}[,${others.join(',')}]`;
}

async function runCompare(input: CommandInput): Promise<number> {
  const by = input.text('by') ?? 'day';
  const period = PERIODS.find(candidate => candidate === by);
  if (!period) throw new CommandError(`--by must be one of ${PERIODS.join(', ')}; found "${by}"`, 2);
  const timeZone = readTimeZone(input);
  const plan = await readTable(input.required('plan'), timeZone, PLAN_COLUMNS);
  const actual = await readTable(input.required('actuals'), timeZone, ACTUAL_COLUMNS);
  const shared = [...plan.keys()].filter(at => actual.has(at)).sort((a, b) => a - b);
  const [start] = shared;
  if (start === undefined) throw new CommandError('plan and actuals have no interval in common');
  const stepSeconds = shared.reduce((least, at, i) => {
    const gap = at - (shared[i - 1] ?? Number.NEGATIVE_INFINITY);
    return gap > 0 && gap < least ? gap : least;
  }, 3600);
  const count = ((shared.at(-1) ?? start) - start) / stepSeconds + 1;
  const column = (rows: Rows, name: string) =>
    Array.from({ length: count }, (_, i) => rows.get(start + i * stepSeconds)?.[name] ?? null);
  const rows = planAgainstActual(
    {
      forecastOffered: column(plan, 'offered'),
      forecastAhtSeconds: column(plan, 'aht_seconds'),
      requiredAgents: column(plan, 'required'),
      scheduledAgents: column(plan, 'scheduled'),
    },
    actualsOf(actual, { start, stepSeconds, timeZone, count }),
    period,
  );
  const format = localTimeFormatter(timeZone);
  await printTable(input, '', {
    columns: [
      { name: 'period', heading: 'Period' },
      { name: 'forecast_offered', heading: 'Forecast', digits: 0 },
      { name: 'offered', heading: 'Actual', digits: 0 },
      { name: 'error_share', heading: 'Error', percent: true },
      { name: 'wape', heading: 'WAPE', percent: true },
      { name: 'forecast_aht_seconds', heading: 'AHT plan s', digits: 0 },
      { name: 'aht_seconds', heading: 'AHT s', digits: 0 },
      { name: 'required_hours', heading: 'Required h', digits: 1 },
      { name: 'scheduled_hours', heading: 'Scheduled h', digits: 1 },
      { name: 'staffed_hours', heading: 'Staffed h', digits: 1 },
      { name: 'service_level', heading: 'SL', percent: true },
    ],
    rows: rows.map(row => [
      period === 'interval' ? format(row.startEpochSeconds) : row.label,
      row.forecastOffered,
      row.offered,
      row.errorShare,
      row.wape,
      row.forecastAhtSeconds,
      row.ahtSeconds,
      row.requiredHours,
      row.scheduledHours,
      row.staffedHours,
      row.serviceLevel,
    ]),
  });
  return 0;
}

type Rows = ReadonlyMap<number, Readonly<Record<string, number | null>>>;

function actualsOf(
  rows: Rows,
  grid: {
    readonly start: number;
    readonly stepSeconds: number;
    readonly timeZone: string;
    readonly count: number;
  },
): IntervalActuals {
  const { start, stepSeconds, timeZone, count } = grid;
  const at = (i: number) => rows.get(start + i * stepSeconds);
  const column = (name: string) => Array.from({ length: count }, (_, i) => at(i)?.[name] ?? null);
  const handled = (i: number) => at(i)?.handled ?? at(i)?.offered ?? null;
  const handleSeconds = Array.from({ length: count }, (_, i) => {
    const total = at(i)?.handle_seconds;
    if (total != null) return total;
    const aht = at(i)?.aht_seconds;
    const contacts = handled(i);
    return aht == null || contacts === null ? null : aht * contacts;
  });
  return {
    start,
    stepSeconds,
    timeZone,
    offered: column('offered'),
    handled: Array.from({ length: count }, (_, i) => handled(i)),
    abandoned: column('abandoned'),
    answeredWithin: column('answered_within'),
    handleSeconds,
    staffedAgents: column('staffed'),
  };
}

async function readTable(file: string, timeZone: string, columns: readonly string[]): Promise<Rows> {
  const rows = await readCsv(file);
  const headings = Object.keys(rows[0] ?? {});
  for (const name of ['interval_start', 'offered']) {
    if (!headings.includes(name))
      throw new CommandError(`${file}: there is no column ${name}; found ${headings.join(', ')}`);
  }
  const clock = new LocalClock(timeZone);
  const table = new Map<number, Record<string, number | null>>();
  rows.forEach((row, i) => {
    const where = `${file}, row ${i + 2}`;
    const at = clock.instant(row.interval_start ?? '', `${where}, interval_start`);
    if (table.has(at)) {
      throw new CommandError(
        `${where}: the interval ${row.interval_start} is there twice; compare one queue at a time`,
      );
    }
    const cells: Record<string, number | null> = {};
    for (const name of columns) {
      const cell = row[name] ?? '';
      const value = cell === '' ? null : Number(cell);
      if (value !== null && !(Number.isFinite(value) && value >= 0))
        throw new CommandError(`${where}, ${name}: found "${cell}"; expected a number of at least 0`);
      cells[name] = value;
    }
    table.set(at, cells);
  });
  return table;
}
