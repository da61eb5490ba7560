import { daysBetween, localDateOf } from '../calendar/time.ts';
import { intervalBands, totalBands } from '../demand/bands.ts';
import type { Band, QueueForecast, TotalForecast } from '../demand/types.ts';
import { scatterAt } from '../demand/uncertainty.ts';
import type { IntervalSeries } from '../history/series.ts';
import { boundedLogRatio, CARRY_FADE, CARRY_SLOTS, ruleAt, type UpdateRule } from './updateRule.ts';

/** A forecast of one day as it stands after part of the day. */
export interface DayReforecast {
  readonly start: number;
  readonly stepSeconds: number;
  readonly timeZone: string;
  /** Everything before this instant is observed. */
  readonly nowEpochSeconds: number;
  /** First interval that is still forecast. */
  readonly fromIndex: number;
  /** Contacts per interval of the day: as first forecast before `fromIndex`, re-forecast from there on. */
  readonly offered: readonly number[];
  readonly bands: readonly Band[];
  /** Observed contacts per interval; null where unknown or still to come. */
  readonly observed: readonly (number | null)[];
  /** Contacts observed and expected up to now, over the intervals that were observed. */
  readonly observedSoFar: number;
  readonly expectedSoFar: number;
  /** Plain ratio observed ÷ expected, and the factor that was applied instead. */
  readonly ratio: number;
  readonly appliedFactor: number;
  /** Rest of the day from `fromIndex`. */
  readonly rest: TotalForecast;
  /** Sentence for the planner: what was done with the observed ratio and why. */
  readonly message: string;
}

/**
 * Re-forecasts the rest of a day from what its first part showed. The log ratio of observed to expected is shrunk by a
 * slope learnt from past days (`learnUpdateRule`): at low volume the plain ratio is mostly noise and would make
 * the forecast worse. The band of the rest narrows by what the first part explains.
 *
 * @throws RangeError if the forecast does not cover the local day of `nowEpochSeconds`, or grids do not match.
 */
export function reforecastDay(
  forecast: QueueForecast,
  observed: IntervalSeries,
  options: { readonly nowEpochSeconds: number; readonly rule: UpdateRule },
): DayReforecast {
  const { stepSeconds, timeZone } = forecast;
  const { nowEpochSeconds, rule } = options;
  if (observed.stepSeconds !== stepSeconds) {
    throw new RangeError(
      `observed intervals of ${observed.stepSeconds} s do not match the forecast's ${stepSeconds} s`,
    );
  }
  const date = localDateOf(nowEpochSeconds, timeZone);
  const day = forecast.days.find(one => one.date === date);
  if (!day) throw new RangeError(`the forecast does not cover ${date}`);
  const cut = Math.max(
    0,
    Math.min(day.count, Math.floor((nowEpochSeconds - day.startEpochSeconds) / stepSeconds)),
  );
  const base = forecast.offered.slice(day.firstIndex, day.firstIndex + day.count);
  const seen = observedDay(observed, day.startEpochSeconds, stepSeconds, day.count, cut);
  const sums = soFar(base, seen, cut);
  const total = base.reduce((sum, value) => sum + value, 0);
  const { slope, carry, explained } = ruleAt(rule, total > 0 ? sums.expected / total : 0);
  const logRatio = sums.expected > 0 ? boundedLogRatio(sums.observed, sums.expected) : 0;
  const residual = sums.expected > 0 ? recentLogRatio(base, seen, cut) - logRatio : 0;
  const offered = base.map((value, i) =>
    i < cut ? value : value * Math.exp(slope * logRatio + carry * CARRY_FADE ** (i - cut) * residual),
  );
  const ahead = daysBetween(localDateOf(forecast.originEpochSeconds, timeZone), date) + 1;
  const distribution = restDistribution(forecast, offered, cut, ahead, explained);
  return {
    start: day.startEpochSeconds,
    stepSeconds,
    timeZone,
    nowEpochSeconds,
    fromIndex: cut,
    offered,
    ...distribution,
    observed: seen,
    observedSoFar: sums.observed,
    expectedSoFar: sums.expected,
    ratio: sums.expected > 0 ? sums.observed / sums.expected : 1,
    appliedFactor: Math.exp(slope * logRatio),
    message: messageFor(sums, slope, rule),
  };
}

function observedDay(
  observed: IntervalSeries,
  start: number,
  stepSeconds: number,
  count: number,
  cut: number,
): (number | null)[] {
  const offset = (start - observed.start) / stepSeconds;
  if (!Number.isInteger(offset))
    throw new RangeError('observed intervals are not on the grid of the forecast');
  return Array.from({ length: count }, (_, i) => (i < cut ? (observed.offered[offset + i] ?? null) : null));
}

function soFar(base: readonly number[], seen: readonly (number | null)[], cut: number) {
  let observed = 0;
  let expected = 0;
  for (let i = 0; i < cut; i++) {
    const value = seen[i];
    if (value == null || !((base[i] ?? 0) > 0)) continue;
    observed += value;
    expected += base[i] ?? 0;
  }
  return { observed, expected };
}

function recentLogRatio(base: readonly number[], seen: readonly (number | null)[], cut: number): number {
  let observed = 0;
  let expected = 0;
  for (let i = Math.max(0, cut - CARRY_SLOTS); i < cut; i++) {
    const value = seen[i];
    if (value == null) continue;
    observed += value;
    expected += base[i] ?? 0;
  }
  return boundedLogRatio(observed, expected);
}

function restDistribution(
  forecast: QueueForecast,
  offered: readonly number[],
  cut: number,
  ahead: number,
  explained: number,
): { bands: Band[]; rest: TotalForecast } {
  const levels = forecast.bands.map(band => band.level);
  const known = scatterAt(forecast.uncertainty, ahead);
  const scatter = {
    ...known,
    dayVariance: known.dayVariance * (1 - explained),
    levelVariance: known.levelVariance * (1 - explained),
  };
  const perInterval = offered.map(mean => intervalBands(scatter, mean, levels));
  let mean = 0;
  let squaredMeans = 0;
  for (let i = cut; i < offered.length; i++) {
    mean += offered[i] ?? 0;
    squaredMeans += (offered[i] ?? 0) ** 2;
  }
  const bands = levels.map((level, b) => ({
    level,
    lower: perInterval.map(values => values[b]?.lower ?? 0),
    upper: perInterval.map(values => values[b]?.upper ?? 0),
  }));
  const rest = totalBands(
    { buckets: [scatter, scatter, scatter] },
    [{ ahead: 1, mean, squaredMeans }],
    levels,
  );
  return { bands, rest: { offered: mean, bands: rest } };
}

function messageFor(sums: { observed: number; expected: number }, slope: number, rule: UpdateRule): string {
  if (sums.expected <= 0) return 'Nothing of the day is known yet; the forecast stands.';
  const ratio = Math.round((100 * sums.observed) / sums.expected);
  if (rule.days === 0)
    return `${ratio} % of the expected contacts came so far; too few past days to say what that means, so the forecast stands.`;
  if (slope < 0.02) {
    return `${ratio} % of the expected contacts came so far; on past days such a start said nothing about the rest, so the forecast stands.`;
  }
  return `${ratio} % of the expected contacts came so far; on ${rule.days} past days ${Math.round(100 * slope)} % of such a deviation carried on, and that much was applied.`;
}
