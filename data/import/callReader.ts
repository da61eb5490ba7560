import { type LocalDay, localDateOf, localDay } from '../../forecasting/calendar/time.ts';
import type { TargetQueue } from './queueDirectory.ts';
import { CellReader, type IntervalSink, type ReaderContext } from './rowReader.ts';

const HANDLED = /^(agent|answer(ed)?|handled|connected|completed|complete|served|accepted|success(ful)?|ok)$/;
const ABANDONED =
  /^(hang|hangup|hung ?up|abandon(ed)?|abandoned in queue|lost|dropped|caller (hung up|disconnect(ed)?)|missed|no ?answer|cancell?ed)$/;
const EXCLUDED = /^(phantom|test|outbound|transferred out|virtual)$/;

interface IntervalCount {
  offered: number;
  handled: number;
  abandoned: number;
  shortAbandoned: number;
  handleSeconds: number;
  answerWaitSeconds: number;
  abandonWaitSeconds: number;
}

interface QueueCount {
  readonly target: TargetQueue;
  readonly byStart: Map<number, IntervalCount>;
  /** The local days of the queue that have a call, by their start. */
  readonly days: Map<number, LocalDay>;
  /** The day of the latest call read; files are nearly sorted. */
  today: LocalDay;
}

/**
 * Counts rows of single calls into intervals, in memory; nothing of a single call is kept.
 * Every interval of a local day that has a call is written, with zeros where none came; a day without any call
 * is not, because a log that was not written looks the same.
 */
export class CallReader {
  readonly #cells: CellReader;
  readonly #queues = new Map<number, QueueCount>();
  readonly given: readonly boolean[];

  constructor(context: ReaderContext) {
    this.#cells = new CellReader(context);
    const timed = ['service', 'handle', 'talk'] as const;
    const handle = timed.some(field => this.#cells.has(field));
    const wait = this.#cells.has('wait');
    this.given = [true, true, true, wait, false, false, false, false, handle, wait, wait];
  }

  /** Takes one row of the file. */
  read(fields: readonly string[], line: number): void {
    const cells = this.#cells;
    const target = cells.accept(fields, line);
    if (!target) return;
    const arrival = cells.instant(fields, 'arrival', line, target);
    if (arrival === undefined) return;
    const wait = cells.measure(fields, 'wait', line);
    const handle = this.#handleSeconds(fields, line);
    if (wait === undefined || handle === undefined) return;
    const outcome = this.#outcome(fields, handle);
    if (outcome === 'excluded') {
      cells.report('excludedCall', 'outcome', fields, line);
      return;
    }
    if (outcome === 'unknown') {
      cells.report('unknownOutcome', 'outcome', fields, line);
      return;
    }
    this.#count(target, arrival, outcome === 'handled', wait, handle);
  }

  #handleSeconds(fields: readonly string[], line: number): number | null | undefined {
    const cells = this.#cells;
    for (const field of ['handle', 'service'] as const)
      if (cells.has(field)) return cells.measure(fields, field, line);
    if (!cells.has('talk')) return null;
    let sum = 0;
    for (const field of ['talk', 'hold', 'wrap'] as const) {
      const value = cells.measure(fields, field, line);
      if (value === undefined) return undefined;
      sum += value ?? 0;
    }
    return sum;
  }

  #outcome(
    fields: readonly string[],
    handle: number | null,
  ): 'handled' | 'abandoned' | 'excluded' | 'unknown' {
    const cell = this.#cells.cell(fields, 'outcome');
    if (cell === undefined) return handle !== null && handle > 0 ? 'handled' : 'abandoned';
    const word = cell.trim().toLowerCase().replace(/[_-]+/g, ' ');
    if (HANDLED.test(word)) return 'handled';
    if (ABANDONED.test(word)) return 'abandoned';
    return EXCLUDED.test(word) ? 'excluded' : 'unknown';
  }

  #count(
    target: TargetQueue,
    arrival: number,
    handled: boolean,
    wait: number | null,
    handle: number | null,
  ): void {
    const { queue } = target;
    let count = this.#queues.get(queue.number);
    if (!count)
      this.#queues.set(
        queue.number,
        (count = { target, byStart: new Map(), days: new Map(), today: dayOf(arrival, queue.timeZone) }),
      );
    if (arrival < count.today.startEpochSeconds || arrival >= count.today.endEpochSeconds)
      count.today = dayOf(arrival, queue.timeZone);
    const midnight = count.today.startEpochSeconds;
    count.days.set(midnight, count.today);
    // Whole steps from midnight on the queue's clock: in zones half an hour off UTC they are not whole steps of UTC.
    const start = midnight + Math.floor((arrival - midnight) / queue.stepSeconds) * queue.stepSeconds;
    let interval = count.byStart.get(start);
    if (!interval)
      count.byStart.set(
        start,
        (interval = {
          offered: 0,
          handled: 0,
          abandoned: 0,
          shortAbandoned: 0,
          handleSeconds: 0,
          answerWaitSeconds: 0,
          abandonWaitSeconds: 0,
        }),
      );
    interval.offered++;
    if (handled) {
      interval.handled++;
      interval.handleSeconds += handle ?? 0;
      interval.answerWaitSeconds += wait ?? 0;
      return;
    }
    interval.abandoned++;
    interval.abandonWaitSeconds += wait ?? 0;
    if (wait !== null && wait < queue.shortAbandonSeconds) interval.shortAbandoned++;
  }

  /** Gives the counted intervals to `sink`, queue by queue, in order of time. */
  finish(sink: IntervalSink): void {
    for (const count of this.#queues.values()) this.#finishQueue(count, sink);
  }

  #finishQueue({ target, byStart, days }: QueueCount, sink: IntervalSink): void {
    const { queue } = target;
    const [waits, handles] = [this.given[9], this.given[8]];
    for (const day of [...days.values()].sort((a, b) => a.startEpochSeconds - b.startEpochSeconds)) {
      for (let start = day.startEpochSeconds; start < day.endEpochSeconds; start += queue.stepSeconds) {
        const interval = byStart.get(start);
        sink(queue.number, start, 0, [
          interval?.offered ?? 0,
          interval?.handled ?? 0,
          interval?.abandoned ?? 0,
          waits ? (interval?.shortAbandoned ?? 0) : null,
          null,
          null,
          null,
          null,
          handles ? Math.round(interval?.handleSeconds ?? 0) : null,
          waits ? Math.round(interval?.answerWaitSeconds ?? 0) : null,
          waits ? Math.round(interval?.abandonWaitSeconds ?? 0) : null,
        ]);
      }
    }
  }
}

function dayOf(epochSeconds: number, timeZone: string): LocalDay {
  return localDay(localDateOf(epochSeconds, timeZone), timeZone);
}
