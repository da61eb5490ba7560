import { z } from 'zod';
import type { Db } from '../../data/db/connect.ts';
import { listQueues } from '../../data/store/queues.ts';
import {
  createScenario,
  deleteScenario,
  findScenario,
  listScenarios,
  type Scenario as Stored,
  updateScenario,
} from '../../data/store/scenarios.ts';
import { type CapacityPlan, capacityInputSchema } from '../contract/capacity.ts';
import { assertReaches, type Context, mutate, reach } from './context.ts';
import { found, Refusal } from './refusal.ts';
import { asJson } from './storedQueue.ts';
import { unlessConflict } from './unlessConflict.ts';

const basisSchema = z.object({ queueIds: z.array(z.string()) });

/** What a caller may write of a headcount plan. */
export interface CapacityFields {
  readonly name: string;
  readonly queueIds: readonly string[];
  readonly input: z.output<typeof capacityInputSchema>;
}

/** Headcount plans in reach. */
export async function readCapacityPlans(
  context: Context,
  siteId: string | undefined,
): Promise<readonly CapacityPlan[]> {
  const stored = await listScenarios(context.environment.store.db, reach(context, 'capacity.read'), siteId);
  return stored.flatMap(present);
}

/** One headcount plan. */
export async function readCapacityPlan(context: Context, id: string): Promise<CapacityPlan> {
  const stored = await findScenario(context.environment.store.db, reach(context, 'capacity.read'), id);
  return one(stored);
}

/** Saves a new headcount plan. */
export async function addCapacityPlan(
  context: Context,
  input: CapacityFields & { readonly siteId: string },
): Promise<CapacityPlan> {
  assertReaches(context, 'capacity.manage', input.siteId);
  return mutate(context, 'capacityPlan.create', async db => {
    await assertQueues(db, input.siteId, input.queueIds);
    const stored = await createScenario(db, {
      siteId: input.siteId,
      kind: 'capacity',
      name: input.name,
      basis: { queueIds: [...input.queueIds] },
      changes: asJson(input.input),
      createdBy: context.principal.userId,
      createdAt: context.environment.now(),
    });
    return { value: one(stored), subjectKind: 'capacityPlan', subjectId: stored.id, siteId: input.siteId };
  });
}

/** Changes a headcount plan. */
export async function changeCapacityPlan(
  context: Context,
  id: string,
  revision: number,
  input: CapacityFields,
): Promise<CapacityPlan> {
  const scope = reach(context, 'capacity.manage');
  return mutate(context, 'capacityPlan.update', async db => {
    const before = one(await findScenario(db, scope, id));
    await assertQueues(db, before.siteId, input.queueIds);
    unlessConflict(
      await updateScenario(db, scope, id, revision, {
        name: input.name,
        basis: { queueIds: [...input.queueIds] },
        changes: asJson(input.input),
        updatedAt: context.environment.now(),
      }),
    );
    const value = one(await findScenario(db, scope, id));
    return { value, subjectKind: 'capacityPlan', subjectId: id, siteId: before.siteId };
  });
}

/** Removes a headcount plan. */
export async function removeCapacityPlan(context: Context, id: string): Promise<void> {
  const scope = reach(context, 'capacity.manage');
  await mutate(context, 'capacityPlan.remove', async db => {
    const before = one(await findScenario(db, scope, id));
    await deleteScenario(db, scope, id);
    return { value: undefined, subjectKind: 'capacityPlan', subjectId: id, siteId: before.siteId };
  });
}

async function assertQueues(db: Db, siteId: string, queueIds: readonly string[]): Promise<void> {
  const known = new Set((await listQueues(db, [siteId], siteId)).map(queue => queue.id));
  if (queueIds.some(id => !known.has(id)))
    throw new Refusal('invalid', 'body.queueIds: no such queue at this site');
}

function one(stored: Stored | undefined): CapacityPlan {
  return found(present(found(stored))[0]);
}

function present(stored: Stored): readonly CapacityPlan[] {
  const basis = basisSchema.safeParse(stored.basis);
  const input = capacityInputSchema.safeParse(stored.changes);
  if (stored.kind !== 'capacity' || !basis.success || !input.success) return [];
  return [
    {
      id: stored.id,
      siteId: stored.siteId,
      name: stored.name,
      queueIds: basis.data.queueIds,
      input: input.data,
      revision: stored.revision,
      createdBy: stored.createdBy ?? '',
      createdAt: stored.createdAt,
      updatedAt: stored.updatedAt,
    },
  ];
}
