import type { Field } from './field.ts';
import { CellReader, type IntervalSink, type ReaderContext } from './rowReader.ts';

/** Positions in the order of `MEASURES`. */
const AT = {
  offered: 0,
  handled: 1,
  abandoned: 2,
  shortAbandoned: 3,
  answeredWithin: 4,
  talk: 5,
  hold: 6,
  wrap: 7,
  handle: 8,
  answerWait: 9,
  abandonWait: 10,
} as const;

const COUNTS = [
  'offered',
  'handled',
  'abandoned',
  'shortAbandoned',
  'answeredWithin',
] as const satisfies readonly Field[];
const DURATIONS = [
  'talk',
  'hold',
  'wrap',
  'handle',
  'answerWait',
  'abandonWait',
] as const satisfies readonly Field[];

/** Reads rows of intervals: one row is one queue's interval. */
export class IntervalReader {
  readonly #cells: CellReader;
  readonly #sink: IntervalSink;
  readonly #values = new Array<number | null>(11).fill(null);
  readonly #counts: readonly (typeof COUNTS)[number][];
  readonly #durations: readonly (typeof DURATIONS)[number][];
  readonly #deriveHandled: boolean;
  /** Which measures the file gives, in the order of `MEASURES`. */
  readonly given: readonly boolean[];

  constructor(context: ReaderContext, sink: IntervalSink) {
    this.#cells = new CellReader(context);
    this.#sink = sink;
    this.#counts = COUNTS.filter(field => this.#cells.has(field));
    this.#durations = DURATIONS.filter(field => this.#cells.has(field));
    const has = (field: Field) => this.#cells.has(field);
    this.#deriveHandled =
      !has('handled') &&
      has('offered') &&
      ['handle', 'talk', 'answerWait'].some(field => this.#durations.some(duration => duration === field));
    this.given = [
      has('offered'),
      has('handled') || this.#deriveHandled,
      has('abandoned'),
      has('shortAbandoned'),
      has('answeredWithin') || (has('serviceLevel') && has('offered')),
      has('talk'),
      has('hold'),
      has('wrap'),
      has('handle') || has('talk'),
      has('answerWait'),
      has('abandonWait'),
    ];
  }

  /** Takes one row of the file. */
  read(fields: readonly string[], line: number): void {
    const cells = this.#cells;
    const target = cells.accept(fields, line);
    if (!target) return;
    const stamped = cells.instant(fields, 'intervalStart', line, target);
    if (stamped === undefined) return;
    const step = cells.context.mapping.stepSeconds ?? target.queue.stepSeconds;
    const start = cells.context.mapping.stamp === 'end' ? stamped - step : stamped;
    if (!this.#fitsGrid(fields, start, step, target.queue.stepSeconds, line)) return;
    if (!this.#fill(fields, line)) return;
    this.#sink(target.queue.number, start, line, this.#values);
  }

  #fitsGrid(
    fields: readonly string[],
    start: number,
    step: number,
    queueStep: number,
    line: number,
  ): boolean {
    const cells = this.#cells;
    // Zones off UTC by a quarter of an hour have grids of their own, so the local hour is what counts; 900 s divide them all.
    if (start % Math.min(step, 900) !== 0 || queueStep % step !== 0) {
      cells.report('offGrid', cells.has('intervalStart') ? 'intervalStart' : 'time', fields, line);
      return false;
    }
    const minutes = cells.measure(fields, 'intervalMinutes', line);
    if (minutes === undefined) return false;
    if (minutes !== null && minutes > 1 && minutes * 60 !== step) {
      cells.report('wrongLength', 'intervalMinutes', fields, line);
      return false;
    }
    return true;
  }

  #fill(fields: readonly string[], line: number): boolean {
    const cells = this.#cells;
    const values = this.#values;
    values.fill(null);
    for (const field of this.#counts) {
      const value = cells.measure(fields, field, line);
      if (value === undefined) return false;
      if (value !== null && !Number.isInteger(value)) cells.report('fractional', field, fields, line);
      values[AT[field]] = value === null ? null : Math.round(value);
    }
    const offered = values[AT.offered] ?? null;
    if (this.#deriveHandled && offered !== null) {
      values[AT.handled] = Math.max(0, offered - (values[AT.abandoned] ?? 0));
      cells.context.problems.add('handledDerived', line);
    }
    const handled = values[AT.handled] ?? null;
    if (handled !== null && offered !== null && handled > offered)
      cells.report('handledOverOffered', 'handled', fields, line);
    return this.#fillShare(fields, line, offered) && this.#fillDurations(fields, line);
  }

  #fillShare(fields: readonly string[], line: number, offered: number | null): boolean {
    const cells = this.#cells;
    if (!cells.has('serviceLevel') || cells.has('answeredWithin') || offered === null) return true;
    const share = cells.measure(fields, 'serviceLevel', line);
    if (share === undefined) return false;
    if (share !== null && share > 1.0001) {
      cells.report('badNumber', 'serviceLevel', fields, line);
      return false;
    }
    if (share !== null) {
      this.#values[AT.answeredWithin] = Math.round(share * offered);
      cells.context.problems.add('levelDerived', line);
    }
    return true;
  }

  #fillDurations(fields: readonly string[], line: number): boolean {
    const cells = this.#cells;
    const values = this.#values;
    for (const field of this.#durations) {
      const value = cells.measure(fields, field, line);
      if (value === undefined) return false;
      const contacts = field === 'abandonWait' ? values[AT.abandoned] : values[AT.handled];
      values[AT[field]] =
        value === null
          ? null
          : cells.column(field)?.aggregate === 'mean'
            ? meanToTotal(value, contacts ?? null)
            : Math.round(value);
    }
    const talk = values[AT.talk] ?? null;
    if (!cells.has('handle') && talk !== null) {
      values[AT.handle] = talk + (values[AT.hold] ?? 0) + (values[AT.wrap] ?? 0);
    }
    return true;
  }
}

/** A mean over an unknown number of contacts says nothing about their sum. */
function meanToTotal(meanSeconds: number, contacts: number | null): number | null {
  return contacts === null ? null : Math.round(meanSeconds * contacts);
}
