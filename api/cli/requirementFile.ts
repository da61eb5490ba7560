import { z } from 'zod';
import {
  addDays,
  type IntervalGrid,
  localDateOf,
  localDay,
  type QueueRequirement,
} from '../../forecasting/index.ts';
import { CommandError } from './args.ts';
import { readCsv } from './csvFile.ts';
import { checked, isJsonFile, readJson } from './jsonFile.ts';
import { LocalClock } from './localClock.ts';
import { localTimeFormatter } from './localTime.ts';

/** What a requirement file asks for, on whole local days. */
export interface Requirement {
  readonly grid: IntervalGrid;
  readonly queues: readonly QueueRequirement[];
  /** What was noticed while reading, in words. */
  readonly notes: readonly string[];
}

interface Row {
  readonly at: number;
  readonly queue: string;
  readonly skill: string | undefined;
  readonly required: number | null;
  readonly where: string;
  /** Says that the clock skips this local time. */
  readonly skipped: boolean;
}

const agents = z.number().min(0).max(100_000).nullable();
const rowSchema = z.strictObject({
  interval_start: z.string(),
  queue: z.string().min(1).exactOptional(),
  skill: z.string().min(1).exactOptional(),
  required: agents,
});
const columnsSchema = z.strictObject({
  start: z.string(),
  stepMinutes: z.number().int().min(5).max(60),
  queues: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        skill: z.string().min(1).exactOptional(),
        required: z.array(agents).min(1),
      }),
    )
    .min(1),
});

/** Gaps shorter than this look like lost rows rather than closed hours. */
const SHORT_GAP_SECONDS = 2 * 3600;
const MOST_SHORT_GAPS = 5;

/**
 * Reads the agents required per queue and interval, for at most `weeks` weeks from the file's first day on. CSV:
 * `interval_start[,queue][,skill],required`. JSON: a list of such rows, or `{ start, stepMinutes, queues: [{ id,
 * skill?, required: [...] }] }`. Intervals without a row and rows without a number are closed.
 *
 * @throws CommandError naming the file, the row and what was expected
 */
export async function readRequirement(file: string, timeZone: string, weeks: number): Promise<Requirement> {
  const all = isJsonFile(file) ? await jsonRows(file, timeZone) : await csvFileRows(file, timeZone);
  const rows = all.filter(row => !row.skipped);
  if (rows.length === 0) throw new CommandError(`${file}: no rows`);
  const stepSeconds = stepOf(file, rows);
  const ats = rows.map(row => row.at);
  const first = localDateOf(least(ats), timeZone);
  const { startEpochSeconds: start } = localDay(first, timeZone);
  const limit = localDay(addDays(first, 7 * weeks), timeZone).startEpochSeconds;
  const last = ats.reduce((most, at) => (at < limit && at > most ? at : most), start);
  const end = localDay(localDateOf(last, timeZone), timeZone).endEpochSeconds;
  const grid = { start, stepSeconds, timeZone, count: Math.round((end - start) / stepSeconds) };
  const { queues, notes } = columns(rows, grid);
  const left = ats.filter(at => at >= limit).length;
  const cut = left > 0 ? [`${left} rows after --weeks ${weeks} are left out`] : [];
  const skipped = all.length - rows.length;
  const odd = skipped > 0 ? [`${skipped} rows lie in the hour that the clock skips; they are left out`] : [];
  return { grid, queues, notes: [...notes, ...cut, ...odd].map(note => `${file}: ${note}`) };
}

async function csvFileRows(file: string, timeZone: string): Promise<readonly Row[]> {
  const clocks = clocksOf(timeZone);
  return (await readCsv(file)).map((row, i) => {
    const where = `${file}, row ${i + 2}`;
    const cell = row.required ?? row.agents;
    if (cell === undefined) throw new CommandError(`${file}: no column "required"`);
    if (row.interval_start === undefined) throw new CommandError(`${file}: no column "interval_start"`);
    const required = cell === '' ? null : Number(cell);
    if (required !== null && !(required >= 0 && Number.isFinite(required))) {
      throw new CommandError(
        `${where}, required: found "${cell}"; expected a number of agents, or nothing where closed`,
      );
    }
    const queue = row.queue || 'queue';
    const time = clocks(queue, row.interval_start, `${where}, interval_start`);
    return { ...time, queue, skill: row.skill || undefined, required, where };
  });
}

async function jsonRows(file: string, timeZone: string): Promise<readonly Row[]> {
  const data = await readJson(file);
  const clocks = clocksOf(timeZone);
  if (Array.isArray(data)) {
    return checked(file, z.array(rowSchema), data).map((row, i) => {
      const where = `${file}, entry ${i}`;
      const queue = row.queue ?? 'queue';
      const time = clocks(queue, row.interval_start, `${where}, interval_start`);
      return { ...time, queue, skill: row.skill, required: row.required, where };
    });
  }
  const given = checked(file, columnsSchema, data);
  const text = /^\d{4}-\d{2}-\d{2}$/.test(given.start) ? `${given.start} 00:00` : given.start;
  const start = new LocalClock(timeZone).instant(text, `${file}, start`);
  return given.queues.flatMap(({ id, skill, required }) =>
    required.map((value, i) => ({
      at: start + i * given.stepMinutes * 60,
      queue: id,
      skill,
      required: value,
      skipped: false,
      where: `${file}, queue "${id}", interval ${i}`,
    })),
  );
}

type RowClock = (queue: string, text: string, where: string) => Pick<Row, 'at' | 'skipped'>;

/** One clock per queue: each tells the first from the second run of a doubled hour by the rows it has seen. */
function clocksOf(timeZone: string): RowClock {
  const clocks = new Map<string, LocalClock>();
  const local = localTimeFormatter(timeZone);
  return (queue, text, where) => {
    const clock = clocks.get(queue) ?? new LocalClock(timeZone);
    clocks.set(queue, clock);
    const at = clock.instant(text, where);
    const wall = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})(?::\d{2})?$/.exec(text.trim());
    return { at, skipped: wall !== null && !local(at).startsWith(`${wall[1]} ${wall[2]}`) };
  };
}

/** The shortest distance between two rows. */
function stepOf(file: string, rows: readonly Row[]): number {
  const ats = [...new Set(rows.map(row => row.at))].sort((a, b) => a - b);
  let step = ats.length === 1 ? 900 : Number.POSITIVE_INFINITY;
  ats.forEach((at, i) => {
    const before = ats[i - 1];
    if (before !== undefined) step = Math.min(step, at - before);
  });
  if (step >= 300 && step <= 3600 && 3600 % step === 0) return step;
  const found = `the closest rows are ${Math.round(step / 60)} minutes apart`;
  throw new CommandError(`${file}: ${found}; expected intervals of 5, 10, 15, 20, 30 or 60 minutes`);
}

function columns(
  rows: readonly Row[],
  grid: IntervalGrid,
): { readonly queues: readonly QueueRequirement[]; readonly notes: readonly string[] } {
  const local = localTimeFormatter(grid.timeZone);
  const byQueue = new Map<string, { skill: string | undefined; required: (number | null | undefined)[] }>();
  const seen = new Set<string>();
  const notes: string[] = [];
  for (const row of rows) {
    const index = (row.at - grid.start) / grid.stepSeconds;
    if (index >= grid.count) continue;
    if (!Number.isInteger(index)) {
      const minutes = grid.stepSeconds / 60;
      throw new CommandError(`${row.where}: ${local(row.at)} is not on the grid of ${minutes} minutes`);
    }
    if (seen.has(`${row.queue} ${row.at}`)) {
      throw new CommandError(`${row.where}: ${local(row.at)} is given twice for queue "${row.queue}"`);
    }
    seen.add(`${row.queue} ${row.at}`);
    const queue = byQueue.get(row.queue) ?? { skill: row.skill, required: new Array(grid.count) };
    byQueue.set(row.queue, queue);
    queue.required[index] = row.required;
  }
  const queues = [...byQueue].map(([id, { skill, required }]) => {
    notes.push(...shortGaps(id, required, grid));
    const filled = Array.from({ length: grid.count }, (_, i) => required[i] ?? null);
    return { id, name: id, required: filled, ...(skill !== undefined && { skill }) };
  });
  return { queues, notes };
}

/** Short stretches without rows in the midst of others: closed, but worth a word. */
function shortGaps(
  queue: string,
  required: readonly (number | null | undefined)[],
  grid: IntervalGrid,
): readonly string[] {
  const local = localTimeFormatter(grid.timeZone);
  const gaps: string[] = [];
  let from = -1;
  for (let i = 0; i < grid.count; i++) {
    if (required[i] === undefined) continue;
    const length = (i - from - 1) * grid.stepSeconds;
    if (from >= 0 && length > 0 && length < SHORT_GAP_SECONDS) {
      const at = (index: number) => local(grid.start + index * grid.stepSeconds);
      gaps.push(`no row for queue "${queue}" from ${at(from + 1)} to ${at(i)}; it counts as closed`);
    }
    from = i;
  }
  const more = gaps.length - MOST_SHORT_GAPS;
  return more > 0 ? [...gaps.slice(0, MOST_SHORT_GAPS), `and ${more} more such gaps`] : gaps;
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}
