import { checkPaidWeeks } from './measure.ts';
import { duration, numberOf, type TimelineRule } from './rule.ts';

/** Most paid time in a planning week, paid time off included; a part week counts in proportion only for its days. Breach: minutes above. */
export const maximumWeeklyHours: TimelineRule = {
  kind: 'maximumWeeklyHours',
  title: 'Maximum hours per week',
  unit: 'minute',
  scope: 'timeline',
  perShift: false,
  monotone: true,
  remembers: ['paid'],
  parameters: {
    hours: { type: 'number', label: 'Paid hours', unit: 'hours', min: 0, max: 168, default: 48 },
  },
  sentence: p => `Nobody has more than ${duration(numberOf(p, 'hours') * 60)} of paid time in a week`,
  bind(parameters, site) {
    const most = Math.round(numberOf(parameters, 'hours') * 60);
    return (timeline, agent, report) => checkPaidWeeks(timeline, agent, site, 1, 0, most, report);
  },
};
