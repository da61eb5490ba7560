import type { OpeningHours } from '../../../forecasting/calendar/opening.ts';
import { backtest } from '../../../forecasting/demand/backtest.ts';
import { certificate, type ForecastCertificate } from '../../../forecasting/demand/certificate.ts';
import type { Driver } from '../../../forecasting/demand/drivers.ts';
import { forecastQueue } from '../../../forecasting/demand/forecastQueue.ts';
import type { QueueForecast } from '../../../forecasting/demand/types.ts';
import { endOf, sliceSeries } from '../../../forecasting/history/series.ts';
import type { QueueHistory } from '../../service/queueHistory.ts';

/** A queue's history with what to forecast from it. */
export interface ForecastRequest {
  readonly queueName: string;
  readonly history: QueueHistory;
  readonly openingHours: OpeningHours;
  /** With the days that were known at the origin. */
  readonly drivers: readonly Driver[];
  readonly originEpochSeconds: number;
  readonly endEpochSeconds: number;
}

export interface ForecastAnswer {
  readonly forecast: QueueForecast;
  /** null when the history is too short to test anything on. */
  readonly certificate: ForecastCertificate | null;
}

const ORIGINS = 6;
const HORIZONS_DAYS = [1, 7, 28];
const LEAST_TEST_HISTORY_DAYS = 28;

/** Forecasts one queue and tests the method on the queue's own past. */
export function computeForecast(
  request: ForecastRequest,
  progress: (share: number, stage: string) => void,
): ForecastAnswer {
  const { history, queueName, originEpochSeconds } = request;
  const options = {
    openingHours: request.openingHours,
    specialDays: history.specialDays,
    drivers: request.drivers,
    keepFindings: new Set(history.keepFindings),
  };
  progress(0, `Forecasting ${queueName}`);
  const forecast = forecastQueue(history.series, {
    ...options,
    originEpochSeconds,
    endEpochSeconds: request.endEpochSeconds,
  });
  const past = sliceSeries(
    history.series,
    history.series.start,
    Math.min(endOf(history.series), originEpochSeconds),
  );
  const days = (past.offered.length * past.stepSeconds) / 86_400;
  const horizonsDays = HORIZONS_DAYS.filter(horizon => days >= LEAST_TEST_HISTORY_DAYS + horizon);
  if (horizonsDays.length === 0) return { forecast, certificate: null };
  const result = backtest(past, {
    ...options,
    origins: ORIGINS,
    horizonsDays,
    onProgress: share => progress(0.2 + 0.8 * share, `Testing ${queueName} on its own past`),
  });
  return { forecast, certificate: certificate(queueName, result) };
}
