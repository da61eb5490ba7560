import type { OpeningHours, SpecialDay } from '../calendar/opening.ts';
import { localDay } from '../calendar/time.ts';
import { classifyDays } from './classifyDays.ts';
import type { DayHistory, DayMark } from './dayHistory.ts';
import { dateOfRow, dayTable } from './dayTable.ts';
import { detectOpeningHours } from './detectOpeningHours.ts';
import { findingOf, type HistoryFinding } from './finding.ts';
import { localSeconds } from './localClock.ts';
import { endOf, type IntervalSeries } from './series.ts';

/** How a history is cleaned. */
export interface CleanOptions {
  readonly openingHours?: OpeningHours;
  readonly specialDays?: readonly SpecialDay[];
  /** Ids of findings whose values a person decided to keep. */
  readonly keepFindings?: ReadonlySet<string>;
}

/** A cleaned copy and what was done; the original is untouched. */
export interface CleanResult {
  readonly series: IntervalSeries;
  readonly findings: readonly HistoryFinding[];
}

/**
 * Looks for gaps, copied and doubled days, outages, spikes, abnormal days and level shifts. Copies, outages and
 * spikes become missing in the cleaned copy; abnormal days keep their values and are given no weight when a
 * model learns. Every finding says what was done and why, and its id can be passed in `keepFindings` to undo it.
 */
export function cleanHistory(series: IntervalSeries, options: CleanOptions = {}): CleanResult {
  const hours = options.openingHours ?? detectOpeningHours(series);
  const table = dayTable(series, hours, options.specialDays ?? []);
  const keep = options.keepFindings ?? new Set<string>();
  const found = markFindings(classifyDays(table), series.timeZone);
  const keptRows = new Set(found.filter(({ finding }) => keep.has(finding.id)).map(({ mark }) => mark.row));
  const history = keptRows.size > 0 ? classifyDays(table, keptRows) : classifyDays(table);
  const findings = markFindings(history, series.timeZone).map(({ finding }) => finding);
  return { series: withMissing(series, history), findings: [...gapFindings(series, history), ...findings] };
}

/** Findings of a classified history, each with the mark it came from. */
export function markFindings(history: DayHistory, timeZone: string) {
  return history.marks.map(mark => ({ mark, finding: findingFrom(history, mark, timeZone) }));
}

const WHY: Record<DayMark['kind'], (mark: DayMark, date: string) => string> = {
  'copied-day': (_, date) =>
    `${date} repeats an earlier day value for value, as filled-in data does; it was treated as missing.`,
  'doubled-day': (mark, date) =>
    `${date} has about twice its usual contacts and only even counts, as a day imported twice has; models do not learn from it (${facts(mark)}).`,
  'abnormal-day': (mark, date) =>
    `${date} lies far from the nearest days of its weekday (${facts(mark)}); its values stay and models do not learn from it.`,
  outage: (mark, date) =>
    `${date}: hours with hardly a contact inside a busy day (${facts(mark)}), as in an outage; they were treated as missing.`,
  spike: (mark, date) =>
    `${date}: one interval far above its usual value (${facts(mark)}); it was treated as missing.`,
  'level-shift': (mark, date) =>
    `From ${date} on the volume lies at a new level (${facts(mark)}); the level starts anew there.`,
};

function facts(mark: DayMark): string {
  return `${Math.round(mark.observed)} observed, ${Math.round(mark.expected)} expected`;
}

function findingFrom(history: DayHistory, mark: DayMark, timeZone: string): HistoryFinding {
  const { table } = history;
  const date = dateOfRow(table, mark.row);
  const day = localDay(date, timeZone);
  const whole = mark.fromSlot === 0 && mark.toSlot === table.slots;
  return findingOf({
    kind: mark.kind,
    action:
      mark.kind === 'level-shift'
        ? 'none'
        : mark.kind === 'abnormal-day' || mark.kind === 'doubled-day'
          ? 'weight-zero'
          : 'set-missing',
    fromEpochSeconds: whole
      ? day.startEpochSeconds
      : day.startEpochSeconds + mark.fromSlot * table.stepSeconds,
    toEpochSeconds: whole ? day.endEpochSeconds : day.startEpochSeconds + mark.toSlot * table.stepSeconds,
    affected: mark.toSlot - mark.fromSlot,
    message: WHY[mark.kind](mark, date),
    observed: mark.observed,
    expected: mark.expected,
  });
}

function withMissing(series: IntervalSeries, history: DayHistory): IntervalSeries {
  const { table, counts } = history;
  const local = localSeconds(series.start, series.stepSeconds, series.offered.length, series.timeZone);
  const offered = series.offered.map((value, i) => {
    const at = local[i]!;
    const cell =
      Math.floor(at / 86_400 - table.firstDayNumber) * table.slots +
      Math.floor((at % 86_400) / series.stepSeconds);
    return Number.isNaN(counts[cell]!) ? null : value;
  });
  return { ...series, offered };
}

/** Stretches of open intervals without data, joined over closed hours; a queue that stopped is a finding of its own. */
function gapFindings(series: IntervalSeries, history: DayHistory): HistoryFinding[] {
  const { table } = history;
  const findings: HistoryFinding[] = [];
  let from = -1;
  let last = -1;
  let affected = 0;
  const local = localSeconds(series.start, series.stepSeconds, series.offered.length, series.timeZone);
  const close = () => {
    if (from < 0) return;
    const start = series.start + from * series.stepSeconds;
    const end = series.start + (last + 1) * series.stepSeconds;
    const hours = (affected * series.stepSeconds) / 3600;
    findings.push(
      findingOf({
        kind: end >= endOf(series) ? 'stopped' : 'gap',
        action: 'none',
        fromEpochSeconds: start,
        toEpochSeconds: end,
        affected,
        message: `${affected} open interval(s) (${hours.toFixed(hours < 10 ? 1 : 0)} h) from ${dateOfRow(table, Math.floor(local[from]! / 86_400) - table.firstDayNumber)} have no data; they are missing, not zero.`,
      }),
    );
    from = -1;
    affected = 0;
  };
  for (let i = 0; i < series.offered.length; i++) {
    const at = local[i]!;
    const row = Math.floor(at / 86_400) - table.firstDayNumber;
    const open = table.open[row * table.slots + Math.floor((at % 86_400) / series.stepSeconds)] === 1;
    if (!open) continue;
    if (series.offered[i] !== null) close();
    else {
      if (from < 0) from = i;
      last = i;
      affected++;
    }
  }
  close();
  return findings;
}
