import { assertStep } from '../calendar/grid.ts';
import { isTimeZone } from '../calendar/time.ts';
import { detectStep } from './detectStep.ts';
import { findingOf, type HistoryFinding, type HistoryFindingKind } from './finding.ts';
import type { IntervalSeries } from './series.ts';

/** One interval of history as imported. Missing values are `null` or absent. */
export interface HistoryRow {
  /** UTC epoch seconds of the interval's start. */
  readonly startEpochSeconds: number;
  readonly offered: number | null;
  readonly ahtSeconds?: number | null;
  readonly handled?: number | null;
  readonly abandoned?: number | null;
}

/** A series and what was noticed while it was made. */
export interface SeriesResult {
  readonly series: IntervalSeries;
  readonly findings: readonly HistoryFinding[];
}

/** How rows are put on a grid. */
export interface RowOptions {
  readonly timeZone: string;
  /** Found from the rows when absent. */
  readonly stepSeconds?: number;
}

interface Columns {
  readonly offered: (number | null)[];
  readonly ahtSeconds: (number | null)[];
  readonly handled: (number | null)[];
  readonly abandoned: (number | null)[];
}

/** Tallies rows of one kind of fault, so that a thousand bad rows make one finding. */
class FaultTally {
  readonly #from = new Map<HistoryFindingKind, { first: number; last: number; affected: number }>();

  add(kind: HistoryFindingKind, at: number): void {
    const seen = this.#from.get(kind);
    if (!seen) this.#from.set(kind, { first: at, last: at, affected: 1 });
    else {
      seen.first = Math.min(seen.first, at);
      seen.last = Math.max(seen.last, at);
      seen.affected++;
    }
  }

  findings(stepSeconds: number): HistoryFinding[] {
    return [...this.#from].map(([kind, { first, last, affected }]) =>
      findingOf({
        kind,
        action:
          kind === 'fractional'
            ? 'none'
            : kind === 'negative' || kind === 'not-a-number'
              ? 'set-missing'
              : 'repaired',
        fromEpochSeconds: first,
        toEpochSeconds: last + stepSeconds,
        affected,
        message: MESSAGES[kind]?.(affected) ?? `${affected} row(s): ${kind}.`,
      }),
    );
  }
}

const MESSAGES: Partial<Record<HistoryFindingKind, (rows: number) => string>> = {
  unordered: rows => `${rows} row(s) came before an earlier row; they were put in order of time.`,
  'duplicate-rows': rows => `${rows} row(s) repeat another row exactly; each interval was counted once.`,
  overlap: rows =>
    `${rows} row(s) give a different count for an interval already read; the last one read was kept.`,
  negative: rows => `${rows} row(s) have a negative count, which cannot be; they were treated as missing.`,
  'not-a-number': rows => `${rows} row(s) have a count that is not a number; they were treated as missing.`,
  fractional: rows => `${rows} row(s) have a fractional count; they were kept as they are.`,
  'off-grid': rows =>
    `${rows} row(s) start inside an interval; each was counted in the interval it starts in.`,
};

/**
 * Puts interval rows on a regular grid. An interval without a row is missing (`null`), never zero.
 * Rows may come unordered, repeated or with faults: each is repaired or set missing, and a finding says so.
 *
 * @throws RangeError if there is no row, the zone is unknown, or the rows lie on no supported grid.
 */
export function seriesFromRows(rows: readonly HistoryRow[], options: RowOptions): SeriesResult {
  if (rows.length === 0) throw new RangeError('history requires at least 1 row');
  if (!isTimeZone(options.timeZone)) throw new RangeError(`time zone "${options.timeZone}" is not known`);
  const tally = new FaultTally();
  const ordered = inOrder(rows, tally);
  const starts = ordered.map(row => row.startEpochSeconds);
  const detected = options.stepSeconds === undefined ? detectStep(starts) : undefined;
  const stepSeconds = detected?.stepSeconds ?? options.stepSeconds ?? 0;
  assertStep(stepSeconds);
  const phase = commonPhase(starts, stepSeconds);
  const start = floorTo(starts[0] ?? 0, stepSeconds, phase);
  const count = (floorTo(starts.at(-1) ?? 0, stepSeconds, phase) - start) / stepSeconds + 1;
  const columns = fill(ordered, start, stepSeconds, count, tally, (detected?.findings.length ?? 0) > 0);
  const series: IntervalSeries = {
    start,
    stepSeconds,
    timeZone: options.timeZone,
    offered: columns.offered,
    ahtSeconds: columns.ahtSeconds,
    ...(rows.some(row => row.handled !== undefined) && { handled: columns.handled }),
    ...(rows.some(row => row.abandoned !== undefined) && { abandoned: columns.abandoned }),
  };
  return { series, findings: [...(detected?.findings ?? []), ...tally.findings(stepSeconds)] };
}

function inOrder(rows: readonly HistoryRow[], tally: FaultTally): readonly HistoryRow[] {
  let sorted = true;
  let latest = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    if (!Number.isFinite(row.startEpochSeconds)) {
      throw new RangeError(`row start must be a number of epoch seconds; found ${row.startEpochSeconds}`);
    }
    if (row.startEpochSeconds < latest) {
      sorted = false;
      tally.add('unordered', row.startEpochSeconds);
    }
    latest = Math.max(latest, row.startEpochSeconds);
  }
  return sorted ? rows : [...rows].sort((a, b) => a.startEpochSeconds - b.startEpochSeconds);
}

function floorTo(at: number, stepSeconds: number, phase: number): number {
  return Math.floor((at - phase) / stepSeconds) * stepSeconds + phase;
}

/** The offset within an interval on which most rows start; zones with quarter-hour offsets have one. */
function commonPhase(starts: readonly number[], stepSeconds: number): number {
  const counts = new Map<number, number>();
  for (const start of starts) {
    const phase = ((start % stepSeconds) + stepSeconds) % stepSeconds;
    counts.set(phase, (counts.get(phase) ?? 0) + 1);
  }
  let best = 0;
  for (const [phase, count] of counts) if (count > (counts.get(best) ?? 0)) best = phase;
  return best;
}

function fill(
  rows: readonly HistoryRow[],
  start: number,
  stepSeconds: number,
  count: number,
  tally: FaultTally,
  finerRows: boolean,
): Columns {
  const blank = () => new Array<number | null>(count).fill(null);
  const columns: Columns = { offered: blank(), ahtSeconds: blank(), handled: blank(), abandoned: blank() };
  const rowStart = new Float64Array(count).fill(Number.NaN);
  for (const row of rows) {
    const at = row.startEpochSeconds;
    const index = Math.floor((at - start) / stepSeconds);
    const aligned = at === start + index * stepSeconds;
    if (!aligned && !finerRows) tally.add('off-grid', at);
    const offered = checkedCount(row.offered, at, tally);
    const first = rowStart[index] ?? Number.NaN;
    const isPart = !Number.isNaN(first) && first !== at;
    if (!Number.isNaN(first) && !isPart) {
      tally.add(columns.offered[index] === offered ? 'duplicate-rows' : 'overlap', at);
    }
    rowStart[index] = at;
    place(columns, index, row, offered, isPart);
  }
  return columns;
}

function checkedCount(value: number | null, at: number, tally: FaultTally): number | null {
  if (value === null) return null;
  if (!Number.isFinite(value)) tally.add('not-a-number', at);
  else if (value < 0) tally.add('negative', at);
  else {
    if (!Number.isInteger(value)) tally.add('fractional', at);
    return value;
  }
  return null;
}

/** Writes a row, or adds it to the finer rows already in the same interval (AHT weighted by contacts). */
function place(
  columns: Columns,
  index: number,
  row: HistoryRow,
  offered: number | null,
  isPart: boolean,
): void {
  const aht = positive(row.ahtSeconds);
  const before = isPart ? (columns.offered[index] ?? null) : null;
  const ahtBefore = isPart ? (columns.ahtSeconds[index] ?? null) : null;
  if (ahtBefore === null || aht === null) columns.ahtSeconds[index] = aht ?? ahtBefore;
  else {
    const weightBefore = Math.max(before ?? 0, 1e-9);
    const weight = Math.max(offered ?? 0, 1e-9);
    columns.ahtSeconds[index] = (ahtBefore * weightBefore + aht * weight) / (weightBefore + weight);
  }
  columns.offered[index] = plus(before, offered);
  columns.handled[index] = plus(isPart ? (columns.handled[index] ?? null) : null, positive(row.handled));
  columns.abandoned[index] = plus(
    isPart ? (columns.abandoned[index] ?? null) : null,
    positive(row.abandoned),
  );
}

function plus(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : a + b;
}

function positive(value: number | null | undefined): number | null {
  return value === null || value === undefined || !Number.isFinite(value) || value < 0 ? null : value;
}
