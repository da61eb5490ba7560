import { z } from 'zod';
import { findForecast } from '../../data/store/forecasts.ts';
import { type Context, reach } from './context.ts';
import { found } from './refusal.ts';
import { readForecastInputs, readMethod } from './storedForecast.ts';

const accuracyValue = z.object({
  intervals: z.number(),
  wape: z.number().nullable(),
  mase: z.number().nullable(),
  bias: z.number().nullable(),
  coverage: z.array(z.object({ level: z.number(), share: z.number() })),
});
const certificateSchema = z.object({
  engine: z.string(),
  origins: z.number(),
  horizons: z.array(
    z.object({
      horizonDays: z.number(),
      bestNaive: z.string(),
      forecast: accuracyValue,
      naive: z.array(z.object({ method: z.string(), accuracy: accuracyValue })),
      dayTotalWape: z.number().nullable(),
    }),
  ),
});

/** The backtest behind a forecast. */
export async function readCertificate(context: Context, id: string) {
  const stored = found(await findForecast(context.environment.store.db, reach(context, 'forecast.read'), id));
  const certificate = certificateSchema.safeParse(stored.accuracy);
  const inputs = found(readForecastInputs(stored));
  const tested = certificate.success ? certificate.data : { origins: 0, horizons: [] };
  const rows = tested.horizons.map(horizon => {
    const naiveWape = horizon.naive.find(one => one.method === 'seasonal-naive')?.accuracy.wape ?? null;
    const { wape } = horizon.forecast;
    return {
      horizonDays: horizon.horizonDays,
      origins: tested.origins,
      wape,
      mase: horizon.forecast.mase,
      bias: horizon.forecast.bias,
      coverage: horizon.forecast.coverage,
      naiveWape,
      improvement: wape === null || naiveWape === null || naiveWape === 0 ? null : 1 - wape / naiveWape,
      dayTotalWape: horizon.dayTotalWape,
    };
  });
  const last = tested.horizons.at(-1);
  return {
    forecastId: id,
    queueId: stored.queueId,
    modelName: readMethod(stored.method).name,
    intervals: rows.map(({ dayTotalWape: _, ...row }) => row),
    days: rows.map(({ horizonDays, origins, dayTotalWape }) => ({
      horizonDays,
      origins,
      wape: dayTotalWape,
      mase: null,
      bias: null,
      coverage: [],
      naiveWape: null,
      improvement: null,
    })),
    candidates: last
      ? [
          { modelName: readMethod(stored.method).name, wape: last.forecast.wape, chosen: true },
          ...last.naive.map(one => ({ modelName: one.method, wape: one.accuracy.wape, chosen: false })),
        ]
      : [],
    historyFrom: inputs.historyFrom,
    historyTo: inputs.historyTo,
    intervalsUsed: inputs.intervalsUsed,
  };
}
