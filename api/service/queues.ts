import type { Db } from '../../data/db/connect.ts';
import { historyExtent } from '../../data/store/intervalHistory.ts';
import {
  createQueue,
  findQueue,
  listQueues,
  type Queue,
  type QueueChange,
  updateQueue,
} from '../../data/store/queues.ts';
import { findSite } from '../../data/store/sites.ts';
import { ALWAYS_OPEN } from '../../forecasting/calendar/opening.ts';
import type { Queue as QueueAnswer } from '../contract/centre.ts';
import { assertReaches, type Context, mutate, reach } from './context.ts';
import { found, Refusal } from './refusal.ts';
import { asJson, goalsValue, patienceValue, readQueueSettings } from './storedQueue.ts';
import { assertTimeZone } from './timeZone.ts';
import { unlessConflict } from './unlessConflict.ts';

type QueueFields = Omit<QueueAnswer, 'id' | 'archived' | 'revision' | 'historyFrom' | 'historyTo'>;
/** A part of the fields; `undefined` means the same as absent. */
type Some<Fields> = { readonly [Key in keyof Fields]?: Fields[Key] | undefined };

/** Queues in reach with the stretch of their history. */
export async function readQueues(
  context: Context,
  filter: { readonly siteIds?: readonly string[] | undefined },
): Promise<readonly QueueAnswer[]> {
  const { db } = context.environment.store;
  const queues = await listQueues(db, reach(context, 'centre.read'));
  const wanted = queues.filter(queue => filter.siteIds?.includes(queue.siteId) ?? true);
  return Promise.all(wanted.map(queue => presentQueue(db, queue)));
}

/** One queue. */
export async function readQueue(context: Context, id: string): Promise<QueueAnswer> {
  const { db } = context.environment.store;
  return presentQueue(db, found(await findQueue(db, reach(context, 'centre.read'), id)));
}

/** Adds a queue; quarter-hours, the site's time zone and around the clock unless told. */
export async function addQueue(
  context: Context,
  input: Some<QueueFields> & Pick<QueueFields, 'siteId' | 'name'>,
): Promise<QueueAnswer> {
  assertReaches(context, 'centre.manage', input.siteId);
  if (input.timeZone !== undefined) assertTimeZone(input.timeZone);
  return mutate(context, 'queue.create', async db => {
    const site = found(await findSite(db, reach(context, 'centre.manage'), input.siteId));
    await assertNameFree(db, site.id, input.name);
    const queue = await createQueue(db, {
      ...toChange(input),
      siteId: site.id,
      name: input.name,
      timeZone: input.timeZone ?? site.timeZone,
      stepSeconds: input.stepSeconds ?? 900,
      openingHours: input.openingHours ?? ALWAYS_OPEN,
      createdAt: context.environment.now(),
    });
    return {
      value: await presentQueue(db, queue),
      subjectKind: 'queue',
      subjectId: queue.id,
      siteId: site.id,
    };
  });
}

/** Changes a queue that still has the revision that the caller read. */
export async function changeQueue(
  context: Context,
  id: string,
  revision: number,
  change: Some<QueueFields & { archived: boolean }>,
): Promise<QueueAnswer> {
  const scope = reach(context, 'centre.manage');
  if (change.timeZone !== undefined) assertTimeZone(change.timeZone);
  return mutate(context, 'queue.update', async db => {
    const before = found(await findQueue(db, scope, id));
    if (change.name !== undefined && change.name !== before.name) {
      await assertNameFree(db, before.siteId, change.name);
    }
    const settings = readQueueSettings(before);
    const archived = change.archived ?? before.archivedAt !== null;
    unlessConflict(
      await updateQueue(db, scope, id, revision, {
        ...toChange({
          ...change,
          goal: change.goal ?? settings.goal,
          goalPeriods: change.goalPeriods ?? settings.goalPeriods,
        }),
        archivedAt: archived ? (before.archivedAt ?? context.environment.now()) : null,
      }),
    );
    const queue = found(await findQueue(db, scope, id));
    return {
      value: await presentQueue(db, queue),
      subjectKind: 'queue',
      subjectId: id,
      siteId: queue.siteId,
      detail: asJson(change),
    };
  });
}

async function assertNameFree(db: Db, siteId: string, name: string): Promise<void> {
  const queues = await listQueues(db, 'all', siteId);
  if (queues.some(queue => queue.name === name)) {
    throw new Refusal('unprocessable', 'a queue of this name exists already at this site');
  }
}

/** The stored fields that a request names. */
function toChange(change: Some<QueueFields>): QueueChange {
  const { goal, goalPeriods, patienceSeconds, shrinkage } = change;
  return {
    ...(change.name !== undefined && { name: change.name }),
    ...(change.channel !== undefined && { channel: change.channel }),
    ...(change.timeZone !== undefined && { timeZone: change.timeZone }),
    ...(change.stepSeconds !== undefined && { stepSeconds: change.stepSeconds }),
    ...(change.openingHours !== undefined && { openingHours: change.openingHours }),
    ...(change.concurrency !== undefined && { concurrency: change.concurrency }),
    ...(change.shortAbandonSeconds !== undefined && { shortAbandonSeconds: change.shortAbandonSeconds }),
    ...(change.planningGroup !== undefined && { planningGroup: change.planningGroup }),
    ...(change.aliases !== undefined && { aliases: change.aliases }),
    ...(change.sortOrder !== undefined && { sortOrder: change.sortOrder }),
    ...((goal !== undefined || goalPeriods !== undefined) && {
      goals: goalsValue({ goal: goal ?? {}, goalPeriods: goalPeriods ?? [] }),
    }),
    ...(patienceSeconds !== undefined && { patience: patienceValue(patienceSeconds) }),
    ...(shrinkage !== undefined && { shrinkage: asJson(shrinkage) }),
  };
}

async function presentQueue(db: Db, queue: Queue): Promise<QueueAnswer> {
  const extent = await historyExtent(db, queue.number);
  const { stepSeconds } = queue;
  return {
    id: queue.id,
    siteId: queue.siteId,
    name: queue.name,
    channel: queue.channel,
    concurrency: queue.concurrency,
    timeZone: queue.timeZone,
    stepSeconds: STEPS.find(step => step === stepSeconds) ?? 900,
    openingHours: {
      weekly: queue.openingHours.weekly.map(day => day.map(range => ({ ...range }))),
    },
    ...readQueueSettings(queue),
    shortAbandonSeconds: queue.shortAbandonSeconds,
    planningGroup: queue.planningGroup,
    aliases: [...queue.aliases],
    sortOrder: queue.sortOrder,
    archived: queue.archivedAt !== null,
    revision: queue.revision,
    historyFrom: extent?.firstStart ?? null,
    historyTo: extent ? extent.lastStart + stepSeconds : null,
  };
}

const STEPS = [300, 600, 900, 1200, 1800, 3600] as const;
