import { anyJson, flag, type JsonValue } from '../db/codec.ts';
import type { Db } from '../db/connect.ts';
import { newId } from '../db/id.ts';
import { inScope, type SiteScope } from '../db/scope.ts';
import { type UpdateOutcome, updateIfUnchanged } from '../db/update.ts';

/** A set of work rules; its content keeps the shape that scheduling gives it. One set of a site is the default. */
export interface StoredWorkRuleSet {
  readonly id: string;
  readonly siteId: string;
  readonly name: string;
  readonly content: JsonValue;
  readonly isDefault: boolean;
  readonly revision: number;
}

/** Adds a work rule set; its name must be new in the site. */
export async function createWorkRuleSet(
  db: Db,
  input: Pick<StoredWorkRuleSet, 'siteId' | 'name' | 'content'> & { readonly isDefault?: boolean },
): Promise<StoredWorkRuleSet> {
  const set = { isDefault: false, ...input, id: newId(), revision: 1 };
  await db
    .insertInto('workRuleSet')
    .values({ ...set, content: anyJson.encode(set.content), isDefault: flag(set.isDefault) })
    .execute();
  return set;
}

/** Work rule sets in scope, the default first, then by name. */
export async function listWorkRuleSets(
  db: Db,
  scope: SiteScope,
  siteId?: string,
): Promise<readonly StoredWorkRuleSet[]> {
  let query = db.selectFrom('workRuleSet').selectAll().where(inScope(scope));
  if (siteId !== undefined) query = query.where('siteId', '=', siteId);
  const rows = await query.orderBy('isDefault', 'desc').orderBy('name').orderBy('id').execute();
  return rows.map(row => ({ ...row, content: anyJson.decode(row.content), isDefault: row.isDefault === 1 }));
}

/** Changes a work rule set if it still has `expectedRevision`. */
export async function updateWorkRuleSet(
  db: Db,
  scope: SiteScope,
  id: string,
  expectedRevision: number,
  change: { readonly name?: string; readonly content?: JsonValue },
): Promise<UpdateOutcome> {
  return updateIfUnchanged(db, 'workRuleSet', scope, id, expectedRevision, {
    ...(change.name !== undefined && { name: change.name }),
    ...(change.content !== undefined && { content: anyJson.encode(change.content) }),
  });
}

/** Makes a set the site's default instead of the one before. Call it inside a transaction. */
export async function setDefaultWorkRuleSet(db: Db, siteId: string, id: string): Promise<boolean> {
  const chosen = await db
    .updateTable('workRuleSet')
    .set({ isDefault: 1 })
    .where('siteId', '=', siteId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (chosen.numUpdatedRows === 0n) return false;
  await db
    .updateTable('workRuleSet')
    .set({ isDefault: 0 })
    .where('siteId', '=', siteId)
    .where('id', '!=', id)
    .execute();
  return true;
}
