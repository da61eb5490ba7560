import { daysBetween, localDateOf } from '../calendar/time.ts';
import { type DayMean, totalBands } from './bands.ts';
import { noiseFloorWape } from './noiseFloor.ts';
import type { DayForecast, QueueForecast, WeekForecast } from './types.ts';

/** Sums of one day of a forecast in the form that totals need. */
function dayMeanOf(forecast: QueueForecast, day: DayForecast, offered: readonly number[]): DayMean {
  const first = localDateOf(forecast.originEpochSeconds, forecast.timeZone);
  let mean = 0;
  let squaredMeans = 0;
  for (let i = day.firstIndex; i < day.firstIndex + day.count; i++) {
    const value = offered[i] ?? 0;
    mean += value;
    squaredMeans += value * value;
  }
  return { ahead: daysBetween(first, day.date) + 1, mean, squaredMeans };
}

/**
 * The forecast with other expected contacts: bands move in proportion, totals are summed anew, and the factor
 * new ÷ old goes into the named column of the explanation.
 */
export function withOffered(
  forecast: QueueForecast,
  offered: readonly number[],
  column: 'override' | 'combination',
): QueueForecast {
  const factor = offered.map((value, i) => {
    const before = forecast.offered[i] ?? 0;
    return before > 0 ? value / before : 1;
  });
  const scaled = (values: readonly number[]) =>
    values.map((value, i) => ((forecast.offered[i] ?? 0) > 0 ? value * (factor[i] ?? 1) : (offered[i] ?? 0)));
  const levels = forecast.bands.map(band => band.level);
  const means = forecast.days.map(day => dayMeanOf(forecast, day, offered));
  const days = forecast.days.map((day, d): DayForecast => {
    const mean = means[d];
    return mean
      ? { ...day, offered: mean.mean, bands: totalBands(forecast.uncertainty, [mean], levels) }
      : day;
  });
  return {
    ...forecast,
    offered,
    median: scaled(forecast.median),
    bands: forecast.bands.map(band => ({
      level: band.level,
      lower: scaled(band.lower),
      upper: scaled(band.upper),
    })),
    explanation: explained(forecast, offered, factor, column),
    days,
    weeks: weeksOf(forecast, days, means, levels),
    total: {
      offered: means.reduce((sum, mean) => sum + mean.mean, 0),
      bands: totalBands(forecast.uncertainty, means, levels),
    },
    noiseFloorWape: noiseFloorWape(offered),
  };
}

/** An interval that had no expected contacts has no parts to scale: its whole value stands in `level`. */
function explained(
  forecast: QueueForecast,
  offered: readonly number[],
  factor: readonly number[],
  column: 'override' | 'combination',
): QueueForecast['explanation'] {
  const parts = forecast.explanation;
  const setFromNothing = (i: number) => (forecast.offered[i] ?? 0) === 0 && (offered[i] ?? 0) > 0;
  const plain = (values: readonly number[]) => values.map((value, i) => (setFromNothing(i) ? 1 : value));
  const next = {
    level: parts.level.map((value, i) => (setFromNothing(i) ? (offered[i] ?? 0) : value)),
    weekday: plain(parts.weekday),
    intraday: plain(parts.intraday),
    monthPosition: plain(parts.monthPosition),
    annual: plain(parts.annual),
    holiday: plain(parts.holiday),
    driver: plain(parts.driver),
    combination: plain(parts.combination),
    override: plain(parts.override),
  };
  return { ...next, [column]: next[column].map((value, i) => value * (factor[i] ?? 1)) };
}

function weeksOf(
  forecast: QueueForecast,
  days: readonly DayForecast[],
  means: readonly DayMean[],
  levels: readonly number[],
): WeekForecast[] {
  return forecast.weeks.map((week, w) => {
    const part = days.slice(7 * w, 7 * w + 7);
    return {
      ...week,
      offered: part.reduce((sum, day) => sum + day.offered, 0),
      bands: totalBands(forecast.uncertainty, means.slice(7 * w, 7 * w + 7), levels),
    };
  });
}
