import { anyJson, type JsonValue } from '../db/codec.ts';
import type { Db } from '../db/connect.ts';

/** Settings of the whole installation live under this scope; a site's own under its id. */
export const GLOBAL_SCOPE = '';

/** Reads a setting; undefined when it was never made. */
export async function readSetting(db: Db, scope: string, name: string): Promise<JsonValue | undefined> {
  const row = await db
    .selectFrom('setting')
    .select('value')
    .where('scope', '=', scope)
    .where('name', '=', name)
    .executeTakeFirst();
  return row && anyJson.decode(row.value);
}

/** Makes or changes a setting. */
export async function writeSetting(
  db: Db,
  setting: {
    readonly scope: string;
    readonly name: string;
    readonly value: JsonValue;
    readonly at: number;
    readonly userId?: string | null;
  },
): Promise<void> {
  const columns = {
    value: anyJson.encode(setting.value),
    updatedAt: setting.at,
    updatedBy: setting.userId ?? null,
  };
  await db
    .insertInto('setting')
    .values({ scope: setting.scope, name: setting.name, ...columns })
    .onConflict(conflict => conflict.columns(['scope', 'name']).doUpdateSet(columns))
    .execute();
}

/** Makes a setting unless it exists; false when somebody was earlier. Exactly one of many racing callers gets true. */
export async function claimSetting(
  db: Db,
  setting: { readonly scope: string; readonly name: string; readonly value: JsonValue; readonly at: number },
): Promise<boolean> {
  const result = await db
    .insertInto('setting')
    .values({
      scope: setting.scope,
      name: setting.name,
      value: anyJson.encode(setting.value),
      updatedAt: setting.at,
      updatedBy: null,
    })
    .onConflict(conflict => conflict.columns(['scope', 'name']).doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Removes a setting. */
export async function deleteSetting(db: Db, scope: string, name: string): Promise<void> {
  await db.deleteFrom('setting').where('scope', '=', scope).where('name', '=', name).execute();
}

/** Removes settings of a scope, or the one of a name, that were last written at or before an instant. */
export async function purgeSettings(
  db: Db,
  which: { readonly scope: string; readonly name?: string },
  writtenBy: number,
): Promise<void> {
  let query = db.deleteFrom('setting').where('scope', '=', which.scope).where('updatedAt', '<=', writtenBy);
  if (which.name !== undefined) query = query.where('name', '=', which.name);
  await query.execute();
}
