/** Settings of the damped weekday-seasonal level on the log scale. */
export interface LevelSettings {
  /** Share of a day's surprise taken into the level. */
  readonly alpha: number;
  /** Share taken into the weekday's effect. */
  readonly gamma: number;
}

/** State after the last day learnt: `level` reverts to `slowMean` by a factor φ per day of service. */
export interface LevelState {
  readonly level: number;
  readonly slowMean: number;
  readonly weekday: Float64Array;
  /** Smoothed absolute surprise × 1.25: an estimate of the day-to-day standard deviation. */
  readonly deviation: number;
}

const SLOW_HALF_LIFE_DAYS = 16 * 7;
const CLIP_DEVIATIONS = 3;
const START_DAYS = 28;

/**
 * Runs the filter over rows `from … end − 1` of the adjusted log totals; rows with weight 0 are passed over.
 * Surprises are clipped at three standard deviations. At `shiftRow` the level starts anew from the next days.
 */
export function runLevelFilter(
  logTotals: Float64Array,
  weekdays: Uint8Array,
  weight: Float64Array,
  from: number,
  end: number,
  settings: LevelSettings,
  shiftRow: number,
): LevelState {
  const start = startState(logTotals, weekdays, weight, from, end);
  let { level, slowMean, deviation } = start;
  const weekday = start.weekday;
  const serviceDaysPerWeek = Math.max(1, start.weekdaysSeen);
  const slowRate = 1 - 2 ** (-7 / serviceDaysPerWeek / SLOW_HALF_LIFE_DAYS);
  const { alpha, gamma } = settings;
  for (let d = from; d < end; d++) {
    if (weight[d] === 0) continue;
    if (d === shiftRow) {
      const jump = meanSurprise(logTotals, weekdays, weight, d, Math.min(end, d + 14), level, weekday);
      level += jump;
      slowMean += jump;
    }
    const w = weekdays[d]!;
    const surprise = logTotals[d]! - level - weekday[w]!;
    const bound = CLIP_DEVIATIONS * deviation;
    const e = surprise > bound ? bound : surprise < -bound ? -bound : surprise;
    deviation += 0.03 * (1.25 * Math.min(Math.abs(surprise), 2 * bound) - deviation);
    if (deviation < 1e-4) deviation = 1e-4;
    level += alpha * e;
    weekday[w]! += gamma * (1 - alpha) * e;
    slowMean += slowRate * (level - slowMean);
  }
  return { level, slowMean, weekday, deviation };
}

function meanSurprise(
  logTotals: Float64Array,
  weekdays: Uint8Array,
  weight: Float64Array,
  from: number,
  to: number,
  level: number,
  weekday: Float64Array,
): number {
  let sum = 0;
  let days = 0;
  for (let d = from; d < to; d++) {
    if (weight[d] === 0) continue;
    sum += logTotals[d]! - level - weekday[weekdays[d]!]!;
    days++;
  }
  return days > 0 ? sum / days : 0;
}

interface StartState {
  level: number;
  slowMean: number;
  deviation: number;
  weekday: Float64Array;
  weekdaysSeen: number;
}

/** Level and shrunken weekday effects of the first four weeks. */
function startState(
  logTotals: Float64Array,
  weekdays: Uint8Array,
  weight: Float64Array,
  from: number,
  end: number,
): StartState {
  const sums = new Float64Array(7);
  const days = new Float64Array(7);
  const to = Math.min(end, from + START_DAYS);
  for (let d = from; d < to; d++) {
    if (weight[d] === 0) continue;
    sums[weekdays[d]!]! += logTotals[d]!;
    days[weekdays[d]!]!++;
  }
  let level = 0;
  let weekdaysSeen = 0;
  for (let w = 0; w < 7; w++) {
    if (days[w]! === 0) continue;
    level += sums[w]! / days[w]!;
    weekdaysSeen++;
  }
  level = weekdaysSeen > 0 ? level / weekdaysSeen : 0;
  const weekday = new Float64Array(7);
  let spread = 0;
  let residual = 0;
  let freedom = 0;
  for (let w = 0; w < 7; w++) {
    if (days[w]! > 0) {
      weekday[w] = sums[w]! / days[w]! - level;
      spread += weekday[w]! ** 2;
    }
  }
  for (let d = from; d < to; d++) {
    if (weight[d] === 0) continue;
    residual += (logTotals[d]! - level - weekday[weekdays[d]!]!) ** 2;
    freedom++;
  }
  freedom -= weekdaysSeen;
  // A constant history has no noise at all; the floor keeps the ratios below defined.
  const noise = Math.max(1e-12, freedom > 0 ? residual / freedom : spread / Math.max(1, weekdaysSeen) / 2);
  const between = Math.max(
    spread / Math.max(1, weekdaysSeen) - noise / Math.max(1, meanPositive(days)),
    0.05 * noise,
  );
  for (let w = 0; w < 7; w++) {
    weekday[w]! *= days[w]! > 0 ? between / (between + noise / days[w]!) : 0;
  }
  return { level, slowMean: level, deviation: Math.max(0.01, Math.sqrt(noise)), weekday, weekdaysSeen };
}

function meanPositive(values: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (value > 0) {
      sum += value;
      count++;
    }
  }
  return count > 0 ? sum / count : 0;
}

/** Level and weekday effects with fixed settings: weekday means aged by 20 weeks, level by α = 0.2. */
export function fixedLevelState(
  logTotals: Float64Array,
  weekdays: Uint8Array,
  weight: Float64Array,
  from: number,
  end: number,
  shiftRow: number,
): LevelState {
  const weekday = new Float64Array(7);
  let filtered = runLevelFilter(
    logTotals,
    weekdays,
    weight,
    from,
    end,
    { alpha: 0.2, gamma: 0.03 },
    shiftRow,
  );
  for (let round = 0; round < 2; round++) {
    const adjusted = round === 0 ? filtered.weekday : weekday.slice();
    const sums = new Float64Array(7);
    const weights = new Float64Array(7);
    let level = Number.NaN;
    for (let d = end - 1; d >= from; d--) {
      if (weight[d] === 0) continue;
      const age = 2 ** (-(end - d) / 140);
      const w = weekdays[d]!;
      const free = logTotals[d]! - adjusted[w]!;
      level = Number.isNaN(level) ? free : level + 0.2 * (free - level);
      sums[w]! += age * (logTotals[d]! - level);
      weights[w]! += age;
    }
    for (let w = 0; w < 7; w++) weekday[w] = weights[w]! > 0 ? sums[w]! / (weights[w]! + 0.3) : 0;
    filtered = { ...filtered, weekday: weekday.slice() };
  }
  return levelGivenWeekday(logTotals, weekdays, weight, from, end, weekday, shiftRow, filtered);
}

function levelGivenWeekday(
  logTotals: Float64Array,
  weekdays: Uint8Array,
  weight: Float64Array,
  from: number,
  end: number,
  weekday: Float64Array,
  shiftRow: number,
  fallback: LevelState,
): LevelState {
  let level = Number.NaN;
  let slowMean = Number.NaN;
  const deviation = fallback.deviation;
  for (let d = from; d < end; d++) {
    if (weight[d] === 0) continue;
    const free = logTotals[d]! - weekday[weekdays[d]!]!;
    if (Number.isNaN(level) || d === shiftRow) {
      level = meanSurprise(logTotals, weekdays, weight, d, Math.min(end, d + 14), 0, weekday);
      slowMean = level;
    }
    const bound = CLIP_DEVIATIONS * deviation;
    level += 0.2 * Math.max(-bound, Math.min(bound, free - level));
    slowMean += 0.01 * (level - slowMean);
  }
  if (Number.isNaN(level)) return { ...fallback, weekday };
  return { level, slowMean, weekday, deviation };
}
