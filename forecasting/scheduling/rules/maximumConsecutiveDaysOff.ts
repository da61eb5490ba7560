import { count, numberOf, type TimelineRule } from './rule.ts';
import { checkRuns } from './runs.ts';

/** Longest run of days off between worked days; runs at the horizon's edges are not judged. Breach: days too many. */
export const maximumConsecutiveDaysOff: TimelineRule = {
  kind: 'maximumConsecutiveDaysOff',
  title: 'Maximum consecutive days off',
  unit: 'day',
  scope: 'timeline',
  perShift: false,
  monotone: false,
  remembers: ['days'],
  parameters: {
    days: { type: 'number', label: 'Days off', unit: 'days', min: 1, max: 31, integer: true, default: 4 },
  },
  sentence: p => `Nobody has more than ${count(numberOf(p, 'days'), 'day')} off in a row between shifts`,
  bind(parameters, site) {
    const most = numberOf(parameters, 'days');
    return (timeline, _agent, report) => checkRuns(timeline, site, 'off', { least: 0, most }, report);
  },
};
