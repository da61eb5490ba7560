import { checkPaidWeeks } from './measure.ts';
import { count, duration, numberOf, type TimelineRule } from './rule.ts';

/**
 * Least paid time in every run of so many weeks that ends in the horizon, shifts before the horizon included; a last
 * part week owes its share. Breach: minutes missing, summed over the runs.
 */
export const minimumPeriodHours: TimelineRule = {
  kind: 'minimumPeriodHours',
  title: 'Minimum hours per period',
  unit: 'minute',
  scope: 'timeline',
  perShift: false,
  monotone: false,
  remembers: ['paid'],
  parameters: {
    hours: { type: 'number', label: 'Paid hours', unit: 'hours', min: 0, max: 8760, default: 80 },
    weeks: { type: 'number', label: 'Period', unit: 'weeks', min: 1, max: 52, integer: true, default: 4 },
  },
  sentence: p =>
    `In any ${count(numberOf(p, 'weeks'), 'week')} nobody has less than ${duration(numberOf(p, 'hours') * 60)} of paid time`,
  bind(parameters, site) {
    const least = Math.round(numberOf(parameters, 'hours') * 60);
    const weeks = numberOf(parameters, 'weeks');
    return (timeline, agent, report) =>
      checkPaidWeeks(timeline, agent, site, weeks, least, Number.POSITIVE_INFINITY, report);
  },
};
