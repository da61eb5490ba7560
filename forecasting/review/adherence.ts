/** A stretch of time `[start, end)` in epoch seconds during which an agent was, or should have been, in a state. */
export interface StateSpan {
  readonly start: number;
  readonly end: number;
  readonly state: string;
}

/** How an agent kept to the schedule over one stretch. */
export interface AdherenceResult {
  readonly scheduledSeconds: number;
  /** Scheduled seconds during which the agent was in the scheduled state. */
  readonly adherentSeconds: number;
  /** Seconds actually spent in any of the scheduled states, whenever. */
  readonly workedSeconds: number;
  /** Right thing at the right time: adherent ÷ scheduled; `null` without a schedule. */
  readonly adherence: number | null;
  /** Right amount, at whatever time: worked ÷ scheduled; may exceed 1. `null` without a schedule. */
  readonly conformance: number | null;
}

/**
 * Adherence and conformance of actual states against a schedule. Spans of one list must not overlap.
 *
 * @throws RangeError if a list's spans overlap or end before they start.
 */
export function adherence(scheduled: readonly StateSpan[], actual: readonly StateSpan[]): AdherenceResult {
  const plan = ordered(scheduled, 'scheduled');
  const real = ordered(actual, 'actual');
  const states = new Set(plan.map(span => span.state));
  const scheduledSeconds = plan.reduce((sum, span) => sum + span.end - span.start, 0);
  const workedSeconds = real.reduce(
    (sum, span) => sum + (states.has(span.state) ? span.end - span.start : 0),
    0,
  );
  let adherentSeconds = 0;
  let from = 0;
  for (const span of plan) {
    while (from < real.length && (real[from]?.end ?? 0) <= span.start) from++;
    for (let i = from; i < real.length; i++) {
      const other = real[i];
      if (!other || other.start >= span.end) break;
      if (other.state === span.state) {
        adherentSeconds += Math.min(span.end, other.end) - Math.max(span.start, other.start);
      }
    }
  }
  const share = (seconds: number) => (scheduledSeconds > 0 ? seconds / scheduledSeconds : null);
  return {
    scheduledSeconds,
    adherentSeconds,
    workedSeconds,
    adherence: share(adherentSeconds),
    conformance: share(workedSeconds),
  };
}

function ordered(spans: readonly StateSpan[], name: string): readonly StateSpan[] {
  const sorted = [...spans].sort((a, b) => a.start - b.start);
  sorted.forEach((span, i) => {
    if (span.end < span.start) throw new RangeError(`${name} span ends before it starts at ${span.start}`);
    const next = sorted[i + 1];
    if (next && next.start < span.end) throw new RangeError(`${name} spans overlap at ${next.start}`);
  });
  return sorted;
}
