import { checkDailyPaid } from './measure.ts';
import { duration, numberOf, type TimelineRule } from './rule.ts';

/** Least paid time on a day that is worked at all. Breach: minutes missing. */
export const minimumDailyHours: TimelineRule = {
  kind: 'minimumDailyHours',
  title: 'Minimum hours per day worked',
  unit: 'minute',
  scope: 'timeline',
  perShift: false,
  monotone: false,
  remembers: [],
  parameters: {
    hours: { type: 'number', label: 'Paid hours', unit: 'hours', min: 0, max: 24, default: 4 },
  },
  sentence: p => `A day that is worked has at least ${duration(numberOf(p, 'hours') * 60)} of paid time`,
  bind(parameters) {
    const least = Math.round(numberOf(parameters, 'hours') * 60);
    return (timeline, _agent, report) => checkDailyPaid(timeline, least, Number.POSITIVE_INFINITY, report);
  },
};
