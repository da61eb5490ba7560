import { checkDailyPaid } from './measure.ts';
import { duration, numberOf, type TimelineRule } from './rule.ts';

/** Most paid time of the shifts that start on one local day. Breach: minutes above. */
export const maximumDailyHours: TimelineRule = {
  kind: 'maximumDailyHours',
  title: 'Maximum hours per day',
  unit: 'minute',
  scope: 'timeline',
  perShift: false,
  monotone: true,
  remembers: [],
  parameters: {
    hours: { type: 'number', label: 'Paid hours', unit: 'hours', min: 0, max: 24, default: 10 },
  },
  sentence: p => `Nobody works more than ${duration(numberOf(p, 'hours') * 60)} of paid time on one day`,
  bind(parameters) {
    const most = Math.round(numberOf(parameters, 'hours') * 60);
    return (timeline, _agent, report) => checkDailyPaid(timeline, 0, most, report);
  },
};
