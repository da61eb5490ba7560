import { duration, numberOf, type TimelineRule } from './rule.ts';

/** Hours free between the end of a shift and the start of the next. Breach: minutes missing, summed over pairs. */
export const minimumRest: TimelineRule = {
  kind: 'minimumRest',
  title: 'Minimum rest between shifts',
  unit: 'minute',
  scope: 'timeline',
  perShift: false,
  monotone: true,
  remembers: ['times'],
  parameters: {
    hours: { type: 'number', label: 'Rest', unit: 'hours', min: 0, max: 48, default: 11 },
  },
  sentence: p => `Between two shifts there are at least ${duration(numberOf(p, 'hours') * 60)} of rest`,
  bind(parameters) {
    const due = Math.round(numberOf(parameters, 'hours') * 60);
    return (timeline, _agent, report) => {
      let missing = 0;
      for (let i = Math.max(1, timeline.firstIndex); i < timeline.count; i++) {
        const rest = timeline.start[i]! - timeline.end[i - 1]!;
        // Two shifts on one day with a gap between them are a split day only if templates say so: rest is due.
        if (rest >= due) continue;
        missing += due - rest;
        if (report) {
          report({
            amount: due - rest,
            fromMinute: timeline.end[i - 1]!,
            toMinute: timeline.start[i]!,
            text: `${duration(Math.max(0, rest))} of rest before this shift, ${duration(due)} are due`,
            shifts: [i - 1, i],
          });
        }
      }
      return missing;
    };
  },
};
