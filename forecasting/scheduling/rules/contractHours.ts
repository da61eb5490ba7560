import { checkPaidBlock } from './measure.ts';
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
    return (timeline, agent, report) => {
      let breach = 0;
      for (let w = 0; w < site.weekCount; w++) {
        const lastDay = Math.min(site.dayCount, w * 7 + 7);
        const share = (lastDay - w * 7) / 7;
        const least = agent.minMinutesPerWeek * share;
        const credit = agent.paidTimeOffMinutes[w] ?? 0;
        breach += checkPaidBlock(
          timeline,
          site,
          w * 7,
          lastDay,
          credit,
          least,
          agent.maxMinutesPerWeek,
          report,
        );
      }
      return breach;
    };
  },
};
