import { duration, numberOf, type TimelineRule } from './rule.ts';

/** Start times on consecutive worked days differ by at most so many minutes of the clock. Breach: minutes beyond. */
export const startTimeConsistency: TimelineRule = {
  kind: 'startTimeConsistency',
  title: 'Consistent start times',
  unit: 'minute',
  scope: 'timeline',
  perShift: false,
  monotone: true,
  remembers: ['times', 'days'],
  parameters: {
    minutes: { type: 'number', label: 'Difference', unit: 'minutes', min: 0, max: 720, default: 60 },
  },
  sentence: p => `Start times on consecutive days differ by at most ${duration(numberOf(p, 'minutes'))}`,
  bind(parameters) {
    const most = numberOf(parameters, 'minutes');
    return (timeline, _agent, report) => {
      let breach = 0;
      for (let i = Math.max(1, timeline.firstIndex); i < timeline.count; i++) {
        if (timeline.day[i]! - timeline.day[i - 1]! !== 1) continue;
        const apart = Math.abs(timeline.startMinuteOfDay[i]! - timeline.startMinuteOfDay[i - 1]!);
        // The clock is a circle: 23:30 and 00:30 are an hour apart.
        const difference = Math.min(apart, 1440 - apart);
        if (difference <= most) continue;
        breach += difference - most;
        if (report) {
          report({
            amount: difference - most,
            fromMinute: timeline.start[i]!,
            toMinute: timeline.end[i]!,
            text: `starts ${duration(difference)} apart from the day before, at most ${duration(most)} are allowed`,
            shifts: [i - 1, i],
          });
        }
      }
      return breach;
    };
  },
};
