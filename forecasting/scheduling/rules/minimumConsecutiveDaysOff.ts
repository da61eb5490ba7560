import { count, numberOf, type TimelineRule } from './rule.ts';
import { checkRuns } from './runs.ts';

/** Shortest run of days off between worked days; runs at the horizon's edges are not judged. Breach: days missing. */
export const minimumConsecutiveDaysOff: TimelineRule = {
  kind: 'minimumConsecutiveDaysOff',
  title: 'Minimum consecutive days off',
  unit: 'day',
  scope: 'timeline',
  perShift: false,
  monotone: false,
  remembers: ['days'],
  parameters: {
    days: { type: 'number', label: 'Days off', unit: 'days', min: 1, max: 14, integer: true, default: 2 },
  },
  sentence: p => `Days off come at least ${count(numberOf(p, 'days'), 'day')} in a row`,
  bind(parameters, site) {
    const least = numberOf(parameters, 'days');
    return (timeline, _agent, report) =>
      checkRuns(timeline, site, 'off', { least, most: Number.POSITIVE_INFINITY }, report);
  },
};
