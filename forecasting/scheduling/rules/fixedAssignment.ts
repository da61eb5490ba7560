import { type TimelineRule, textOf } from './rule.ts';

/** On a date (or every such weekday) the agents the rule binds work, if wanted on a given shift type. Breach: days missed. */
export const fixedAssignment: TimelineRule = {
  kind: 'fixedAssignment',
  title: 'Fixed assignment',
  unit: 'day',
  scope: 'timeline',
  perShift: false,
  monotone: false,
  remembers: ['types', 'days'],
  parameters: {
    on: { type: 'text', label: 'Date or weekday', default: 'Monday' },
    type: { type: 'text', label: 'Shift type (empty = any)', default: '' },
  },
  sentence: p => `On ${textOf(p, 'on')} there is ${named(textOf(p, 'type'))}`,
  problem: parameters => dayProblem(textOf(parameters, 'on')),
  bind(parameters, site) {
    const on = textOf(parameters, 'on');
    const typeName = textOf(parameters, 'type');
    const type = site.typeNames.indexOf(typeName);
    const days: number[] = [];
    for (let day = 0; day < site.dayCount; day++) {
      if (matchesDay(on, site.dateOf(day), site.weekdayOf(day))) days.push(day);
    }
    return (timeline, _agent, report) => {
      let breach = 0;
      for (const day of days) {
        let found = false;
        for (let i = timeline.firstIndex; i < timeline.count; i++) {
          if (timeline.day[i] === day && (typeName === '' || timeline.type[i] === type)) found = true;
        }
        if (found) continue;
        breach++;
        if (report) {
          report({
            amount: 1,
            fromMinute: site.dayStartMinute(day),
            toMinute: site.dayStartMinute(day + 1),
            text: `${named(typeName)} is fixed on this day and is missing`,
            shifts: [],
          });
        }
      }
      return breach;
    };
  },
};

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** Whether "Monday" or "2026-05-04" names the day. */
export function matchesDay(on: string, date: string, weekday: number): boolean {
  return on === date || on.toLowerCase() === WEEKDAYS[weekday]?.toLowerCase();
}

/** Null when the text is a weekday's name or an ISO date. */
export function dayProblem(on: string): string | null {
  const fine =
    WEEKDAYS.some(name => name.toLowerCase() === on.toLowerCase()) || /^\d{4}-\d{2}-\d{2}$/.test(on);
  return fine ? null : `"${on}" is neither a weekday's name nor a date like 2026-05-04`;
}

function named(type: string): string {
  return type === '' ? 'a shift' : `a ${type} shift`;
}
