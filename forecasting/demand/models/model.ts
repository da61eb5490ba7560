import type { DayHistory } from '../../history/dayHistory.ts';

/** What a model may see: the days before row `end` of a history, and the day effects taken out of it. */
export interface ModelInput {
  readonly history: DayHistory;
  /** Rows at and after `end` are not read. */
  readonly end: number;
  /**
   * Multiplicative effect of each civil day (month position, holidays, drivers), past and horizon, from row 0.
   * Models learn from counts divided by it and multiply their forecast by it. Absent: no effect.
   */
  readonly dayFactor?: Float64Array;
}

/** Mean contacts per interval, `days × slots` from the first day of the horizon; 0 where the weekly hours are closed. */
export type MeanForecast = Float64Array;

/** A model after learning. */
export interface FittedMean {
  predict(days: number): MeanForecast;
}

/** A member of the demand engine before bands: learns from days, forecasts the mean of days ahead. */
export interface MeanModel {
  readonly name: string;
  /** What a planner reads. */
  readonly title: string;
  /** Days with data below which the model says nothing of use. */
  readonly minimumDays: number;
  fit(input: ModelInput): FittedMean;
}

/** The factor of a row, 1 where none is given. */
export function factorOf(input: ModelInput, row: number): number {
  return input.dayFactor?.[row] ?? 1;
}
