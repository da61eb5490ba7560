import { dayProblem, matchesDay } from './fixedAssignment.ts';
import { type TimelineRule, textOf } from './rule.ts';

/** On a date (or every such weekday, or always) the agents the rule binds have no shift (of the type). Breach: shifts. */
export const forbiddenAssignment: TimelineRule = {
  kind: 'forbiddenAssignment',
  title: 'Forbidden assignment',
  unit: 'shift',
  scope: 'timeline',
  perShift: true,
  monotone: true,
  remembers: [],
  parameters: {
    on: { type: 'text', label: 'Date or weekday (empty = every day)', default: 'Sunday' },
    type: { type: 'text', label: 'Shift type (empty = any)', default: '' },
  },
  sentence: p => {
    const type = textOf(p, 'type');
    return `${textOf(p, 'on') || 'On every day'}: no ${type === '' ? '' : `${type} `}shift`;
  },
  problem: parameters => (textOf(parameters, 'on') === '' ? null : dayProblem(textOf(parameters, 'on'))),
  bind(parameters, site) {
    const on = textOf(parameters, 'on');
    const typeName = textOf(parameters, 'type');
    const type = site.typeNames.indexOf(typeName);
    const hit = new Uint8Array(site.dayCount);
    for (let day = 0; day < site.dayCount; day++) {
      if (on === '' || matchesDay(on, site.dateOf(day), site.weekdayOf(day))) hit[day] = 1;
    }
    return (timeline, _agent, report) => {
      let breach = 0;
      for (let i = timeline.firstIndex; i < timeline.count; i++) {
        const day = timeline.day[i]!;
        if (hit[day] !== 1 || (typeName !== '' && timeline.type[i] !== type)) continue;
        breach++;
        if (report) {
          report({
            amount: 1,
            fromMinute: timeline.start[i]!,
            toMinute: timeline.end[i]!,
            text: `${typeName === '' ? 'a' : `a ${typeName}`} shift where none is allowed`,
            shifts: [i],
          });
        }
      }
      return breach;
    };
  },
};
