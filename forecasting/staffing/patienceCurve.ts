import { assertPositive } from './errors.ts';
import type { EmpiricalPatience } from './patience.ts';
import { assertLog, type WaitLog } from './patienceFit.ts';

/** Kaplan–Meier estimate of P(R > t) at the times of the abandons. */
export interface SurvivalCurve {
  readonly seconds: readonly number[];
  readonly survival: readonly number[];
  /** Greenwood's standard error of `survival`. */
  readonly standardError: readonly number[];
  /** Calls still in the queue just before. */
  readonly atRisk: readonly number[];
}

/**
 * Kaplan–Meier curve of patience: giving up is the event, being answered censors. It stops where fewer than
 * `leastAtRisk` calls are left in the queue (30 unless told), for beyond that the curve is noise.
 *
 * @throws StaffingError naming the offending entry
 */
export function survivalCurve(log: WaitLog, leastAtRisk = 30): SurvivalCurve {
  assertLog(log);
  assertPositive('leastAtRisk', leastAtRisk);
  const order = log.waitSeconds
    .map((_, i) => i)
    .sort((i, j) => (log.waitSeconds[i] ?? 0) - (log.waitSeconds[j] ?? 0));
  const curve = {
    seconds: [] as number[],
    survival: [] as number[],
    standardError: [] as number[],
    atRisk: [] as number[],
  };
  let stays = 1;
  let greenwood = 0;
  for (let at = 0; at < order.length; ) {
    const seconds = log.waitSeconds[order[at] ?? 0] ?? 0;
    const atRisk = order.length - at;
    if (atRisk < leastAtRisk) break;
    let events = 0;
    for (; at < order.length && log.waitSeconds[order[at] ?? 0] === seconds; at++) {
      if (log.abandoned[order[at] ?? 0] === true) events += 1;
    }
    if (events === 0 || seconds === 0) continue;
    stays *= 1 - events / atRisk;
    greenwood += events < atRisk ? events / (atRisk * (atRisk - events)) : 0;
    curve.seconds.push(seconds);
    curve.survival.push(stays);
    curve.standardError.push(stays * Math.sqrt(greenwood));
    curve.atRisk.push(atRisk);
  }
  return curve;
}

/**
 * The curve as patience for `evaluateQueue`. Beyond its last point it goes on at the exponential rate that the log
 * shows as a whole, in steps of a tenth of its mean, down to 1 in 1 000.
 *
 * @param meanSeconds of the exponential continuation, as `fitPatience` gives it
 * @returns null for a curve without abandons
 */
export function curvePatience(curve: SurvivalCurve, meanSeconds: number): EmpiricalPatience | null {
  assertPositive('meanSeconds', meanSeconds);
  const seconds = [...curve.seconds];
  const survival = [...curve.survival];
  const last = seconds[seconds.length - 1];
  let stays = survival[survival.length - 1];
  if (last === undefined || stays === undefined) return null;
  for (let k = 1; stays > 0.001; k++) {
    stays *= Math.exp(-0.1);
    seconds.push(last + k * 0.1 * meanSeconds);
    survival.push(stays <= 0.001 ? 0 : stays);
  }
  return { kind: 'empirical', seconds, survival };
}

/** Abandonment per second of queueing in one bin of waiting time. */
export interface HazardBin {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly abandons: number;
  /** Seconds that calls spent in the queue within the bin. */
  readonly queueSeconds: number;
  /** Abandons per queueing second, with a 95 % interval; null where nobody queued that long. */
  readonly rate: { readonly value: number; readonly low: number; readonly high: number } | null;
}

/**
 * Hazard of giving up by time in queue. Spikes show announcements; a level line is exponential patience.
 *
 * @param binSeconds width of a bin, usually 5 to 10
 * @param upToSeconds end of the last bin
 */
export function abandonHazard(log: WaitLog, binSeconds: number, upToSeconds: number): readonly HazardBin[] {
  assertLog(log);
  assertPositive('binSeconds', binSeconds);
  assertPositive('upToSeconds', upToSeconds);
  const count = Math.ceil(upToSeconds / binSeconds - 1e-9);
  const abandons = new Float64Array(count);
  const exposure = new Float64Array(count);
  log.waitSeconds.forEach((wait, i) => {
    for (let bin = 0; bin < count && wait > bin * binSeconds; bin++) {
      exposure[bin]! += Math.min(wait, (bin + 1) * binSeconds) - bin * binSeconds;
    }
    // A wait on a bin's edge ends the bin before.
    const own = Math.ceil(wait / binSeconds) - 1;
    if (log.abandoned[i] === true && own >= 0 && own < count) abandons[own]! += 1;
  });
  return Array.from(abandons, (events, bin) => ({
    fromSeconds: bin * binSeconds,
    toSeconds: (bin + 1) * binSeconds,
    abandons: events,
    queueSeconds: exposure[bin]!,
    rate: exposure[bin]! > 0 ? rateInterval(events, exposure[bin]!) : null,
  }));
}

/** Rate of a Poisson count with the square-root interval (√x ± 0.98)², sound also for few events. */
function rateInterval(events: number, exposure: number): { value: number; low: number; high: number } {
  const low = Math.max(0, Math.sqrt(events) - 0.98) ** 2;
  const high = (Math.sqrt(events + 1) + 0.98) ** 2;
  return { value: events / exposure, low: low / exposure, high: high / exposure };
}
