import { gridDays, type IntervalGrid } from '../calendar/grid.ts';
import { addDays, type LocalDate, localDay } from '../calendar/time.ts';

/** A column of one value an interval; `null` is an interval without data. */
export type Column = readonly (number | null)[];

/** What happened, by interval. Only `offered` is always there; every other column may be missing as a whole. */
export interface IntervalActuals extends Omit<IntervalGrid, 'count'> {
  readonly offered: Column;
  /** Contacts answered by an agent. */
  readonly handled?: Column;
  readonly abandoned?: Column;
  /** Contacts abandoned before the short-abandon threshold; part of `abandoned`. */
  readonly shortAbandoned?: Column;
  /** Contacts answered within the goal's seconds. */
  readonly answeredWithin?: Column;
  /** Contacts abandoned within the goal's seconds. */
  readonly abandonedWithin?: Column;
  /** Total queue seconds of the contacts answered. */
  readonly answerWaitSeconds?: Column;
  /** Total handle seconds (talk + hold + wrap-up) of the contacts handled. */
  readonly handleSeconds?: Column;
  /** Agents logged in for this queue, averaged over the interval. */
  readonly staffedAgents?: Column;
}

/** Sums of a run of intervals; `null` where the history does not carry the column. */
export interface ActualsTotal {
  readonly intervals: number;
  readonly offered: number;
  readonly handled: number | null;
  readonly abandoned: number | null;
  readonly shortAbandoned: number | null;
  readonly answeredWithin: number | null;
  readonly abandonedWithin: number | null;
  readonly answerWaitSeconds: number | null;
  readonly handleSeconds: number | null;
  /** Agent-seconds logged in. */
  readonly staffedSeconds: number | null;
}

/** Calendar periods a review rolls up to. Weeks start on Monday. */
export type ReviewPeriod = 'interval' | 'day' | 'week' | 'month' | 'all';

/** A run of intervals `[firstIndex, firstIndex + count)` under one label (a date, `2026-W19`, `2026-05`, an instant). */
export interface PeriodSpan {
  readonly label: string;
  readonly firstIndex: number;
  readonly count: number;
}

/** Sums intervals `[firstIndex, firstIndex + count)`; intervals whose `offered` is `null` are left out whole. */
export function totalActuals(actuals: IntervalActuals, firstIndex: number, count: number): ActualsTotal {
  const rows: number[] = [];
  for (let i = firstIndex; i < firstIndex + count; i++) if (actuals.offered[i] != null) rows.push(i);
  const sum = (column: Column | undefined): number | null => {
    if (!column) return null;
    let total = 0;
    let seen = false;
    for (const i of rows) {
      const value = column[i];
      if (value == null) continue;
      total += value;
      seen = true;
    }
    return seen ? total : null;
  };
  const staffed = sum(actuals.staffedAgents);
  return {
    intervals: rows.length,
    offered: sum(actuals.offered) ?? 0,
    handled: sum(actuals.handled),
    abandoned: sum(actuals.abandoned),
    shortAbandoned: sum(actuals.shortAbandoned),
    answeredWithin: sum(actuals.answeredWithin),
    abandonedWithin: sum(actuals.abandonedWithin),
    answerWaitSeconds: sum(actuals.answerWaitSeconds),
    handleSeconds: sum(actuals.handleSeconds),
    staffedSeconds: staffed === null ? null : staffed * actuals.stepSeconds,
  };
}

/** Cuts a grid into the runs of intervals of each calendar period, by local date. */
export function periodSpans(grid: IntervalGrid, period: ReviewPeriod): readonly PeriodSpan[] {
  if (period === 'all') return grid.count > 0 ? [{ label: 'all', firstIndex: 0, count: grid.count }] : [];
  if (period === 'interval') {
    return Array.from({ length: grid.count }, (_, i) => ({
      label: String(grid.start + i * grid.stepSeconds),
      firstIndex: i,
      count: 1,
    }));
  }
  const spans: { label: string; firstIndex: number; count: number }[] = [];
  for (const { day, firstIndex, count } of gridDays(grid)) {
    const label = periodLabel(day.date, period);
    const last = spans.at(-1);
    if (last?.label === label) last.count += count;
    else spans.push({ label, firstIndex, count });
  }
  return spans;
}

function periodLabel(date: LocalDate, period: 'day' | 'week' | 'month'): string {
  if (period === 'day') return date;
  if (period === 'month') return date.slice(0, 7);
  return isoWeek(date);
}

/** ISO 8601 week of a date, `2026-W19`: the week belongs to the year of its Thursday. */
export function isoWeek(date: LocalDate): string {
  const weekday = localDay(date, 'UTC').weekday;
  const thursday = addDays(date, 3 - weekday);
  const year = thursday.slice(0, 4);
  const dayOfYear = Math.round(
    (Date.parse(`${thursday}T00:00:00Z`) - Date.parse(`${year}-01-01T00:00:00Z`)) / 86_400_000,
  );
  return `${year}-W${String(Math.floor(dayOfYear / 7) + 1).padStart(2, '0')}`;
}
