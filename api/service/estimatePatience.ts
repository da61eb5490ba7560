import type { Db } from '../../data/db/connect.ts';
import { readIntervals } from '../../data/store/intervalHistory.ts';
import { findQueue, type Queue } from '../../data/store/queues.ts';
import { type Context, reach } from './context.ts';
import { found } from './refusal.ts';

const LEAST_ABANDONED = 30;
const Z95 = 1.959963984540054;

export type PatienceEstimate =
  | {
      readonly kind: 'estimated';
      readonly patienceSeconds: number;
      readonly lowerSeconds: number;
      readonly upperSeconds: number;
      readonly abandoned: number;
      readonly method: string;
    }
  | {
      readonly kind: 'insufficient';
      readonly abandoned: number;
      readonly needed: number;
      readonly reason: string;
    };

/** Patience of a queue in reach. */
export async function readPatience(
  context: Context,
  queueId: string,
  range: { readonly from?: number | undefined; readonly to?: number | undefined },
): Promise<PatienceEstimate> {
  const { db } = context.environment.store;
  const queue = found(await findQueue(db, reach(context, 'staffing.read'), queueId));
  return estimateQueuePatience(db, queue, range);
}

/**
 * Mean patience by the exponential maximum-likelihood estimate with censoring: all time spent in queue ÷ contacts
 * abandoned, waits of answered contacts being cut short. The interval is that of a Poisson count, on a log scale.
 */
export async function estimateQueuePatience(
  db: Db,
  queue: Pick<Queue, 'number'>,
  range: { readonly from?: number | undefined; readonly to?: number | undefined },
): Promise<PatienceEstimate> {
  const rows = await readIntervals(db, queue.number, range.from ?? 0, range.to ?? Number.MAX_SAFE_INTEGER);
  let abandoned = 0;
  let waitSeconds = 0;
  for (const row of rows) {
    if (row.abandoned === null || row.answerWaitSeconds === null || row.abandonWaitSeconds === null) continue;
    abandoned += row.abandoned;
    waitSeconds += row.answerWaitSeconds + row.abandonWaitSeconds;
  }
  if (abandoned < LEAST_ABANDONED || waitSeconds <= 0) {
    return {
      kind: 'insufficient',
      abandoned,
      needed: LEAST_ABANDONED,
      reason: `the history has ${abandoned} abandoned contacts with their waiting times, ${LEAST_ABANDONED} are needed`,
    };
  }
  const patienceSeconds = waitSeconds / abandoned;
  const spread = Math.exp(Z95 / Math.sqrt(abandoned));
  return {
    kind: 'estimated',
    patienceSeconds,
    lowerSeconds: patienceSeconds / spread,
    upperSeconds: patienceSeconds * spread,
    abandoned,
    method:
      'all time in queue ÷ contacts abandoned (exponential patience, waits of answered contacts censored)',
  };
}
