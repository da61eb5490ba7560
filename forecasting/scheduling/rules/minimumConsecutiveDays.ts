import { count, numberOf, type TimelineRule } from './rule.ts';
import { checkRuns } from './runs.ts';

/** Shortest run of worked days; runs cut off by the horizon's end are not judged. Breach: days missing. */
export const minimumConsecutiveDays: TimelineRule = {
  kind: 'minimumConsecutiveDays',
  title: 'Minimum consecutive days',
  unit: 'day',
  scope: 'timeline',
  perShift: false,
  monotone: false,
  remembers: ['days'],
  parameters: {
    days: { type: 'number', label: 'Days', unit: 'days', min: 1, max: 31, integer: true, default: 2 },
  },
  sentence: p => `Whoever works, works at least ${count(numberOf(p, 'days'), 'day')} in a row`,
  bind(parameters, site) {
    const least = numberOf(parameters, 'days');
    return (timeline, _agent, report) =>
      checkRuns(timeline, site, 'worked', { least, most: Number.POSITIVE_INFINITY }, report);
  },
};
