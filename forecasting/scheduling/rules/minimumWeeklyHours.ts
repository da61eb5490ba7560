import { checkPaidWeeks } from './measure.ts';
import { duration, numberOf, type TimelineRule } from './rule.ts';

/** Least paid time in a planning week, paid time off included; a part week counts in proportion. Breach: minutes missing. */
export const minimumWeeklyHours: TimelineRule = {
  kind: 'minimumWeeklyHours',
  title: 'Minimum hours per week',
  unit: 'minute',
  scope: 'timeline',
  perShift: false,
  monotone: false,
  remembers: ['paid'],
  parameters: {
    hours: { type: 'number', label: 'Paid hours', unit: 'hours', min: 0, max: 168, default: 20 },
  },
  sentence: p => `Nobody has less than ${duration(numberOf(p, 'hours') * 60)} of paid time in a week`,
  bind(parameters, site) {
    const least = Math.round(numberOf(parameters, 'hours') * 60);
    return (timeline, agent, report) =>
      checkPaidWeeks(timeline, agent, site, 1, least, Number.POSITIVE_INFINITY, report);
  },
};
