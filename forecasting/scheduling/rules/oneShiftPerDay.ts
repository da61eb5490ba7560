import { count, numberOf, type TimelineRule } from './rule.ts';

/** At most so many shifts starting on one local day. Breach: shifts too many. */
export const oneShiftPerDay: TimelineRule = {
  kind: 'oneShiftPerDay',
  title: 'Shifts per day',
  unit: 'shift',
  scope: 'timeline',
  perShift: false,
  monotone: true,
  remembers: ['days'],
  parameters: {
    shifts: { type: 'number', label: 'Shifts', unit: 'shifts', min: 1, max: 3, integer: true, default: 1 },
  },
  sentence: p => `On one day at most ${count(numberOf(p, 'shifts'), 'shift')} may start`,
  bind(parameters) {
    const allowed = numberOf(parameters, 'shifts');
    return (timeline, _agent, report) => {
      let breach = 0;
      let run = 0;
      for (let i = timeline.firstIndex; i < timeline.count; i++) {
        run = i > timeline.firstIndex && timeline.day[i] === timeline.day[i - 1] ? run + 1 : 1;
        if (run <= allowed) continue;
        breach++;
        if (report) {
          report({
            amount: 1,
            fromMinute: timeline.start[i]!,
            toMinute: timeline.end[i]!,
            text: `shift number ${run} on one day, at most ${allowed} may start`,
            shifts: [i - 1, i],
          });
        }
      }
      return breach;
    };
  },
};
