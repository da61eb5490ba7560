import type { Accuracy } from './accuracy.ts';
import type { BacktestResult, HorizonResult } from './backtest.ts';

/** Whether the forecast earned its keep at a horizon. */
export type Verdict = 'better-than-naive' | 'no-better-than-naive' | 'not-scored';

/** Accuracy of one queue's forecast at one horizon, as published. */
export interface CertificateHorizon {
  readonly horizonDays: number;
  readonly verdict: Verdict;
  /** WAPE of the forecast over that of the best simple forecast; below 1 is better. */
  readonly ratioToBestNaive: number | null;
  readonly bestNaive: string;
  readonly forecast: Accuracy;
  readonly naive: HorizonResult['naive'];
  readonly floorWape: number;
  readonly dayTotalWape: number | null;
  readonly byWeekday: readonly Accuracy[];
  readonly byHour: readonly Accuracy[];
}

/** A statement of measured accuracy with what it was measured on; plain data, ready for JSON or a page. */
export interface ForecastCertificate {
  readonly queue: string;
  readonly engine: string;
  readonly historyDays: number;
  readonly origins: number;
  readonly firstOriginEpochSeconds: number;
  readonly lastOriginEpochSeconds: number;
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  readonly horizons: readonly CertificateHorizon[];
  /** The same in one line. */
  readonly line: string;
}

/** Name and version of the method that a certificate speaks of. */
export const ENGINE_NAME = 'coverline day-level ensemble 1';

/** Turns rolling-origin results into a certificate. It says so where a simple forecast did as well. */
export function certificate(
  queue: string,
  result: BacktestResult,
  settings: Readonly<Record<string, string | number | boolean>> = {},
): ForecastCertificate {
  const horizons = result.horizons.map(certificateHorizon);
  const origins = result.originsEpochSeconds;
  return {
    queue,
    engine: ENGINE_NAME,
    historyDays: result.historyDays,
    origins: origins.length,
    firstOriginEpochSeconds: origins[0] ?? 0,
    lastOriginEpochSeconds: origins.at(-1) ?? 0,
    settings,
    horizons,
    line: `${queue}: ${horizons.map(horizonLine).join('; ')} (${origins.length} rolling origin(s), ${result.historyDays} days of history)`,
  };
}

function certificateHorizon(result: HorizonResult): CertificateHorizon {
  const wape = result.forecast.wape;
  let bestNaive = '';
  let bestWape = Number.POSITIVE_INFINITY;
  for (const { method, accuracy } of result.naive) {
    if (accuracy.wape !== null && accuracy.wape < bestWape) {
      bestWape = accuracy.wape;
      bestNaive = method;
    }
  }
  const comparable = wape !== null && Number.isFinite(bestWape);
  return {
    horizonDays: result.horizonDays,
    verdict: !comparable ? 'not-scored' : wape < bestWape ? 'better-than-naive' : 'no-better-than-naive',
    ratioToBestNaive: comparable && bestWape > 0 ? wape / bestWape : null,
    bestNaive,
    forecast: result.forecast,
    naive: result.naive,
    floorWape: result.floorWape,
    dayTotalWape: result.dayTotals.wape,
    byWeekday: result.byWeekday,
    byHour: result.byHour,
  };
}

function percent(value: number | null, digits = 1): string {
  return value === null ? 'n/a' : `${(100 * value).toFixed(digits)} %`;
}

function horizonLine(horizon: CertificateHorizon): string {
  const { forecast } = horizon;
  const best = horizon.naive.find(entry => entry.method === horizon.bestNaive);
  if (horizon.verdict === 'not-scored') return `${horizon.horizonDays} d not scored`;
  const against =
    horizon.verdict === 'better-than-naive'
      ? `${horizon.bestNaive} ${percent(best?.accuracy.wape ?? null)}`
      : `NO BETTER than ${horizon.bestNaive} ${percent(best?.accuracy.wape ?? null)}`;
  const cover = forecast.coverage
    .map(c => `${Math.round(100 * c.level)} % band held ${percent(c.share, 0)}`)
    .join(', ');
  return `${horizon.horizonDays} d WAPE ${percent(forecast.wape)} (${against}, floor ${percent(horizon.floorWape)}), bias ${percent(forecast.bias)}, ${cover}`;
}
