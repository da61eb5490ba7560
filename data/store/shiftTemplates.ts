import { anyJson, flag, type JsonValue } from '../db/codec.ts';
import type { Db } from '../db/connect.ts';
import { newId } from '../db/id.ts';
import { inScope, type SiteScope } from '../db/scope.ts';
import { type UpdateOutcome, updateOutcome } from '../db/update.ts';

/** A shift template; its content keeps the shape that scheduling gives it. */
export interface StoredShiftTemplate {
  readonly id: string;
  readonly siteId: string;
  readonly name: string;
  readonly content: JsonValue;
  readonly active: boolean;
  readonly revision: number;
}

/** Adds a shift template; its name must be new in the site. */
export async function createShiftTemplate(
  db: Db,
  input: Pick<StoredShiftTemplate, 'siteId' | 'name' | 'content'>,
): Promise<StoredShiftTemplate> {
  const template = { ...input, id: newId(), active: true, revision: 1 };
  await db
    .insertInto('shiftTemplate')
    .values({ ...template, content: anyJson.encode(template.content), active: flag(true) })
    .execute();
  return template;
}

/** Shift templates in scope by name. */
export async function listShiftTemplates(
  db: Db,
  scope: SiteScope,
  siteId?: string,
): Promise<readonly StoredShiftTemplate[]> {
  let query = db.selectFrom('shiftTemplate').selectAll().where(inScope(scope));
  if (siteId !== undefined) query = query.where('siteId', '=', siteId);
  const rows = await query.orderBy('name').orderBy('id').execute();
  return rows.map(row => ({ ...row, content: anyJson.decode(row.content), active: row.active === 1 }));
}

/** Changes a shift template if it still has `expectedRevision`. */
export async function updateShiftTemplate(
  db: Db,
  scope: SiteScope,
  id: string,
  expectedRevision: number,
  change: { readonly name?: string; readonly content?: JsonValue; readonly active?: boolean },
): Promise<UpdateOutcome> {
  const result = await db
    .updateTable('shiftTemplate')
    .set({
      ...(change.name !== undefined && { name: change.name }),
      ...(change.content !== undefined && { content: anyJson.encode(change.content) }),
      ...(change.active !== undefined && { active: flag(change.active) }),
      revision: expectedRevision + 1,
    })
    .where('id', '=', id)
    .where('revision', '=', expectedRevision)
    .where(inScope(scope))
    .executeTakeFirst();
  if (result.numUpdatedRows > 0n) return updateOutcome(1n, expectedRevision, undefined);
  const found = await db
    .selectFrom('shiftTemplate')
    .select('revision')
    .where('id', '=', id)
    .where(inScope(scope))
    .executeTakeFirst();
  return updateOutcome(0n, expectedRevision, found?.revision);
}

/** Removes a shift template. */
export async function deleteShiftTemplate(db: Db, scope: SiteScope, id: string): Promise<boolean> {
  const result = await db
    .deleteFrom('shiftTemplate')
    .where('id', '=', id)
    .where(inScope(scope))
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}
