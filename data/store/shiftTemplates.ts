import { anyJson, flag, type JsonValue } from '../db/codec.ts';
import type { Db } from '../db/connect.ts';
import { newId } from '../db/id.ts';
import { inScope, type SiteScope } from '../db/scope.ts';
import { type UpdateOutcome, updateIfUnchanged } from '../db/update.ts';

/** A shift template; its content keeps the shape that scheduling gives it. */
export interface StoredShiftTemplate {
  readonly id: string;
  readonly siteId: string;
  readonly name: string;
  readonly content: JsonValue;
  readonly active: boolean;
  readonly revision: number;
}

/** Adds a shift template, in use unless told otherwise; its name must be new in the site. */
export async function createShiftTemplate(
  db: Db,
  input: Pick<StoredShiftTemplate, 'siteId' | 'name' | 'content'> & { readonly active?: boolean },
): Promise<StoredShiftTemplate> {
  const template = { ...input, id: newId(), active: input.active ?? true, revision: 1 };
  await db
    .insertInto('shiftTemplate')
    .values({ ...template, content: anyJson.encode(template.content), active: flag(template.active) })
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
  return updateIfUnchanged(db, 'shiftTemplate', scope, id, expectedRevision, {
    ...(change.name !== undefined && { name: change.name }),
    ...(change.content !== undefined && { content: anyJson.encode(change.content) }),
    ...(change.active !== undefined && { active: flag(change.active) }),
  });
}
