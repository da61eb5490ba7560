import { type Field, fieldInfo } from './field.ts';
import type { ColumnMapping, ImportMapping } from './mapping.ts';
import type { ProblemCode, ProblemLog } from './problem.ts';
import type { QueueDirectory, TargetQueue } from './queueDirectory.ts';
import { isTotal } from './total.ts';
import { readDateTime, readTimeOfDay } from './value/dateTime.ts';
import { readDuration } from './value/duration.ts';
import { readNumber, readShare } from './value/number.ts';

/** What every reader of rows shares. `headers` are for messages; `problems` collects what is wrong. */
export interface ReaderContext {
  readonly mapping: ImportMapping;
  readonly headers: readonly string[];
  readonly queues: QueueDirectory;
  readonly problems: ProblemLog;
}

/** Takes one row for one interval; `values` follow the order of `MEASURES`. The array is reused. */
export type IntervalSink = (
  queueNumber: number,
  start: number,
  line: number,
  values: readonly (number | null)[],
) => void;

/** Reads cells of one row by what the mapping says of their columns. */
export class CellReader {
  readonly context: ReaderContext;
  readonly #columns: ReadonlyMap<Field, ColumnMapping>;
  readonly #lastIndex: number;

  constructor(context: ReaderContext) {
    this.context = context;
    this.#lastIndex = Math.max(0, ...context.mapping.columns.map(column => column.index));
    this.#columns = new Map(context.mapping.columns.map(column => [column.field, column]));
  }

  column(field: Field): ColumnMapping | undefined {
    return this.#columns.get(field);
  }

  has(field: Field): boolean {
    return this.#columns.has(field);
  }

  cell(fields: readonly string[], field: Field): string | undefined {
    const column = this.#columns.get(field);
    return column === undefined ? undefined : fields[column.index];
  }

  /** Notes a problem with the cell of a field. */
  report(code: ProblemCode, field: Field, fields: readonly string[], line: number): void {
    const column = this.#columns.get(field);
    this.context.problems.add(
      code,
      line,
      column ? (this.context.headers[column.index] ?? null) : null,
      this.cell(fields, field),
    );
  }

  /**
   * A count, duration or share; null when absent. undefined = wrong, and reported.
   * Durations are in seconds, shares 0 to 1.
   */
  measure(fields: readonly string[], field: Field, line: number): number | null | undefined {
    const column = this.#columns.get(field);
    if (!column) return null;
    const text = fields[column.index];
    if (text === undefined) return null;
    const { kind } = fieldInfo(field);
    const { decimal } = this.context.mapping;
    const value =
      kind === 'duration'
        ? readDuration(text, column.unit ?? 'seconds', decimal)
        : kind === 'share'
          ? readShare(text, decimal, column.share ?? 'fraction')
          : readNumber(text, decimal);
    if (value === null || value >= 0) return value;
    this.report(
      value < 0 ? 'negative' : kind === 'duration' ? 'badDuration' : 'badNumber',
      field,
      fields,
      line,
    );
    return undefined;
  }

  /** The queue of a whole row of its own; undefined when the row is passed over, which has been reported. */
  accept(fields: readonly string[], line: number): TargetQueue | undefined {
    if (this.isSubtotal(fields)) {
      this.context.problems.add('subtotal', line);
      return undefined;
    }
    if (fields.length <= this.#lastIndex) {
      this.context.problems.add('shortRow', line);
      return undefined;
    }
    return this.queue(fields, line);
  }

  /** Whether a row sums others up: a total's word in its time, date or queue cell, or no time at all where rows have one. */
  isSubtotal(fields: readonly string[]): boolean {
    const date =
      this.cell(fields, 'intervalStart') ?? this.cell(fields, 'date') ?? this.cell(fields, 'arrival') ?? '';
    if (isTotal(date)) return true;
    const time = this.cell(fields, 'time');
    if (time !== undefined && (isTotal(time) || time.trim() === '')) return true;
    const queue = this.cell(fields, 'queue');
    if (queue !== undefined && isTotal(queue)) return true;
    // A total often stands alone at the left of a row whose own key cells are empty.
    return date.trim() === '' && isTotal(fields[0] ?? '');
  }

  /** The queue of a row; undefined when it is not imported, which has been reported. */
  queue(fields: readonly string[], line: number): TargetQueue | undefined {
    const { queues } = this.context;
    const name = this.cell(fields, 'queue');
    const match =
      name === undefined || (name.trim() === '' && queues.single)
        ? (queues.single ?? 'unknown')
        : queues.find(name);
    if (typeof match !== 'string') return match;
    // A file of one chosen queue may still carry a queue column; the choice wins.
    if (match === 'unknown' && queues.single) return queues.single;
    this.report(match === 'leftOut' ? 'leftOut' : 'unknownQueue', 'queue', fields, line);
    return undefined;
  }

  /** The instant that a row's time cells say; undefined when they do not, which has been reported. */
  instant(
    fields: readonly string[],
    field: 'intervalStart' | 'arrival',
    line: number,
    target: TargetQueue,
  ): number | undefined {
    const written = this.#written(fields, field);
    if (!written) {
      this.report('badTime', this.has(field) ? field : 'time', fields, line);
      return undefined;
    }
    if (written.absolute) return written.seconds;
    const resolved = target.clock.resolve(written.seconds);
    if (!resolved) {
      this.report('missingHour', this.has(field) ? field : 'time', fields, line);
      return undefined;
    }
    if (resolved.earlier === resolved.later) return resolved.earlier;
    return this.#doubled(resolved, written.seconds, target, fields, field, line);
  }

  #written(fields: readonly string[], field: 'intervalStart' | 'arrival') {
    const { dateOrder, serial } = this.context.mapping;
    const cell = this.cell(fields, field);
    if (cell !== undefined) return readDateTime(cell, dateOrder, serial);
    const date = this.cell(fields, 'date');
    const time = this.cell(fields, 'time');
    if (date === undefined || time === undefined) return undefined;
    const day = readDateTime(date, dateOrder, serial);
    const ofDay = readTimeOfDay(time);
    if (!day || ofDay === undefined) return undefined;
    // A date column may carry a midnight of its own.
    return { seconds: Math.floor(day.seconds / 86_400) * 86_400 + ofDay, absolute: day.absolute };
  }

  #doubled(
    resolved: { readonly earlier: number; readonly later: number },
    wallSeconds: number,
    target: TargetQueue,
    fields: readonly string[],
    field: 'intervalStart' | 'arrival',
    line: number,
  ): number {
    this.report('doubledHour', this.has(field) ? field : 'time', fields, line);
    // Single calls may share a time without being in different hours; they all count in the first pass.
    if (field === 'arrival' || !target.doubled.has(wallSeconds)) {
      target.doubled.add(wallSeconds);
      return resolved.earlier;
    }
    return resolved.later;
  }
}
