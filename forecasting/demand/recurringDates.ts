import type { DayHistory } from '../history/dayHistory.ts';
import { civilDate, dayNumberOfCivil, weekdayOfDayNumber } from '../history/localClock.ts';

const LEAST_EFFECT = 0.12;
const LEAST_DEVIATIONS = 3.5;
const MOST_YEARS = 8;

/**
 * Effect (log scale) that a civil date has had in every past year: the same day of the year, the same weekday of
 * its month (third Monday, last Thursday), or the same distance from Easter. Two past years count only when
 * both were abnormal days, three or more when they agree well beyond their noise. 0 where nothing recurs.
 */
export function recurringEffect(
  history: DayHistory,
  end: number,
  dayNumber: number,
  deviationScale: number,
): number {
  let best = 0;
  for (const anchors of [sameDate(dayNumber), sameWeekdayOfMonth(dayNumber), sameFromEaster(dayNumber)]) {
    const effect = agreedEffect(history, end, anchors, deviationScale);
    if (Math.abs(effect) > Math.abs(best)) best = effect;
  }
  return best;
}

function agreedEffect(history: DayHistory, end: number, anchors: readonly number[], scale: number): number {
  const past: number[] = [];
  let abnormal = 0;
  for (const anchor of anchors) {
    const row = anchor - history.table.firstDayNumber;
    if (row < 0 || row >= end) continue;
    const value = history.deviation[row]!;
    if (!Number.isFinite(value)) continue;
    past.push(Math.max(-3, Math.min(3, value)));
    if (history.weight[row] === 0) abnormal++;
  }
  const n = past.length;
  if (n < 2) return 0;
  const sign = Math.sign(past[0]!);
  if (!past.every(value => Math.sign(value) === sign)) return 0;
  let sum = 0;
  for (const value of past) sum += value;
  const average = sum / n;
  if (Math.abs(average) < LEAST_EFFECT) return 0;
  if (n === 2 && abnormal < 2) return 0;
  if (n > 2 && Math.abs(average) * Math.sqrt(n) < LEAST_DEVIATIONS * scale) return 0;
  return (average * n) / (n + 0.3);
}

function sameDate(dayNumber: number): number[] {
  const { year, month, day } = civilDate(dayNumber);
  const anchors: number[] = [];
  for (let back = 1; back <= MOST_YEARS; back++) {
    if (month === 2 && day === 29) continue;
    anchors.push(dayNumberOfCivil(year - back, month, day));
  }
  return anchors;
}

function sameWeekdayOfMonth(dayNumber: number): number[] {
  const { year, month, day } = civilDate(dayNumber);
  const weekday = weekdayOfDayNumber(dayNumber);
  const ordinal = Math.floor((day - 1) / 7);
  const monthLength =
    dayNumberOfCivil(month === 12 ? year + 1 : year, (month % 12) + 1, 1) - dayNumberOfCivil(year, month, 1);
  const isLast = day + 7 > monthLength;
  const anchors: number[] = [];
  for (let back = 1; back <= MOST_YEARS; back++) {
    const first = dayNumberOfCivil(year - back, month, 1);
    const lead = (weekday - weekdayOfDayNumber(first) + 7) % 7;
    let anchor = first + lead + 7 * ordinal;
    if (isLast) {
      const next = dayNumberOfCivil(month === 12 ? year - back + 1 : year - back, (month % 12) + 1, 1);
      anchor = first + lead;
      while (anchor + 7 < next) anchor += 7;
    }
    anchors.push(anchor);
  }
  return anchors;
}

function sameFromEaster(dayNumber: number): number[] {
  const { year } = civilDate(dayNumber);
  const distance = dayNumber - easterDay(year);
  if (distance < -3 || distance > 2) return [];
  return Array.from({ length: MOST_YEARS }, (_, back) => easterDay(year - back - 1) + distance);
}

/** Western Easter Sunday (anonymous Gregorian computus). */
function easterDay(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  return dayNumberOfCivil(year, month, ((h + l - 7 * m + 114) % 31) + 1);
}
