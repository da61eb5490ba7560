import type { SpecialDay } from '../calendar/opening.ts';
import type { DayHistory } from '../history/dayHistory.ts';
import { dayNumberOf } from '../history/localClock.ts';
import { mean } from '../history/statistics.ts';

/** Special days in table coordinates: what closes, and by how much the others move the volume. */
export interface SpecialEffects {
  /** Log effect per row of the horizon and of the past. */
  readonly effects: ReadonlyMap<number, number>;
  /** Rows on which the queue is closed all day. */
  readonly closedRows: ReadonlySet<number>;
  /** Names of coming special days of which the history has no example. */
  readonly unknown: readonly string[];
}

/** A closure without hours of its own closes the whole day. */
export function withClosures(specialDays: readonly SpecialDay[]): readonly SpecialDay[] {
  return specialDays.map(day => (day.kind === 'closure' && !day.hours ? { ...day, hours: [] } : day));
}

/**
 * Effect of each special day: the mean log deviation of its past examples (same name) from the nearest days of their
 * weekday, shrunk by n/(n + ½); days of a name never seen take half of their kind's mean effect.
 */
export function specialEffects(
  history: DayHistory,
  specialDays: readonly SpecialDay[],
  horizonDays: number,
): SpecialEffects {
  const { table, deviation } = history;
  const byName = new Map<string, number[]>();
  const byKind = new Map<string, number[]>();
  const closedRows = new Set<number>();
  for (const day of specialDays) {
    const row = dayNumberOf(day.date) - table.firstDayNumber;
    if (day.hours?.length === 0) closedRows.add(row);
    const value = row >= 0 && row < table.days ? deviation[row]! : Number.NaN;
    if (!Number.isFinite(value)) continue;
    const bounded = Math.max(-3, Math.min(3, value));
    byName.set(day.name, [...(byName.get(day.name) ?? []), bounded]);
    byKind.set(day.kind, [...(byKind.get(day.kind) ?? []), bounded]);
  }
  const effects = new Map<number, number>();
  const unknown = new Set<string>();
  for (const day of specialDays) {
    const row = dayNumberOf(day.date) - table.firstDayNumber;
    if (row < 0 || row >= table.days + horizonDays) continue;
    const own = byName.get(day.name);
    const kind = byKind.get(day.kind);
    if (own) effects.set(row, (mean(own) * own.length) / (own.length + 0.5));
    else effects.set(row, kind && day.kind === 'holiday' ? mean(kind) / 2 : 0);
    if (!own && row >= table.days && !closedRows.has(row)) unknown.add(day.name);
  }
  return { effects, closedRows, unknown: [...unknown] };
}
