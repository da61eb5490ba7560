import { z } from 'zod';
import { createForecast } from '../../../data/store/forecasts.ts';
import { findQueue, type Queue } from '../../../data/store/queues.ts';
import { addDays, localDateOf, localDay } from '../../../forecasting/calendar/time.ts';
import { endOf } from '../../../forecasting/history/series.ts';
import { type QueueDriver, readQueueDrivers } from '../../service/queueDrivers.ts';
import { readQueueHistory } from '../../service/queueHistory.ts';
import { found, Refusal } from '../../service/refusal.ts';
import {
  cutForecast,
  forecastColumns,
  forecastInputs,
  forecastMethod,
} from '../../service/storedForecast.ts';
import { asJson } from '../../service/storedQueue.ts';
import type { ForecastAnswer, ForecastRequest } from '../computation/forecast.ts';
import type { Task, TaskRun } from '../task.ts';

export const forecastInputSchema = z.object({
  name: z.string(),
  queueIds: z.array(z.string()),
  start: z.int(),
  days: z.int(),
  origin: z.int().optional(),
  seed: z.int(),
  userId: z.string().nullable(),
});

interface ForecastResult {
  readonly queue: Queue;
  readonly request: ForecastRequest;
  readonly drivers: readonly QueueDriver[];
  readonly answer: ForecastAnswer;
  readonly end: number;
}

/** Forecasts each queue over the horizon and tests the method on its past. */
export const forecastTask: Task = {
  kind: 'forecast',
  run: async run => {
    const input = forecastInputSchema.parse(run.job.input);
    const results: ForecastResult[] = [];
    for (const [position, queueId] of input.queueIds.entries()) {
      const queue = found(await findQueue(run.environment.store.db, 'all', queueId));
      const end = horizonEnd(queue, input);
      const { request, drivers } = await requestFor(run, queue, input, end);
      const answer = await run.compute<ForecastAnswer, 'forecast'>('forecast', request, (share, stage) =>
        run.progress((position + share) / input.queueIds.length, stage),
      );
      results.push({ queue, request, drivers, answer, end });
    }
    return async db => {
      const resultIds: string[] = [];
      for (const { queue, request, drivers, answer, end } of results) {
        const forecast = cutForecast(answer.forecast, input.start, end);
        const { series } = request.history;
        const stored = await createForecast(db, {
          siteId: queue.siteId,
          queueId: queue.id,
          name: input.name,
          originEpochSeconds: forecast.originEpochSeconds,
          start: forecast.start,
          stepSeconds: forecast.stepSeconds,
          timeZone: forecast.timeZone,
          count: forecast.offered.length,
          method: forecastMethod(forecast),
          inputs: forecastInputs(forecast, {
            historyFrom: series.start,
            historyTo: Math.min(endOf(series), forecast.originEpochSeconds),
            intervalsUsed: series.offered.filter(value => value !== null).length,
            drivers: drivers.map(({ id, driver }) => ({ id, name: driver.name })),
          }),
          seed: input.seed,
          softwareVersion: run.environment.version,
          columns: forecastColumns(forecast),
          accuracy: answer.certificate ? asJson(answer.certificate) : null,
          createdBy: input.userId,
          createdAt: run.environment.now(),
        });
        resultIds.push(stored.id);
      }
      return { resultIds };
    };
  },
};

function horizonEnd(queue: Queue, input: z.output<typeof forecastInputSchema>): number {
  const first = localDateOf(input.start, queue.timeZone);
  return localDay(addDays(first, input.days - 1), queue.timeZone).endEpochSeconds;
}

async function requestFor(
  run: TaskRun,
  queue: Queue,
  input: z.output<typeof forecastInputSchema>,
  end: number,
): Promise<Pick<ForecastResult, 'request' | 'drivers'>> {
  const latest = input.origin ?? input.start;
  const history = await readQueueHistory(run.environment.store.db, queue, { toEpochSeconds: latest });
  if (!history) {
    throw new Refusal(
      'unprocessable',
      `no calls are stored for ${queue.name} before the forecast begins; import its history first`,
    );
  }
  const originEpochSeconds = Math.min(latest, endOf(history.series));
  const drivers = await readQueueDrivers(run.environment.store.db, queue, originEpochSeconds);
  const request = {
    queueName: queue.name,
    history,
    openingHours: queue.openingHours,
    drivers: drivers.map(({ driver }) => driver),
    originEpochSeconds,
    endEpochSeconds: end,
  };
  return { request, drivers };
}
