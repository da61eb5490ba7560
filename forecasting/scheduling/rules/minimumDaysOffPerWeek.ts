import { count, numberOf, type TimelineRule } from './rule.ts';

/** Days without a shift in each planning week of seven days. Breach: days missing. */
export const minimumDaysOffPerWeek: TimelineRule = {
  kind: 'minimumDaysOffPerWeek',
  title: 'Minimum days off per week',
  unit: 'day',
  scope: 'timeline',
  perShift: false,
  monotone: true,
  remembers: ['days'],
  parameters: {
    days: { type: 'number', label: 'Days off', unit: 'days', min: 0, max: 7, integer: true, default: 2 },
  },
  sentence: p => `Everybody has at least ${count(numberOf(p, 'days'), 'day')} off in a week`,
  bind(parameters, site) {
    const most = 7 - numberOf(parameters, 'days');
    return (timeline, _agent, report) => {
      let breach = 0;
      for (let w = 0; w < site.weekCount; w++) {
        let worked = 0;
        for (let i = timeline.firstIndex; i < timeline.count; i++) {
          const day = timeline.day[i]!;
          if (day < w * 7 || day >= w * 7 + 7) continue;
          if (i === timeline.firstIndex || day !== timeline.day[i - 1]) worked++;
        }
        if (worked <= most) continue;
        breach += worked - most;
        if (report) {
          report({
            amount: worked - most,
            fromMinute: site.dayStartMinute(w * 7),
            toMinute: site.dayStartMinute((w + 1) * 7),
            text: `${count(worked, 'day')} worked in week ${w + 1}, at most ${most} leave the days off that are due`,
            shifts: [],
          });
        }
      }
      return breach;
    };
  },
};
