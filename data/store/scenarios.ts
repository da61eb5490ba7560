import type { Selectable } from 'kysely';
import { anyJson, decodeOptional, encodeOptional, type JsonValue } from '../db/codec.ts';
import type { Db } from '../db/connect.ts';
import { newId } from '../db/id.ts';
import { inScope, type SiteScope } from '../db/scope.ts';
import type { ScenarioTable } from '../db/table/plan.ts';
import { deleteInScope, type UpdateOutcome, updateIfUnchanged } from '../db/update.ts';

/** A what-if scenario: what it starts from, what it changes, and what came out. */
export interface Scenario {
  readonly id: string;
  readonly siteId: string;
  readonly name: string;
  readonly kind: 'whatIf' | 'capacity';
  readonly basis: JsonValue;
  readonly changes: JsonValue;
  readonly result: JsonValue | null;
  /** SHA-256 of the token in a share link; null = not shared. */
  readonly shareTokenHash: string | null;
  readonly revision: number;
  readonly createdBy: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Adds a scenario. */
export async function createScenario(
  db: Db,
  input: Pick<Scenario, 'siteId' | 'name' | 'kind' | 'basis' | 'changes' | 'createdAt'> &
    Partial<Pick<Scenario, 'result' | 'createdBy'>>,
): Promise<Scenario> {
  const scenario: Scenario = {
    result: null,
    createdBy: null,
    ...input,
    id: newId(),
    shareTokenHash: null,
    revision: 1,
    updatedAt: input.createdAt,
  };
  await db
    .insertInto('scenario')
    .values({
      ...scenario,
      basis: anyJson.encode(scenario.basis),
      changes: anyJson.encode(scenario.changes),
      result: encodeOptional(anyJson, scenario.result),
    })
    .execute();
  return scenario;
}

/** One scenario, or undefined when there is none in scope. */
export async function findScenario(db: Db, scope: SiteScope, id: string): Promise<Scenario | undefined> {
  const row = await db
    .selectFrom('scenario')
    .selectAll()
    .where('id', '=', id)
    .where(inScope(scope))
    .executeTakeFirst();
  return row && toScenario(row);
}

/** The scenario behind a share link. */
export async function findSharedScenario(db: Db, shareTokenHash: string): Promise<Scenario | undefined> {
  const row = await db
    .selectFrom('scenario')
    .selectAll()
    .where('shareTokenHash', '=', shareTokenHash)
    .executeTakeFirst();
  return row && toScenario(row);
}

/** Scenarios in scope, last changed first. */
export async function listScenarios(db: Db, scope: SiteScope, siteId?: string): Promise<readonly Scenario[]> {
  let query = db.selectFrom('scenario').selectAll().where(inScope(scope));
  if (siteId !== undefined) query = query.where('siteId', '=', siteId);
  return (await query.orderBy('updatedAt', 'desc').orderBy('id', 'desc').execute()).map(toScenario);
}

/** Changes a scenario if it still has `expectedRevision`. */
export async function updateScenario(
  db: Db,
  scope: SiteScope,
  id: string,
  expectedRevision: number,
  change: Partial<Pick<Scenario, 'name' | 'basis' | 'changes' | 'result' | 'shareTokenHash'>> & {
    readonly updatedAt: number;
  },
): Promise<UpdateOutcome> {
  const { basis, changes, result, ...plain } = change;
  return updateIfUnchanged(db, 'scenario', scope, id, expectedRevision, {
    ...plain,
    ...(basis !== undefined && { basis: anyJson.encode(basis) }),
    ...(changes !== undefined && { changes: anyJson.encode(changes) }),
    ...(result !== undefined && { result: encodeOptional(anyJson, result) }),
  });
}

/** Removes a scenario; forecasts and plans made in it stay. */
export async function deleteScenario(db: Db, scope: SiteScope, id: string): Promise<boolean> {
  return deleteInScope(db, 'scenario', scope, id);
}

function toScenario(row: Selectable<ScenarioTable>): Scenario {
  return {
    ...row,
    kind: row.kind === 'capacity' ? 'capacity' : 'whatIf',
    basis: anyJson.decode(row.basis),
    changes: anyJson.decode(row.changes),
    result: decodeOptional(anyJson, row.result),
  };
}
