import type { WaitingPart, WaitingRates } from './waiting.ts';

/**
 * Waiting with endless patience and room (Erlang C): V is exponential at the rate of the spare capacity.
 *
 * @param spareRate drainRate − arrivalRate > 0, computed without cancellation by the caller
 */
export function patientWaiting(rates: WaitingRates, spareRate: number): WaitingPart {
  const waiting = rates.drainRate / spareRate;
  const beyond = (t: number): number => waiting * Math.exp(-spareRate * t);
  const within = (t: number): number => -waiting * Math.expm1(-spareRate * t);
  return {
    logScale: 0,
    waiting,
    abandoned: 0,
    blocked: 0,
    waitSum: waiting / spareRate,
    servedWaitSum: waiting / spareRate,
    virtualBeyond: beyond,
    servedBeyond: beyond,
    virtualWithin: within,
    servedWithin: within,
  };
}
