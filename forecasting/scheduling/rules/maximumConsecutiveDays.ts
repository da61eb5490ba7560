import { count, numberOf, type TimelineRule } from './rule.ts';
import { checkRuns } from './runs.ts';

/** Longest run of worked days, days before the horizon included. Breach: days too many. */
export const maximumConsecutiveDays: TimelineRule = {
  kind: 'maximumConsecutiveDays',
  title: 'Maximum consecutive days',
  unit: 'day',
  scope: 'timeline',
  perShift: false,
  monotone: true,
  remembers: ['days'],
  parameters: {
    days: { type: 'number', label: 'Days', unit: 'days', min: 1, max: 31, integer: true, default: 6 },
  },
  sentence: p => `Nobody works more than ${count(numberOf(p, 'days'), 'day')} in a row`,
  bind(parameters, site) {
    const most = numberOf(parameters, 'days');
    return (timeline, _agent, report) => checkRuns(timeline, site, 'worked', { least: 0, most }, report);
  },
};
