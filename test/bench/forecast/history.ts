import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type HistoryRow,
  type IntervalSeries,
  localDay,
  resolveWallClock,
  seriesFromRows,
} from '../../../forecasting/index.ts';

/** A real history as the benchmarks and tests read it; the files are no part of the project. */
export interface RealHistory {
  readonly name: string;
  readonly timeZone: string;
  readonly series: IntervalSeries;
  /** Starts of intervals that were filled in and are never scored. */
  readonly imputed: ReadonlySet<number>;
  /** Local dates that have rows, in order; the protocol counts origins on them. */
  readonly dates: readonly string[];
  /** Counts in the order of the file, filled-in rows included, with the index of each date's first row. */
  readonly counts: readonly number[];
}

const PROJECT = findProject(dirname(fileURLToPath(import.meta.url)));

function findProject(from: string): string {
  let at = from;
  while (!existsSync(join(at, 'tsconfig.base.json'))) at = dirname(at);
  return at;
}

/** Folder of the shared histories: `COVERLINE_SHARED`, or `../shared` beside the project. */
export function sharedFolder(): string {
  return resolve(PROJECT, process.env.COVERLINE_SHARED ?? '../shared');
}

/** Path of a project file. */
export function projectPath(path: string): string {
  return join(PROJECT, path);
}

/** Whether the real histories are at hand; says where they were looked for when they are not. */
export function historiesPresent(): boolean {
  if (existsSync(join(sharedFolder(), 'data', 'bank-us-15min.csv'))) return true;
  process.stderr.write(
    `The real histories were not found in ${sharedFolder()}/data (set COVERLINE_SHARED); nothing was measured.\n`,
  );
  return false;
}

/** Reads `interval_start,offered[,imputed]` in local time. */
export function readHistory(name: string, timeZone: string): RealHistory {
  const text = readFileSync(join(sharedFolder(), 'data', `${name}.csv`), 'utf8');
  const rows: HistoryRow[] = [];
  const imputed = new Set<number>();
  const dates: string[] = [];
  const counts: number[] = [];
  for (const line of text.trim().split('\n').slice(1)) {
    const [at = '', offered = '', filled] = line.split(',');
    const date = at.slice(0, 10);
    if (dates.at(-1) !== date) dates.push(date);
    counts.push(Number(offered));
    const wall = Number(at.slice(11, 13)) * 3600 + Number(at.slice(14, 16)) * 60;
    const instant = resolveWallClock(localDay(date, timeZone), wall);
    if (instant.kind === 'missing') continue;
    const start = instant.kind === 'unique' ? instant.epochSeconds : instant.earlierEpochSeconds;
    rows.push({ startEpochSeconds: start, offered: Number(offered) });
    if (filled === '1') imputed.add(start);
  }
  return { name, timeZone, series: seriesFromRows(rows, { timeZone }).series, imputed, dates, counts };
}

/** Local midnight of the date with this index. */
export function originAt(history: RealHistory, dayIndex: number): number {
  const date = history.dates[dayIndex];
  if (date === undefined) throw new RangeError(`${history.name} has no day ${dayIndex}`);
  return localDay(date, history.timeZone).startEpochSeconds;
}

/** The frozen protocol of one history. */
export interface Protocol {
  readonly name: string;
  readonly timeZone: string;
  readonly development: readonly number[];
  readonly test: readonly number[];
}

const steps = (from: number, to: number, step: number) =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);

export const PROTOCOLS: readonly Protocol[] = [
  {
    name: 'bank-us-15min',
    timeZone: 'America/New_York',
    development: steps(34, 54, 2),
    test: [74, 85, 96, 107, 118, 129, 140, 150],
  },
  {
    name: 'ed-arrivals-hourly',
    timeZone: 'America/Chicago',
    development: steps(1031, 1355, 36),
    test: steps(1383, 1707, 36),
  },
];
