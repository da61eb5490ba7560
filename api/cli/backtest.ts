import { type Accuracy, backtest, certificate, type ForecastCertificate } from '../../forecasting/index.ts';
import { CommandError, type CommandInput, type CommandSpec, parseDuration } from './args.ts';
import { HISTORY_OPTIONS } from './forecast.ts';
import { readHistoryFile } from './historyFile.ts';
import { parseInstant, readTimeZone } from './localClock.ts';
import { type Cell, OUTPUT_OPTIONS, print, printTable, type TableColumn, wantsText } from './output.ts';
import { ProgressBar } from './progress.ts';
import { readSpecialDays } from './specialDaysFile.ts';

export const backtestCommand: CommandSpec = {
  name: 'backtest',
  summary: 'how accurate the forecast was on the history itself, against simple forecasts',
  options: [
    ...HISTORY_OPTIONS,
    { name: 'origins', value: 'N|LIST', help: 'how many rolling origins, or their times', default: '8' },
    { name: 'horizons', value: 'LIST', help: 'horizons in whole days', default: '1d,7d,28d' },
    { name: 'name', value: 'TEXT', help: 'name of the queue in the certificate', default: 'queue' },
    ...OUTPUT_OPTIONS,
  ],
  examples: [
    'coverline backtest --history calls.csv --time-zone America/Chicago --origins 8 --horizons 1d,7d,28d --json',
  ],
  run: runBacktest,
};

async function runBacktest(input: CommandInput): Promise<number> {
  const timeZone = readTimeZone(input);
  const specialFile = input.text('special-days');
  const { series } = await readHistoryFile(input.required('history'), {
    timeZone,
    ...(input.has('interval') && { callStepSeconds: input.seconds('interval') ?? 1800 }),
    ...(input.has('queue') && { queueName: input.required('queue') }),
  });
  const bar = new ProgressBar('Backtest');
  const result = backtest(series, {
    origins: readOrigins(input, timeZone),
    horizonsDays: readHorizons(input),
    ...(specialFile !== undefined && { specialDays: await readSpecialDays(specialFile) }),
    onProgress: done => bar.update(done),
  });
  bar.done();
  const paper = certificate(input.text('name') ?? 'queue', result, {
    timeZone,
    stepSeconds: series.stepSeconds,
  });
  await printTable(input, '', { columns: COLUMNS, rows: rowsOf(paper) }, paper);
  if (wantsText(input)) await print(`\n${paper.line}\n`);
  return 0;
}

function readOrigins(input: CommandInput, timeZone: string): number | readonly number[] {
  const items = input.list('origins') ?? ['8'];
  if (items.length === 1 && /^\d+$/.test(items[0] ?? '')) return Number(items[0]);
  return items.map(item => parseInstant(item, timeZone, '--origins'));
}

function readHorizons(input: CommandInput): readonly number[] {
  return (input.list('horizons') ?? []).map(item => {
    const days = parseDuration(item, 'd', '--horizons') / 86_400;
    if (Number.isInteger(days)) return days;
    throw new CommandError(`--horizons must be whole days such as 1d,7d,28d; found "${item}"`, 2);
  });
}

const COLUMNS: readonly TableColumn[] = [
  { name: 'horizon_days', heading: 'Days', digits: 0 },
  { name: 'method', heading: 'Method' },
  { name: 'wape', heading: 'WAPE', percent: true, digits: 2 },
  { name: 'mase', heading: 'MASE', digits: 3 },
  { name: 'bias', heading: 'Bias', percent: true, digits: 2 },
  { name: 'wql', heading: 'wQL', percent: true, digits: 2 },
  { name: 'coverage_80', heading: 'In 80 %', percent: true },
  { name: 'coverage_95', heading: 'In 95 %', percent: true },
];

function rowsOf(paper: ForecastCertificate): readonly (readonly Cell[])[] {
  return paper.horizons.flatMap(horizon => [
    accuracyRow(horizon.horizonDays, 'forecast', horizon.forecast),
    ...horizon.naive.map(({ method, accuracy }) => accuracyRow(horizon.horizonDays, method, accuracy)),
    [horizon.horizonDays, 'floor (chance)', horizon.floorWape, null, null, null, null, null],
  ]);
}

function accuracyRow(days: number, method: string, accuracy: Accuracy): readonly Cell[] {
  const share = (level: number) =>
    accuracy.coverage.find(coverage => coverage.level === level)?.share ?? null;
  return [days, method, accuracy.wape, accuracy.mase, accuracy.bias, accuracy.wql, share(0.8), share(0.95)];
}
