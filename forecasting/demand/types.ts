import type { OpeningHours, SpecialDay } from '../calendar/opening.ts';
import type { LocalDate } from '../calendar/time.ts';
import type { HistoryFinding } from '../history/finding.ts';
import type { IntervalSeries } from '../history/series.ts';
import type { Driver } from './drivers.ts';
import type { Uncertainty } from './uncertainty.ts';

/** What to forecast, and from what beyond the history itself. */
export interface ForecastOptions {
  /** Only intervals that start before this instant are read. */
  readonly originEpochSeconds: number;
  /** Local days to forecast, the origin's day counted as the first. Give this or `endEpochSeconds`. */
  readonly horizonDays?: number;
  /** End of the forecast, exclusive. */
  readonly endEpochSeconds?: number;
  /** Band levels between 0 and 1; 0.8 and 0.95 when absent. */
  readonly levels?: readonly number[];
  /** Found from the history when absent. */
  readonly openingHours?: OpeningHours;
  /** Past and future days unlike their weekday. */
  readonly specialDays?: readonly SpecialDay[];
  readonly drivers?: readonly Driver[];
  /** Queues with a like pattern, from which a history of less than eight weeks borrows the weeks before it. */
  readonly similarQueues?: readonly IntervalSeries[];
  /** Ids of findings whose values a person decided to keep. */
  readonly keepFindings?: ReadonlySet<string>;
}

/** A central band: the stated share of outcomes is expected between `lower` and `upper`. */
export interface Band {
  readonly level: number;
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/** Lower and upper end of a band for one figure. */
export interface BandValue {
  readonly level: number;
  readonly lower: number;
  readonly upper: number;
}

/** Expected contacts over a stretch, with bands that account for what its intervals share. */
export interface TotalForecast {
  readonly offered: number;
  readonly bands: readonly BandValue[];
}

/** One local day of a forecast. */
export interface DayForecast extends TotalForecast {
  readonly date: LocalDate;
  readonly startEpochSeconds: number;
  readonly firstIndex: number;
  readonly count: number;
  /** Name of the special day, when the day is one. */
  readonly specialDay?: string;
  /** What each driver does to the day; their product is `explanation.driver`. Absent when none is used. */
  readonly drivers?: readonly DriverFactor[];
}

/** A driver's factor on a day's contacts; 1 changes nothing. */
export interface DriverFactor {
  readonly name: string;
  readonly factor: number;
}

/** Seven local days (fewer at the end of the horizon). */
export interface WeekForecast extends TotalForecast {
  readonly firstDate: LocalDate;
  readonly days: number;
}

/**
 * Why each interval has its value: `offered = level × weekday × intraday × monthPosition × annual × holiday ×
 * driver × combination × override`, exact to rounding. `level` is contacts per interval of an average open day;
 * the others are factors around 1 (`combination`: what averaging in the other models changed).
 */
export interface Explanation {
  readonly level: readonly number[];
  readonly weekday: readonly number[];
  readonly intraday: readonly number[];
  readonly monthPosition: readonly number[];
  readonly annual: readonly number[];
  readonly holiday: readonly number[];
  readonly driver: readonly number[];
  readonly combination: readonly number[];
  readonly override: readonly number[];
}

/** Which models make up the forecast of a stretch of the horizon, and how they did on the series' own past. */
export interface MethodChoice {
  /** First and last day ahead, counted from 1; `toDay` is Infinity for the last stretch. */
  readonly fromDay: number;
  readonly toDay: number;
  readonly members: readonly { readonly model: string; readonly share: number }[];
  /** WAPE in rolling forecasts inside the history; null when it was too short for any. */
  readonly wape: number | null;
  readonly naiveWape: number | null;
}

/** A queue's forecast as columns over the grid from `start`, step `stepSeconds`. */
export interface QueueForecast {
  readonly start: number;
  readonly stepSeconds: number;
  readonly timeZone: string;
  readonly originEpochSeconds: number;
  readonly openingHours: OpeningHours;
  /** 1 where the queue is open. */
  readonly open: readonly number[];
  /** Expected contacts; 0 where closed. */
  readonly offered: readonly number[];
  /**
   * The count that lies as often below as above, a whole number up to 60. Of all point forecasts it errs least in
   * the sum of absolute errors (WAPE), by several percent where counts are few; but its sums are too low for
   * staffing: use `offered` for work load.
   */
  readonly median: readonly number[];
  readonly bands: readonly Band[];
  /** Expected handle time; null where closed or where no handle time is known. */
  readonly ahtSeconds: readonly (number | null)[];
  /** Bands of the mean handle time that an interval will show. */
  readonly ahtBands: readonly AhtBand[];
  readonly days: readonly DayForecast[];
  readonly weeks: readonly WeekForecast[];
  readonly total: TotalForecast;
  readonly explanation: Explanation;
  /** Effect blocks and members chosen, per stretch of the horizon. */
  readonly methods: readonly MethodChoice[];
  readonly effects: readonly string[];
  readonly uncertainty: Uncertainty;
  /** WAPE that no method could beat: Poisson noise about a perfectly known rate. */
  readonly noiseFloorWape: number;
  readonly findings: readonly HistoryFinding[];
  /** Sentences about limits: a short history, a weekday never seen, an effect that could not be learnt. */
  readonly notes: readonly string[];
}

/** Band of handle time per interval, null where there is no forecast. */
export interface AhtBand {
  readonly level: number;
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
}
