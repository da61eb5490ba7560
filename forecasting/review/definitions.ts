import type { ActualsTotal } from './actuals.ts';

/** A share as its two counts, so that roll-ups weigh it by its own denominator. */
export interface Ratio {
  readonly numerator: number;
  readonly denominator: number;
}

/** One way to compute a metric from counts. Reports name the `id` and print the `sentence`. */
export interface MetricDefinition {
  readonly id: string;
  readonly metric: 'serviceLevel' | 'asa' | 'abandonment' | 'aht' | 'occupancy';
  readonly label: string;
  readonly sentence: string;
  /** `null` when the history lacks a column that the definition needs. */
  readonly ratio: (total: ActualsTotal) => Ratio | null;
}

function ratio(numerator: number | null, denominator: number | null): Ratio | null {
  return numerator === null || denominator === null ? null : { numerator, denominator };
}

function minus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}

function plus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

/** Every definition a report may use, in the order in which a reader would look for them. */
export const METRIC_DEFINITIONS: readonly MetricDefinition[] = [
  {
    id: 'serviceLevel.offered',
    metric: 'serviceLevel',
    label: 'Service level (of offered)',
    sentence: 'Answered within the goal ÷ all offered. Every abandoned contact counts against it.',
    ratio: t => ratio(t.answeredWithin, t.offered),
  },
  {
    id: 'serviceLevel.excludeShortAbandons',
    metric: 'serviceLevel',
    label: 'Service level (short abandons left out)',
    sentence: 'Answered within the goal ÷ (offered − abandoned before the short-abandon threshold).',
    ratio: t => ratio(t.answeredWithin, minus(t.offered, t.shortAbandoned)),
  },
  {
    id: 'serviceLevel.answered',
    metric: 'serviceLevel',
    label: 'Service level (of answered)',
    sentence: 'Answered within the goal ÷ all answered. Abandoned contacts do not count at all.',
    ratio: t => ratio(t.answeredWithin, t.handled),
  },
  {
    id: 'serviceLevel.waitOnly',
    metric: 'serviceLevel',
    label: 'Service level (abandoned in time counts as met)',
    sentence: '(Answered within the goal + abandoned within the goal) ÷ all offered.',
    ratio: t => ratio(plus(t.answeredWithin, t.abandonedWithin), t.offered),
  },
  {
    id: 'asa.answered',
    metric: 'asa',
    label: 'Average speed of answer',
    sentence: 'Queue seconds of answered contacts ÷ answered contacts.',
    ratio: t => ratio(t.answerWaitSeconds, t.handled),
  },
  {
    id: 'abandonment.offered',
    metric: 'abandonment',
    label: 'Abandonment',
    sentence: 'Abandoned ÷ offered, short abandons included.',
    ratio: t => ratio(t.abandoned, t.offered),
  },
  {
    id: 'abandonment.excludeShortAbandons',
    metric: 'abandonment',
    label: 'Abandonment (short abandons left out)',
    sentence: '(Abandoned − short abandons) ÷ (offered − short abandons).',
    ratio: t => ratio(minus(t.abandoned, t.shortAbandoned), minus(t.offered, t.shortAbandoned)),
  },
  {
    id: 'aht.handled',
    metric: 'aht',
    label: 'Average handle time',
    sentence: '(Talk + hold + wrap-up seconds) ÷ handled contacts.',
    ratio: t => ratio(t.handleSeconds, t.handled),
  },
  {
    id: 'occupancy.staffed',
    metric: 'occupancy',
    label: 'Occupancy',
    sentence: 'Handle seconds ÷ logged-in agent seconds.',
    ratio: t => ratio(t.handleSeconds, t.staffedSeconds),
  },
];

/** @throws RangeError naming the ids that exist. */
export function metricDefinition(id: string): MetricDefinition {
  const found = METRIC_DEFINITIONS.find(definition => definition.id === id);
  if (found) return found;
  throw new RangeError(
    `metric definition must be one of ${METRIC_DEFINITIONS.map(d => d.id).join(', ')}; found ${id}`,
  );
}

/** The ratio's value; `null` without data or without a single contact to count. */
export function ratioValue(share: Ratio | null): number | null {
  return share === null || share.denominator <= 0 ? null : share.numerator / share.denominator;
}
