import { count, numberOf, type TimelineRule } from './rule.ts';

/**
 * Holidays are worked in turn: with the holidays of the ledger, nobody is more than so many ahead of the
 * agent who has worked fewest. Breach: holiday shifts out of turn.
 */
export const holidaysInTurn: TimelineRule = {
  kind: 'holidaysInTurn',
  title: 'Holidays in turn',
  unit: 'shift',
  scope: 'timeline',
  perShift: false,
  monotone: true,
  remembers: ['days'],
  parameters: {
    lead: { type: 'number', label: 'Lead', unit: 'holidays', min: 0, max: 10, integer: true, default: 1 },
  },
  sentence: p =>
    `Holidays are worked in turn: nobody gets more than ${count(numberOf(p, 'lead'), 'holiday')} ahead of the agent with the fewest`,
  bind(parameters, site) {
    const lead = numberOf(parameters, 'lead');
    return (timeline, agent, report) => {
      const allowed = Math.max(0, site.leastHolidays + lead - agent.pastHolidays);
      let worked = 0;
      let breach = 0;
      for (let i = timeline.firstIndex; i < timeline.count; i++) {
        const day = timeline.day[i]!;
        if (!site.isHoliday(day) || (i > timeline.firstIndex && timeline.day[i - 1] === day)) continue;
        worked++;
        if (worked <= allowed) continue;
        breach++;
        if (report) {
          report({
            amount: 1,
            fromMinute: timeline.start[i]!,
            toMinute: timeline.end[i]!,
            text: `works holiday number ${agent.pastHolidays + worked} while another has worked ${site.leastHolidays}`,
            shifts: [i],
          });
        }
      }
      return breach;
    };
  },
};
