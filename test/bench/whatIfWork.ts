import { computeScenario, drawBand, planAgents, scenarioBand } from '../../forecasting/index.ts';
import { MONTH_DAYS, monthQueues, monthScatter, monthScenarios } from './whatIfMonth.ts';

/** The pieces of work that the benchmark times, in Node and in the browser alike. */

const INDEPENDENT = [0, 1, 2, 3].map(i => [0, 1, 2, 3].map(j => (i === j ? 1 : 0.3)));

export interface Work {
  readonly name: string;
  readonly run: (round: number) => number;
}

/** @param scale how many times the calls of the sample centre */
export function whatIfWork(scale: number): readonly Work[] {
  const queues = monthQueues(scale);
  const scatter = queues.map(() => monthScatter());
  const draws = drawBand(INDEPENDENT, MONTH_DAYS + 1);
  const figure = (round: number, from: number, bands: boolean) => {
    const plan = planAgents(queues);
    let sum = 0;
    for (const levers of monthScenarios(round / 1000).slice(from)) {
      const outcome = computeScenario(queues, levers, plan);
      sum += outcome.totals.paidHours;
      if (bands) sum += scenarioBand(outcome, scatter, draws).paidHours.high;
    }
    return sum;
  };
  return [
    { name: 'four scenarios', run: round => figure(round, 0, false) },
    { name: 'four scenarios with bands', run: round => figure(round, 0, true) },
    { name: 'one lever moved', run: round => figure(round, 3, false) },
    { name: 'one lever moved, with band', run: round => figure(round, 3, true) },
  ];
}
