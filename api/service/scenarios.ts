import { z } from 'zod';
import type { Db } from '../../data/db/connect.ts';
import { addForecastLayer } from '../../data/store/forecastLayers.ts';
import { findForecast } from '../../data/store/forecasts.ts';
import { findQueue, updateQueue } from '../../data/store/queues.ts';
import {
  createScenario,
  deleteScenario,
  findScenario,
  findSharedScenario,
  listScenarios,
  type Scenario as Stored,
  updateScenario,
} from '../../data/store/scenarios.ts';
import { hashSecret, newSecret } from '../auth/secret.ts';
import { leversSchema, type Scenario, scenarioResultSchema } from '../contract/scenario.ts';
import { assertReaches, type Context, mutate, reach } from './context.ts';
import { found, Refusal } from './refusal.ts';
import { asJson, goalsValue, patienceValue, readQueueSettings } from './storedQueue.ts';
import { unlessConflict } from './unlessConflict.ts';

const basisSchema = z.object({ forecastIds: z.array(z.string()), scheduleId: z.string().nullable() });

/** What a caller may write of a scenario. */
export interface ScenarioFields {
  readonly name: string;
  readonly forecastIds: readonly string[];
  readonly scheduleId: string | null;
  readonly levers: readonly z.output<typeof leversSchema>[];
  readonly result: z.output<typeof scenarioResultSchema> | null;
}

/** Scenarios in reach. */
export async function readScenarios(
  context: Context,
  siteId: string | undefined,
): Promise<readonly Scenario[]> {
  const stored = await listScenarios(context.environment.store.db, reach(context, 'scenario.read'), siteId);
  return stored.filter(scenario => scenario.kind === 'whatIf').map(present);
}

/** One scenario. */
export async function readScenario(context: Context, id: string): Promise<Scenario> {
  return present(await whatIf(context.environment.store.db, reach(context, 'scenario.read'), id));
}

async function whatIf(db: Db, scope: ReturnType<typeof reach>, id: string): Promise<Stored> {
  const scenario = found(await findScenario(db, scope, id));
  return found(scenario.kind === 'whatIf' ? scenario : undefined);
}

/** Saves a new scenario. */
export async function addScenario(
  context: Context,
  input: ScenarioFields & { readonly siteId: string },
): Promise<Scenario> {
  assertReaches(context, 'scenario.manage', input.siteId);
  return mutate(context, 'scenario.create', async db => {
    await assertBasis(db, input.siteId, input);
    const scenario = await createScenario(db, {
      siteId: input.siteId,
      kind: 'whatIf',
      ...columnsOf(input),
      createdBy: context.principal.userId,
      createdAt: context.environment.now(),
    });
    return {
      value: present(scenario),
      subjectKind: 'scenario',
      subjectId: scenario.id,
      siteId: input.siteId,
    };
  });
}

/** Changes a scenario. */
export async function changeScenario(
  context: Context,
  id: string,
  revision: number,
  input: ScenarioFields,
): Promise<Scenario> {
  const scope = reach(context, 'scenario.manage');
  return mutate(context, 'scenario.update', async db => {
    const before = await whatIf(db, scope, id);
    await assertBasis(db, before.siteId, input);
    const updatedAt = context.environment.now();
    unlessConflict(await updateScenario(db, scope, id, revision, { ...columnsOf(input), updatedAt }));
    const value = present(await whatIf(db, scope, id));
    return {
      value,
      subjectKind: 'scenario',
      subjectId: id,
      siteId: before.siteId,
      detail: asJson(input.levers),
    };
  });
}

/** Removes a scenario. */
export async function removeScenario(context: Context, id: string): Promise<void> {
  const scope = reach(context, 'scenario.manage');
  await mutate(context, 'scenario.remove', async db => {
    const scenario = await whatIf(db, scope, id);
    await deleteScenario(db, scope, id);
    return { value: undefined, subjectKind: 'scenario', subjectId: id, siteId: scenario.siteId };
  });
}

/** Makes a link for signed-in colleagues; an earlier one ends. */
export async function shareScenario(context: Context, id: string): Promise<{ readonly path: string }> {
  const scope = reach(context, 'scenario.manage');
  const secret = newSecret();
  return mutate(context, 'scenario.share', async db => {
    const scenario = await whatIf(db, scope, id);
    const change = { shareTokenHash: hashSecret(secret), updatedAt: context.environment.now() };
    unlessConflict(await updateScenario(db, scope, id, scenario.revision, change));
    const value = { path: `/compare?shared=${secret}` };
    return { value, subjectKind: 'scenario', subjectId: id, siteId: scenario.siteId };
  });
}

/** The scenario behind a link, whatever its site: the link is the permission. */
export async function readSharedScenario(context: Context, secret: string): Promise<Scenario> {
  return present(found(await findSharedScenario(context.environment.store.db, hashSecret(secret))));
}

/** Writes the levers into the plan: queue settings where they belong to the queue, layers where they change a forecast. */
export async function promoteScenario(
  context: Context,
  id: string,
): Promise<{ readonly queueIds: string[]; readonly layerIds: string[] }> {
  const scope = reach(context, 'scenario.manage');
  return mutate(context, 'scenario.promote', async db => {
    const stored = await whatIf(db, scope, id);
    assertReaches(context, 'centre.manage', stored.siteId);
    assertReaches(context, 'forecast.manage', stored.siteId);
    const scenario = present(stored);
    const queueIds: string[] = [];
    const layerIds: string[] = [];
    for (const levers of scenario.levers) {
      if (levers.queueId !== null && (await applyToQueue(db, stored.siteId, levers.queueId, levers))) {
        queueIds.push(levers.queueId);
      }
      for (const forecastId of scenario.forecastIds) {
        layerIds.push(...(await applyToForecast(context, db, stored, forecastId, levers)));
      }
    }
    return {
      value: { queueIds, layerIds },
      subjectKind: 'scenario',
      subjectId: id,
      siteId: stored.siteId,
      detail: { queueIds, layerIds },
    };
  });
}

type Levers = z.output<typeof leversSchema>;

async function applyToQueue(db: Db, siteId: string, queueId: string, levers: Levers): Promise<boolean> {
  const { goal, patienceSeconds, shrinkage, openingHours } = levers;
  if (!goal && patienceSeconds === undefined && !shrinkage && !openingHours) return false;
  const queue = found(await findQueue(db, [siteId], queueId));
  const settings = readQueueSettings(queue);
  unlessConflict(
    await updateQueue(db, [siteId], queueId, queue.revision, {
      ...(goal && { goals: goalsValue({ ...settings, goal }) }),
      ...(patienceSeconds !== undefined && { patience: patienceValue(patienceSeconds) }),
      ...(shrinkage && { shrinkage: asJson(shrinkage) }),
      ...(openingHours && { openingHours }),
    }),
  );
  return true;
}

async function applyToForecast(
  context: Context,
  db: Db,
  scenario: Stored,
  forecastId: string,
  levers: Levers,
): Promise<readonly string[]> {
  const forecast = found(await findForecast(db, [scenario.siteId], forecastId));
  if (levers.queueId !== null && levers.queueId !== forecast.queueId) return [];
  const layer = async (target: 'offered' | 'ahtSeconds', factor: number) => {
    const stored = await addForecastLayer(db, {
      forecastId,
      siteId: scenario.siteId,
      name: scenario.name,
      content: {
        reason: `Scenario ${scenario.name}`,
        target,
        from: forecast.start,
        to: forecast.start + forecast.count * forecast.stepSeconds,
        change: { kind: 'percent', percent: 100 * (factor - 1) },
      },
      createdBy: context.principal.userId,
      createdAt: context.environment.now(),
    });
    return stored.id;
  };
  const ids: string[] = [];
  if (levers.volumeFactor !== undefined) ids.push(await layer('offered', levers.volumeFactor));
  if (levers.ahtFactor !== undefined) ids.push(await layer('ahtSeconds', levers.ahtFactor));
  return ids;
}

async function assertBasis(db: Db, siteId: string, input: ScenarioFields): Promise<void> {
  for (const id of input.forecastIds) found(await findForecast(db, [siteId], id));
  for (const { queueId } of input.levers) {
    if (queueId !== null && !(await findQueue(db, [siteId], queueId))) {
      throw new Refusal('invalid', 'body.levers: no such queue at this site');
    }
  }
}

function columnsOf(input: ScenarioFields) {
  return {
    name: input.name,
    basis: asJson({ forecastIds: input.forecastIds, scheduleId: input.scheduleId }),
    changes: asJson(input.levers),
    result: input.result === null ? null : asJson(input.result),
  };
}

function present(stored: Stored): Scenario {
  const basis = basisSchema.safeParse(stored.basis);
  const levers = z.array(leversSchema).safeParse(stored.changes);
  const result = scenarioResultSchema.safeParse(stored.result);
  return {
    id: stored.id,
    siteId: stored.siteId,
    name: stored.name,
    ...(basis.success ? basis.data : { forecastIds: [], scheduleId: null }),
    levers: levers.success ? levers.data : [],
    result: result.success ? result.data : null,
    shared: stored.shareTokenHash !== null,
    revision: stored.revision,
    createdBy: stored.createdBy ?? '',
    createdAt: stored.createdAt,
    updatedAt: stored.updatedAt,
  };
}
