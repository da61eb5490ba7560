import type { TimelineRule } from './rule.ts';

/** Saturday and Sunday are both worked or both free. Breach: half-worked weekends. */
export const completeWeekends: TimelineRule = {
  kind: 'completeWeekends',
  title: 'Complete weekends',
  unit: 'weekend',
  scope: 'timeline',
  perShift: false,
  monotone: false,
  remembers: ['days'],
  parameters: {},
  sentence: () => 'A weekend is worked on both days or on neither',
  bind(_parameters, site) {
    const saturday = 5 - site.weekdayOf(0);
    return (timeline, _agent, report) => {
      let breach = 0;
      for (let first = saturday; first + 1 < site.dayCount; first += 7) {
        if (first < 0) continue;
        let worked = 0;
        for (let i = timeline.firstIndex; i < timeline.count; i++) {
          if (timeline.day[i] === first) worked |= 1;
          else if (timeline.day[i] === first + 1) worked |= 2;
        }
        if (worked === 0 || worked === 3) continue;
        breach++;
        if (report) {
          report({
            amount: 1,
            fromMinute: site.dayStartMinute(first),
            toMinute: site.dayStartMinute(first + 2),
            text: `only ${worked === 1 ? 'Saturday' : 'Sunday'} of the weekend is worked`,
            shifts: [],
          });
        }
      }
      return breach;
    };
  },
};
