import { isWeekend } from './measure.ts';
import { count, numberOf, type TimelineRule } from './rule.ts';

/**
 * Weekends with a shift on Saturday or Sunday, in every run of so many weeks that ends in the horizon,
 * shifts before the horizon included. Breach: weekends too many, summed over the runs.
 */
export const maximumWeekends: TimelineRule = {
  kind: 'maximumWeekends',
  title: 'Maximum weekends',
  unit: 'weekend',
  scope: 'timeline',
  perShift: false,
  monotone: true,
  remembers: ['days'],
  parameters: {
    weekends: {
      type: 'number',
      label: 'Weekends',
      unit: 'weekends',
      min: 0,
      max: 52,
      integer: true,
      default: 2,
    },
    weeks: { type: 'number', label: 'In any', unit: 'weeks', min: 1, max: 52, integer: true, default: 4 },
  },
  sentence: p =>
    `In any ${count(numberOf(p, 'weeks'), 'week')} nobody works on more than ${count(numberOf(p, 'weekends'), 'weekend')}`,
  bind(parameters, site) {
    const most = numberOf(parameters, 'weekends');
    const weeks = numberOf(parameters, 'weeks');
    // Day index of the Saturday of calendar week 0 (the week of the horizon's first day).
    const saturday = 5 - site.weekdayOf(0);
    const lastWeek = Math.ceil((site.dayCount - saturday) / 7);
    const weekends: number[] = [];
    return (timeline, _agent, report) => {
      // Worked weekends first, then the spans: long timelines are read once, not once per span.
      let found = 0;
      for (let i = 0; i < timeline.count; i++) {
        const day = timeline.day[i]!;
        if (!isWeekend(site.weekdayOf(day))) continue;
        const week = Math.floor((day - saturday) / 7);
        if (found === 0 || weekends[found - 1] !== week) weekends[found++] = week;
      }
      let breach = 0;
      for (let last = 0; last < lastWeek; last++) {
        let worked = 0;
        for (let k = 0; k < found; k++) {
          if (weekends[k]! <= last && weekends[k]! > last - weeks) worked++;
        }
        if (worked <= most) continue;
        breach += worked - most;
        if (report) {
          report({
            amount: worked - most,
            fromMinute: site.dayStartMinute(saturday + last * 7),
            toMinute: site.dayStartMinute(saturday + last * 7 + 2),
            text: `${count(worked, 'weekend')} worked in ${count(weeks, 'week')}, at most ${most} are allowed`,
            shifts: [],
          });
        }
      }
      return breach;
    };
  },
};
