import { type GridDay, gridDays } from '../calendar/grid.ts';
import { deferredFlow, promiseOf } from '../staffing/deferredQueue.ts';
import type { BandDraws } from './bandDraws.ts';
import { type DayLaw, dayHas, dayLaw, type ForecastScatter, logFactor, scatterOn } from './dayFactor.ts';
import { BUSY, SUMS } from './intervalCurves.ts';
import { type QueueOutcome, staffIsSet } from './scenario.ts';

/** Sums of a future besides those of queues with a line. */
export const DEFERRED = SUMS;
export const DEFERRED_IN_TIME = SUMS + 1;
export const ALL_SUMS = SUMS + 2;

/** Deferred work of one queue: first come, first served through every future's own contacts. */
export class DeferredFutures {
  readonly #outcome: QueueOutcome;
  readonly #days: readonly { readonly day: GridDay; readonly law: DayLaw }[];
  readonly #factors: Float64Array;
  readonly #peakDay: number;
  readonly #peakAgents: number;
  readonly #isStaffSet: boolean;

  constructor(queueOutcome: QueueOutcome, scatter: ForecastScatter | undefined, peak: number) {
    const { queue, demand, agents } = queueOutcome;
    this.#outcome = queueOutcome;
    this.#factors = new Float64Array(demand.offered.length);
    this.#days = gridDays({ ...queue, count: demand.offered.length }).map(day => ({
      day,
      law: dayLaw(scatterOn(day, scatter, queue.timeZone)),
    }));
    this.#peakDay = this.#days.findIndex(({ day }) => dayHas(day, peak));
    this.#peakAgents = agents[peak] ?? 0;
    this.#isStaffSet = staffIsSet(queueOutcome);
  }

  /** Adds one future to the sums; the work, and so the hours and the peak, follow the contacts. */
  add(draws: BandDraws, future: number, q: number, queues: number, sums: Float64Array) {
    const { queue, demand, agents, totals } = this.#outcome;
    let peakFactor = 1;
    this.#days.forEach(({ day, law }, d) => {
      const factor = Math.exp(logFactor(law, d, draws, future * queues + q));
      this.#factors.fill(factor, day.firstIndex, day.firstIndex + day.count);
      if (d === this.#peakDay) peakFactor = factor;
    });
    const work = { ...demand, stepSeconds: queue.stepSeconds };
    const flow = deferredFlow(work, agents, promiseOf(queue.goal), this.#factors);
    sums[DEFERRED]! += flow.contacts;
    sums[DEFERRED_IN_TIME]! += flow.inTime;
    sums[BUSY]! += flow.busySeconds;
    if (this.#isStaffSet) return { paidHours: totals.paidHours, peakAgents: this.#peakAgents };
    const growth = totals.calls > 0 ? flow.contacts / totals.calls : 1;
    return { paidHours: totals.paidHours * growth, peakAgents: this.#peakAgents * peakFactor };
  }
}
