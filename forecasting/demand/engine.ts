import type { OpeningHours } from '../calendar/opening.ts';
import { daysBetween, localDateOf } from '../calendar/time.ts';
import { classifyDays } from '../history/classifyDays.ts';
import { markFindings } from '../history/cleanHistory.ts';
import type { DayHistory } from '../history/dayHistory.ts';
import { dateOfRow, dayTable } from '../history/dayTable.ts';
import { detectOpeningHours } from '../history/detectOpeningHours.ts';
import type { HistoryFinding } from '../history/finding.ts';
import { dayNumberOf } from '../history/localClock.ts';
import type { IntervalSeries } from '../history/series.ts';
import { borrowHistory } from './borrowHistory.ts';
import type { DayLevelForecast } from './dayLevel.ts';
import { dayWorkspace } from './dayWorkspace.ts';
import { driverColumns, driverNotes } from './drivers.ts';
import { chooseEnsemble, type Ensemble, memberForecasts, mixMembers } from './ensemble.ts';
import { specialEffects, withClosures } from './specialEffects.ts';
import type { ForecastOptions } from './types.ts';
import { learnUncertainty, type Uncertainty } from './uncertainty.ts';

const MOST_HORIZON_DAYS = 800;

/** A queue's models as learnt at the origin, in day × slot form; `forecastQueue` lays it out on the grid. */
export interface QueueModel {
  readonly history: DayHistory;
  readonly ensemble: Ensemble;
  readonly dayLevel: DayLevelForecast;
  /** Day × profile member alone and the mix of all, `horizonDays × slots`. */
  readonly main: Float64Array;
  readonly mean: Float64Array;
  readonly uncertainty: Uncertainty;
  readonly openingHours: OpeningHours;
  readonly horizonDays: number;
  readonly endEpochSeconds: number | undefined;
  readonly findings: readonly HistoryFinding[];
  readonly notes: readonly string[];
}

/**
 * Learns everything that a forecast needs from the intervals before the origin.
 *
 * @throws RangeError if there is no interval with data before the origin, or an option is out of range.
 */
export function learnQueue(given: IntervalSeries, options: ForecastOptions): QueueModel {
  const origin = options.originEpochSeconds;
  if (!Number.isFinite(origin)) throw new RangeError(`originEpochSeconds must be a number; found ${origin}`);
  const { series, borrowedDays } = borrowHistory(given, options.similarQueues ?? [], origin);
  const horizonDays = horizonOf(series, options);
  const openingHours = options.openingHours ?? detectOpeningHours(given, origin);
  const special = withClosures(options.specialDays ?? []);
  const table = dayTable(series, openingHours, special, origin);
  const specialRows = new Set(special.map(day => dayNumberOf(day.date) - table.firstDayNumber));
  const history = classifiedWithKept(table, specialRows, series.timeZone, options.keepFindings);
  if (!history.totals.some(total => !Number.isNaN(total))) {
    throw new RangeError('history requires at least one whole local day with data before the origin');
  }
  const effects = specialEffects(history, special, horizonDays);
  const drivers = options.drivers ?? [];
  const originDay = table.firstDayNumber + table.days;
  const workspace = dayWorkspace(history, {
    horizonDays,
    drivers: driverColumns(drivers, originDay),
    specialEffects: effects.effects,
    closedRows: effects.closedRows,
  });
  const ensemble = chooseEnsemble(workspace);
  const members = memberForecasts(workspace, ensemble.levelChoice, table.days, horizonDays, -1);
  return {
    history,
    ensemble,
    dayLevel: members.dayLevel,
    main: members.means[0]!,
    mean: mixMembers(members.means, ensemble.shares, horizonDays, table.slots),
    uncertainty: learnUncertainty(history, ensemble.backtests),
    openingHours,
    horizonDays,
    endEpochSeconds: options.endEpochSeconds,
    findings: markFindings(history, series.timeZone).map(({ finding }) => finding),
    notes: [
      ...(borrowedDays > 0
        ? [
            `The history is short: ${borrowedDays} days before it were borrowed from similar queues, scaled to this one.`,
          ]
        : []),
      ...notesOn(history, ensemble, effects.unknown, horizonDays),
      ...driverNotes(drivers, originDay, horizonDays, ensemble.levelChoice.blocks.has('driver')),
    ],
  };
}

function horizonOf(series: IntervalSeries, options: ForecastOptions): number {
  const { originEpochSeconds, endEpochSeconds } = options;
  let days = options.horizonDays;
  if (days === undefined) {
    if (endEpochSeconds === undefined) throw new RangeError('horizonDays or endEpochSeconds is required');
    const last = localDateOf(endEpochSeconds - 1, series.timeZone);
    days = daysBetween(localDateOf(originEpochSeconds, series.timeZone), last) + 1;
  }
  if (!Number.isInteger(days) || days < 1 || days > MOST_HORIZON_DAYS) {
    throw new RangeError(`horizonDays must be a whole number from 1 to ${MOST_HORIZON_DAYS}; found ${days}`);
  }
  return days;
}

function classifiedWithKept(
  table: ReturnType<typeof dayTable>,
  specialRows: ReadonlySet<number>,
  timeZone: string,
  keep: ReadonlySet<string> | undefined,
): DayHistory {
  const history = classifyDays(table, new Set(), specialRows);
  if (!keep || keep.size === 0) return history;
  const rows = new Set(
    markFindings(history, timeZone)
      .filter(({ finding }) => keep.has(finding.id))
      .map(({ mark }) => mark.row),
  );
  return rows.size > 0 ? classifyDays(table, rows, specialRows) : history;
}

function notesOn(
  history: DayHistory,
  ensemble: Ensemble,
  unknown: readonly string[],
  horizonDays: number,
): string[] {
  const { table, totals, weight } = history;
  const notes: string[] = [];
  const days = totals.reduce((count, total) => count + (Number.isNaN(total) ? 0 : 1), 0);
  if (days < 28) {
    notes.push(
      `The history has ${days} day(s) with data. Four weeks are needed to tell weekdays apart from chance; until then similar weekdays share their profile and the bands are wide.`,
    );
  }
  if (ensemble.backtests.length === 0) {
    notes.push('The history is too short to test forecasts on; the bands are assumptions, not measurements.');
  }
  const last = totals.findLastIndex(total => !Number.isNaN(total));
  const silent = table.days - 1 - last;
  if (silent >= 10)
    notes.push(
      `No data for ${silent} days before the origin (last on ${dateOfRow(table, last)}); the last known level is carried on.`,
    );
  if (totals.every(total => Number.isNaN(total) || total === 0))
    notes.push('Every interval of the history has zero contacts; so has the forecast.');
  const contacts = totals.reduce((sum, total) => sum + (Number.isNaN(total) ? 0 : total), 0);
  if (contacts > 0 && contacts < days) {
    notes.push('Fewer than one contact a day: single intervals cannot be forecast, only their sums.');
  }
  if (unknown.length > 0)
    notes.push(`The history has no example of ${unknown.join(', ')}; no effect of its own could be learnt.`);
  if (history.shiftRow >= 0)
    notes.push(
      `The level changed on ${dateOfRow(table, history.shiftRow)}; the forecast starts from the new level.`,
    );
  if (horizonDays > days)
    notes.push(`The horizon of ${horizonDays} days is longer than the ${days} days of history.`);
  const learnt = weight.reduce((sum, value) => sum + value, 0);
  if (learnt < 0.7 * days)
    notes.push(`${days - learnt} of ${days} days are unlike their neighbours and were not learnt from.`);
  const worse = ensemble.losses.filter(loss => loss.ensemble > loss.naive).length;
  if (worse > 0)
    notes.push(
      'On part of the horizon the same-day-last-week forecast did better in the history; see the certificate.',
    );
  return notes;
}
