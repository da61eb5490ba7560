import { checkPaidWeeks } from './measure.ts';
import { count, duration, numberOf, type TimelineRule } from './rule.ts';

/**
 * Most paid time in every run of so many weeks that ends in the horizon, shifts before the horizon included.
 * Breach: minutes above, summed over the runs.
 */
export const maximumPeriodHours: TimelineRule = {
  kind: 'maximumPeriodHours',
  title: 'Maximum hours per period',
  unit: 'minute',
  scope: 'timeline',
  perShift: false,
  monotone: true,
  remembers: ['paid'],
  parameters: {
    hours: { type: 'number', label: 'Paid hours', unit: 'hours', min: 0, max: 8760, default: 192 },
    weeks: { type: 'number', label: 'Period', unit: 'weeks', min: 1, max: 52, integer: true, default: 4 },
  },
  sentence: p =>
    `In any ${count(numberOf(p, 'weeks'), 'week')} nobody has more than ${duration(numberOf(p, 'hours') * 60)} of paid time`,
  bind(parameters, site) {
    const most = Math.round(numberOf(parameters, 'hours') * 60);
    const weeks = numberOf(parameters, 'weeks');
    return (timeline, agent, report) => checkPaidWeeks(timeline, agent, site, weeks, 0, most, report);
  },
};
