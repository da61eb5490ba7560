import { z } from 'zod';
import { listForecastLayers } from '../../../data/store/forecastLayers.ts';
import { findForecast } from '../../../data/store/forecasts.ts';
import { findQueue, type Queue } from '../../../data/store/queues.ts';
import { createStaffingPlan, type NewStaffingPlan } from '../../../data/store/staffingPlans.ts';
import { openMask } from '../../../forecasting/calendar/opening.ts';
import type { QueueForecast } from '../../../forecasting/demand/types.ts';
import { promiseOf, USUAL_FILL } from '../../../forecasting/staffing/deferredQueue.ts';
import type { Goals } from '../../../forecasting/staffing/load.ts';
import { ASSUMED_PATIENCE_SECONDS } from '../../../forecasting/staffing/queueRequirement.ts';
import { isDeferred } from '../../contract/centre.ts';
import { estimateQueuePatience } from '../../service/estimatePatience.ts';
import { withLayers } from '../../service/overrideLayers.ts';
import { found, Refusal } from '../../service/refusal.ts';
import { rebuildForecast } from '../../service/storedForecast.ts';
import { asJson, readQueueSettings } from '../../service/storedQueue.ts';
import type { StaffingAnswer, StaffingRequest } from '../computation/staffing.ts';
import type { Task, TaskRun } from '../task.ts';

export const requirementInputSchema = z.object({
  forecastIds: z.array(z.string()),
  name: z.string().optional(),
  method: z.enum(['erlangA', 'erlangC']).optional(),
  chanceOfGoal: z.number().optional(),
  userId: z.string().nullable(),
});

/** z of the upper end of an 80 % band. */
const Z80 = 1.2815515655446004;
/** Shrinkage that a schedule shows as breaks and leave, and that must not be counted twice. */
const SCHEDULED_KINDS: readonly string[] = ['break', 'vacation'];

/** Computes the requirement of forecasts and stores it as staffing plans. */
export const requirementTask: Task = {
  kind: 'requirement',
  run: async run => {
    const input = requirementInputSchema.parse(run.job.input);
    const plans: NewStaffingPlan[] = [];
    for (const [position, forecastId] of input.forecastIds.entries()) {
      const plan = await planFor(run, forecastId, input, share =>
        run.progress((position + share) / input.forecastIds.length, 'Computing the requirement'),
      );
      plans.push(plan);
    }
    return async db => {
      const resultIds: string[] = [];
      for (const plan of plans) resultIds.push((await createStaffingPlan(db, plan)).id);
      return { resultIds };
    };
  },
};

async function planFor(
  run: TaskRun,
  forecastId: string,
  input: z.output<typeof requirementInputSchema>,
  progress: (share: number) => void,
): Promise<NewStaffingPlan> {
  const { db } = run.environment.store;
  const stored = found(await findForecast(db, 'all', forecastId));
  const queue = found(await findQueue(db, 'all', stored.queueId));
  const forecast = withLayers(
    found(rebuildForecast(stored)),
    await listForecastLayers(db, 'all', forecastId),
  );
  const settings = readQueueSettings(queue);
  const { method, patience } = await methodFor(run, queue, settings, input.method);
  const request: StaffingRequest = {
    queueName: queue.name,
    grid: {
      start: forecast.start,
      stepSeconds: forecast.stepSeconds,
      timeZone: forecast.timeZone,
      count: stored.count,
    },
    offered: whereOpen(forecast, forecast.offered),
    ahtSeconds: whereOpen(forecast, forecast.ahtSeconds),
    offeredSd: whereOpen(forecast, spreadOf(forecast)),
    terms: {
      goal: settings.goal,
      isDeferred: isDeferred(queue.channel),
      concurrency: queue.concurrency,
      patienceSeconds: patience.patienceSeconds,
      shortAbandonSeconds: queue.shortAbandonSeconds,
    },
    goals: goalsByInterval(queue, forecast),
    shrinkage: settings.shrinkage,
    unscheduledShrinkage: settings.shrinkage.filter(part => !SCHEDULED_KINDS.includes(part.kind)),
    chanceOfGoal: input.chanceOfGoal ?? null,
  };
  const answer = await run.compute<StaffingAnswer, 'staffing'>('staffing', request, progress);
  return {
    siteId: queue.siteId,
    queueId: queue.id,
    forecastId,
    name: input.name ?? stored.name,
    start: forecast.start,
    stepSeconds: forecast.stepSeconds,
    timeZone: forecast.timeZone,
    count: stored.count,
    goals: asJson({ ...settings.goal, periods: settings.goalPeriods }),
    assumptions: asJson({
      ...patience,
      shrinkage: settings.shrinkage,
      concurrency: queue.concurrency,
      chanceOfGoal: input.chanceOfGoal ?? null,
    }),
    method,
    columns: { ...answer, offered: request.offered, ahtSeconds: request.ahtSeconds },
    softwareVersion: run.environment.version,
    createdBy: input.userId,
    createdAt: run.environment.now(),
  };
}

/** The model behind the requirement of a queue, and why. */
async function methodFor(
  run: TaskRun,
  queue: Queue,
  { goal, patienceSeconds }: ReturnType<typeof readQueueSettings>,
  asked: 'erlangA' | 'erlangC' | undefined,
) {
  if (isDeferred(queue.channel)) {
    const hours = promiseOf(goal) / 3600;
    const fill = Math.round(100 * (goal.maxOccupancy ?? USUAL_FILL));
    return {
      method: {
        name: 'workload',
        reason: `Work that waits for its turn, not in a line: first come, first served, all of it within ${Number(hours.toFixed(2))} h; agents busy ${fill} % at most, in parts of an agent`,
      },
      patience: { patienceSeconds: null, patienceSource: 'none' },
    };
  }
  if (Object.keys(goal).length === 0) {
    throw new Refusal('unprocessable', `${queue.name} has no goal; set one before computing its requirement`);
  }
  const { seconds, source, reason } = await patienceFor(run, queue, patienceSeconds, asked);
  const chats = `${queue.concurrency} contacts at once per agent, handle time as measured at that number; `;
  return {
    method: {
      name: seconds === null ? 'erlangC' : 'erlangA',
      reason: queue.concurrency > 1 ? chats + reason : reason,
    },
    patience: { patienceSeconds: seconds, patienceSource: source },
  };
}

async function patienceFor(
  run: TaskRun,
  queue: Queue,
  chosen: number | null,
  method: 'erlangA' | 'erlangC' | undefined,
) {
  if (method === 'erlangC') {
    return {
      seconds: null,
      source: 'none',
      reason: 'Erlang C, as asked for: nobody is taken to give up waiting',
    };
  }
  if (chosen !== null) {
    return {
      seconds: chosen,
      source: 'queue',
      reason: `Erlang A with the queue's patience of ${Math.round(chosen)} s`,
    };
  }
  const estimate = await estimateQueuePatience(run.environment.store.db, queue, {});
  if (estimate.kind === 'estimated') {
    const seconds = estimate.patienceSeconds;
    const range = `${Math.round(estimate.lowerSeconds)} to ${Math.round(estimate.upperSeconds)} s`;
    return {
      seconds,
      source: 'history',
      reason: `Erlang A with a patience of ${Math.round(seconds)} s estimated from ${estimate.abandoned} abandoned contacts (95 %: ${range})`,
    };
  }
  return {
    seconds: ASSUMED_PATIENCE_SECONDS,
    source: 'assumption',
    reason: `Erlang A with an assumed patience of ${ASSUMED_PATIENCE_SECONDS} s: ${estimate.reason}`,
  };
}

/** The goal of each interval: the first period that contains it, else the queue's own. */
function goalsByInterval(queue: Queue, forecast: QueueForecast): readonly Goals[] {
  const { goal, goalPeriods } = readQueueSettings(queue);
  const grid = { ...forecast, count: forecast.offered.length };
  const masks = goalPeriods.map(period => ({
    goal: period.goal,
    mask: openMask(grid, { weekly: period.weekly }),
  }));
  return forecast.offered.map((_, i) => masks.find(period => period.mask[i] === 1)?.goal ?? goal);
}

function whereOpen(forecast: QueueForecast, values: readonly (number | null)[]): readonly (number | null)[] {
  return values.map((value, i) => (forecast.open[i] === 1 ? value : null));
}

/** Standard deviation of each interval's count, read off its narrowest band. */
function spreadOf(forecast: QueueForecast): readonly number[] {
  const band = forecast.bands.find(one => one.level === 0.8);
  return forecast.offered.map((_, i) =>
    band ? ((band.upper[i] ?? 0) - (band.lower[i] ?? 0)) / (2 * Z80) : 0,
  );
}
