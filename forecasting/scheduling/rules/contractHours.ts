import { checkPaidWeeks } from './measure.ts';
import type { TimelineRule } from './rule.ts';

/** Each agent's own minimum and maximum paid hours per planning week. Breach: minutes outside. */
export const contractHours: TimelineRule = {
  kind: 'contractHours',
  title: 'Contract hours',
  unit: 'minute',
  scope: 'timeline',
  perShift: false,
  monotone: false,
  remembers: ['paid'],
  parameters: {},
  sentence: () => 'Paid time in a week stays between the minimum and the maximum of the contract',
  bind(_parameters, site) {
    return (timeline, agent, report) =>
      checkPaidWeeks(timeline, agent, site, 1, agent.minMinutesPerWeek, agent.maxMinutesPerWeek, report);
  },
};
