import { z } from 'zod';
import type { Db } from '../../data/db/connect.ts';
import { findForecast } from '../../data/store/forecasts.ts';
import { findQueue } from '../../data/store/queues.ts';
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
import { asJson } from './storedQueue.ts';
import { unlessConflict } from './unlessConflict.ts';

const basisSchema = z.object({
  forecastIds: z.array(z.string()),
  scheduleId: z.string().nullable(),
  start: z.number().exactOptional(),
  days: z.number().exactOptional(),
});

/** What a caller may write of a scenario. */
export interface ScenarioFields {
  readonly name: string;
  readonly forecastIds: readonly string[];
  readonly scheduleId: string | null;
  readonly start?: number;
  readonly days?: number;
  readonly levers: readonly z.output<typeof leversSchema>[];
  readonly result: z.output<typeof scenarioResultSchema> | null;
}

/** Scenarios in reach. */
export async function readScenarios(
  context: Context,
  siteId: string | undefined,
): Promise<readonly Scenario[]> {
  const stored = await listScenarios(context.environment.store.db, reach(context, 'scenario.read'), siteId);
  return stored.filter(scenario => scenario.kind === 'whatIf').map(presentScenario);
}

/** One scenario. */
export async function readScenario(context: Context, id: string): Promise<Scenario> {
  return presentScenario(await findWhatIf(context.environment.store.db, reach(context, 'scenario.read'), id));
}

/** A what-if scenario in scope. */
export async function findWhatIf(db: Db, scope: ReturnType<typeof reach>, id: string): Promise<Stored> {
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
      value: presentScenario(scenario),
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
    const before = await findWhatIf(db, scope, id);
    await assertBasis(db, before.siteId, input);
    const updatedAt = context.environment.now();
    unlessConflict(await updateScenario(db, scope, id, revision, { ...columnsOf(input), updatedAt }));
    const value = presentScenario(await findWhatIf(db, scope, id));
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
    const scenario = await findWhatIf(db, scope, id);
    await deleteScenario(db, scope, id);
    return { value: undefined, subjectKind: 'scenario', subjectId: id, siteId: scenario.siteId };
  });
}

/** Makes a link for signed-in colleagues; an earlier one ends. */
export async function shareScenario(context: Context, id: string): Promise<{ readonly path: string }> {
  const scope = reach(context, 'scenario.manage');
  const secret = newSecret();
  return mutate(context, 'scenario.share', async db => {
    const scenario = await findWhatIf(db, scope, id);
    const change = { shareTokenHash: hashSecret(secret), updatedAt: context.environment.now() };
    unlessConflict(await updateScenario(db, scope, id, scenario.revision, change));
    const value = { path: `/compare?shared=${secret}` };
    return { value, subjectKind: 'scenario', subjectId: id, siteId: scenario.siteId };
  });
}

/** The scenario behind a link, for colleagues who may see its site. */
export async function readSharedScenario(context: Context, secret: string): Promise<Scenario> {
  const stored = found(await findSharedScenario(context.environment.store.db, hashSecret(secret)));
  assertReaches(context, 'scenario.read', stored.siteId);
  return presentScenario(stored);
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
    basis: asJson(basisSchema.parse(input)),
    changes: asJson(input.levers),
    result: input.result === null ? null : asJson(input.result),
  };
}

/** The stored scenario as the contract shows it. */
export function presentScenario(stored: Stored): Scenario {
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
