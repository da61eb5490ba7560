import { z } from 'zod';
import type { JsonValue } from '../../data/db/codec.ts';
import type { Queue } from '../../data/store/queues.ts';
import { goalPeriodSchema, serviceGoalSchema, shrinkageSchema } from '../contract/centre.ts';

/** The settings of a queue that the store keeps as they were given. */

const periodsSchema = z.array(goalPeriodSchema);
const patienceSchema = z.object({ kind: z.literal('exponential'), meanSeconds: z.number().positive() });

export interface QueueSettings {
  readonly goal: z.output<typeof serviceGoalSchema>;
  readonly goalPeriods: z.output<typeof periodsSchema>;
  /** `null`: estimate from history. */
  readonly patienceSeconds: number | null;
  readonly shrinkage: z.output<typeof shrinkageSchema>[];
}

/** Reads goals (with their periods beside them), patience and shrinkage; what is not set is empty. */
export function readQueueSettings(queue: Pick<Queue, 'goals' | 'patience' | 'shrinkage'>): QueueSettings {
  const goal = serviceGoalSchema.safeParse(queue.goals);
  const periods = z.object({ periods: periodsSchema }).safeParse(queue.goals);
  const patience = patienceSchema.safeParse(queue.patience);
  const shrinkage = z.array(shrinkageSchema).safeParse(queue.shrinkage);
  return {
    goal: goal.success ? goal.data : {},
    goalPeriods: periods.success ? periods.data.periods : [],
    patienceSeconds: patience.success ? patience.data.meanSeconds : null,
    shrinkage: shrinkage.success ? shrinkage.data : [],
  };
}

/** The stored form of goals and their periods. */
export function goalsValue(settings: Pick<QueueSettings, 'goal' | 'goalPeriods'>): JsonValue {
  return asJson({
    ...settings.goal,
    ...(settings.goalPeriods.length > 0 && { periods: settings.goalPeriods }),
  });
}

/** The stored form of patience. */
export function patienceValue(patienceSeconds: number | null): JsonValue {
  return patienceSeconds === null ? null : { kind: 'exponential', meanSeconds: patienceSeconds };
}

/** A value as JSON keeps it: without absent fields. */
export function asJson(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value));
}
