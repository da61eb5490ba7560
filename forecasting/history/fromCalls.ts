import { assertStep } from '../calendar/grid.ts';
import { isTimeZone } from '../calendar/time.ts';
import { findingOf } from './finding.ts';
import type { SeriesResult } from './fromRows.ts';
import { localSeconds } from './localClock.ts';
import { median } from './statistics.ts';

/** How a call ended. `excluded` is neither offered nor anything else (a phantom, a test call). */
export type CallOutcome = 'handled' | 'abandoned' | 'excluded';

/** One contact. Durations in seconds. */
export interface CallRecord {
  /** UTC epoch seconds at which the contact joined the queue. */
  readonly arrivalEpochSeconds: number;
  readonly waitSeconds?: number | null;
  /** Talk, hold and wrap-up; absent or 0 for a contact that nobody handled. */
  readonly handleSeconds?: number | null;
  readonly outcome: CallOutcome;
  /** Queue or call type. */
  readonly queue?: string;
}

/** How calls are counted. */
export interface CallOptions {
  readonly timeZone: string;
  readonly stepSeconds: number;
  /** Only contacts of this queue or type; all when absent. */
  readonly queue?: string;
  /** Contacts abandoned before this many seconds are not offered (short abandons); 0 counts them all. */
  readonly shortAbandonSeconds?: number;
}

/**
 * Counts single calls into a series, from local midnight of the first call to the end of the last call's day.
 * An interval without calls inside the period has zero calls; a whole day without any call between busy days
 * is taken as missing, because a log that was not written looks the same.
 *
 * @throws RangeError if no call is left to count, or the zone or interval length is not valid.
 */
export function seriesFromCalls(calls: readonly CallRecord[], options: CallOptions): SeriesResult {
  assertStep(options.stepSeconds);
  if (!isTimeZone(options.timeZone)) throw new RangeError(`time zone "${options.timeZone}" is not known`);
  const counted = calls.filter(call => isOffered(call, options));
  if (counted.length === 0) throw new RangeError('calls require at least 1 contact to count');
  const { start, count } = wholeDays(counted, options);
  const offered = new Float64Array(count);
  const handled = new Float64Array(count);
  const abandoned = new Float64Array(count);
  const handleSeconds = new Float64Array(count);
  const timed = new Float64Array(count);
  for (const call of counted) {
    const index = Math.floor((call.arrivalEpochSeconds - start) / options.stepSeconds);
    offered[index]!++;
    if (call.outcome === 'abandoned') abandoned[index]!++;
    if (call.outcome !== 'handled') continue;
    handled[index]!++;
    if (call.handleSeconds != null && call.handleSeconds > 0) {
      handleSeconds[index]! += call.handleSeconds;
      timed[index]!++;
    }
  }
  const { silent, findings } = silentDays(offered, start, options);
  const column = (values: Float64Array) => Array.from(values, (v, i) => (silent[i] === 1 ? null : v));
  return {
    series: {
      start,
      stepSeconds: options.stepSeconds,
      timeZone: options.timeZone,
      offered: column(offered),
      ahtSeconds: Array.from(timed, (n, i) => (n > 0 ? (handleSeconds[i] ?? 0) / n : null)),
      handled: column(handled),
      abandoned: column(abandoned),
    },
    findings,
  };
}

function isOffered(call: CallRecord, options: CallOptions): boolean {
  if (call.outcome === 'excluded' || !Number.isFinite(call.arrivalEpochSeconds)) return false;
  if (options.queue !== undefined && call.queue !== options.queue) return false;
  const cut = options.shortAbandonSeconds ?? 0;
  return !(call.outcome === 'abandoned' && (call.waitSeconds ?? Number.POSITIVE_INFINITY) < cut);
}

function wholeDays(calls: readonly CallRecord[], options: CallOptions): { start: number; count: number } {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const call of calls) {
    first = Math.min(first, call.arrivalEpochSeconds);
    last = Math.max(last, call.arrivalEpochSeconds);
  }
  const step = options.stepSeconds;
  const local = (at: number) => localSeconds(at, step, 1, options.timeZone)[0] ?? at;
  const sinceMidnight = ((local(first) % 86_400) + 86_400) % 86_400;
  const start = Math.floor(first - sinceMidnight);
  const lastDay = Math.floor(local(last) / 86_400);
  let count = Math.floor((last - start) / step) + 1;
  while (Math.floor(local(start + count * step) / 86_400) === lastDay) count++;
  return { start, count };
}

function silentDays(offered: Float64Array, start: number, options: CallOptions) {
  const local = localSeconds(start, options.stepSeconds, offered.length, options.timeZone);
  const totals = new Map<number, { total: number; from: number; to: number }>();
  for (let i = 0; i < offered.length; i++) {
    const day = Math.floor((local[i] ?? 0) / 86_400);
    const seen = totals.get(day) ?? { total: 0, from: i, to: i };
    seen.total += offered[i] ?? 0;
    seen.to = i + 1;
    totals.set(day, seen);
  }
  const silent = new Uint8Array(offered.length);
  const findings = [];
  for (const [day, { total, from, to }] of totals) {
    const sameWeekday = [-14, -7, 7, 14].flatMap(shift => totals.get(day + shift)?.total ?? []);
    if (total > 0 || sameWeekday.length === 0 || median(sameWeekday) < 20) continue;
    silent.fill(1, from, to);
    findings.push(
      findingOf({
        kind: 'gap',
        action: 'set-missing',
        fromEpochSeconds: start + from * options.stepSeconds,
        toEpochSeconds: start + to * options.stepSeconds,
        affected: to - from,
        observed: 0,
        expected: median(sameWeekday),
        message:
          'A whole day has no call although the same weekday before and after is busy; it was treated as missing.',
      }),
    );
  }
  return { silent, findings };
}
