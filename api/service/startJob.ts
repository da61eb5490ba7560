import type { Db } from '../../data/db/connect.ts';
import type { JobKind } from '../job/task.ts';
import type { Context } from './context.ts';
import { asJson } from './storedQueue.ts';

/** How often a job may be begun: a killed process or a restart each cost one try. */
const MAX_ATTEMPTS = 10;

/** Queues a job within the caller's transaction; `resourceId` is what it works for. */
export async function startJob(
  context: Context,
  db: Db,
  job: {
    readonly kind: JobKind;
    readonly siteId: string | null;
    readonly input: Readonly<Record<string, unknown>> & { readonly resourceId?: string };
    readonly dedupeKey?: string;
  },
): Promise<string> {
  const { id } = await context.environment.jobs.enqueue(db, {
    kind: job.kind,
    siteId: job.siteId,
    input: asJson({ ...job.input, userId: context.principal.userId }),
    createdBy: context.principal.userId,
    createdAt: context.environment.now(),
    maxAttempts: MAX_ATTEMPTS,
    ...(job.dedupeKey !== undefined && { dedupeKey: job.dedupeKey }),
  });
  return id;
}
