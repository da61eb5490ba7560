import { count, numberOf, type TimelineRule, textOf } from './rule.ts';

/** Shifts of one type in each planning week. Breach: shifts too many. */
export const maximumShiftsOfType: TimelineRule = {
  kind: 'maximumShiftsOfType',
  title: 'Maximum shifts of a type',
  unit: 'shift',
  scope: 'timeline',
  perShift: false,
  monotone: true,
  remembers: ['types'],
  parameters: {
    type: { type: 'text', label: 'Shift type', default: 'night' },
    shifts: { type: 'number', label: 'Shifts', unit: 'shifts', min: 0, max: 31, integer: true, default: 3 },
  },
  sentence: p =>
    `In a week nobody has more than ${count(numberOf(p, 'shifts'), `${textOf(p, 'type')} shift`)}`,
  bind(parameters, site) {
    const name = textOf(parameters, 'type');
    const type = site.typeNames.indexOf(name);
    const most = numberOf(parameters, 'shifts');
    return (timeline, _agent, report) => {
      if (type < 0) return 0;
      let breach = 0;
      for (let w = 0; w < site.weekCount; w++) {
        let shifts = 0;
        for (let i = timeline.firstIndex; i < timeline.count; i++) {
          const day = timeline.day[i]!;
          if (timeline.type[i] === type && day >= w * 7 && day < w * 7 + 7) shifts++;
        }
        if (shifts <= most) continue;
        breach += shifts - most;
        if (report) {
          report({
            amount: shifts - most,
            fromMinute: site.dayStartMinute(w * 7),
            toMinute: site.dayStartMinute((w + 1) * 7),
            text: `${count(shifts, `${name} shift`)} in week ${w + 1}, at most ${most} are allowed`,
            shifts: [],
          });
        }
      }
      return breach;
    };
  },
};
