/** One scored interval. */
export interface ScoredInterval {
  readonly actual: number;
  readonly forecast: number;
  /** Quantile forecasts in the order of the tally's `quantiles`; absent for methods without a distribution. */
  readonly quantiles?: readonly number[];
}

/** How often a band held. */
export interface Coverage {
  readonly level: number;
  /** Share of intervals inside the band, 0–1. */
  readonly share: number;
}

/**
 * Error measures over a set of intervals.
 * - WAPE = Σ|forecast − actual| / Σ actual.
 * - MASE = mean |error| / mean |error| of the seasonal naive forecast inside the history before the origin.
 * - bias = Σ(forecast − actual) / Σ actual; above 0 the forecast is too high.
 * - wQL = 2 × mean pinball loss over the quantiles / mean actual.
 */
export interface Accuracy {
  readonly intervals: number;
  readonly volume: number;
  /** null when nothing was offered in the scored intervals. */
  readonly wape: number | null;
  readonly mase: number | null;
  readonly bias: number | null;
  readonly rmse: number | null;
  readonly wql: number | null;
  readonly coverage: readonly Coverage[];
}

/** Quantiles over which wQL is taken. */
export const SCORED_QUANTILES: readonly number[] = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975];
const BAND_ENDS: readonly (readonly [level: number, lower: number, upper: number])[] = [
  [0.8, 1, 5],
  [0.95, 0, 6],
];

/** Running sums from which an `Accuracy` is read. */
export class AccuracyTally {
  #intervals = 0;
  #volume = 0;
  #absolute = 0;
  #signed = 0;
  #squared = 0;
  #scaled = 0;
  #pinball = 0;
  #quantiled = 0;
  readonly #held = BAND_ENDS.map(() => 0);

  /** @param scale mean absolute error of the seasonal naive forecast before the origin; 0 when unknown. */
  add(interval: ScoredInterval, scale: number): void {
    const { actual, forecast, quantiles } = interval;
    const error = forecast - actual;
    this.#intervals++;
    this.#volume += actual;
    this.#absolute += Math.abs(error);
    this.#signed += error;
    this.#squared += error * error;
    if (scale > 0) this.#scaled += Math.abs(error) / scale;
    if (!quantiles) return;
    this.#quantiled++;
    SCORED_QUANTILES.forEach((p, i) => {
      const miss = actual - (quantiles[i] ?? forecast);
      this.#pinball += Math.max(p * miss, (p - 1) * miss) / SCORED_QUANTILES.length;
    });
    BAND_ENDS.forEach(([, lower, upper], b) => {
      if (actual >= (quantiles[lower] ?? 0) && actual <= (quantiles[upper] ?? 0)) this.#held[b]!++;
    });
  }

  read(): Accuracy {
    const n = this.#intervals;
    const volume = this.#volume;
    const perVolume = (sum: number) => (volume > 0 ? sum / volume : null);
    return {
      intervals: n,
      volume,
      wape: perVolume(this.#absolute),
      mase: n > 0 && this.#scaled > 0 ? this.#scaled / n : null,
      bias: perVolume(this.#signed),
      rmse: n > 0 ? Math.sqrt(this.#squared / n) : null,
      wql: this.#quantiled === n ? perVolume(2 * this.#pinball) : null,
      coverage:
        this.#quantiled === n && n > 0
          ? BAND_ENDS.map(([level], b) => ({ level, share: (this.#held[b] ?? 0) / n }))
          : [],
    };
  }
}

/** Mean |N_t − N_t−week| over the history before the origin, the scale of MASE; 0 when there is no full week. */
export function seasonalNaiveScale(offered: readonly (number | null)[], end: number, week: number): number {
  let sum = 0;
  let count = 0;
  for (let i = week; i < Math.min(end, offered.length); i++) {
    const now = offered[i];
    const before = offered[i - week];
    if (now == null || before == null) continue;
    sum += Math.abs(now - before);
    count++;
  }
  return count > 0 ? sum / count : 0;
}
