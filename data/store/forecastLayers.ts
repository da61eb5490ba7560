import type { Selectable } from 'kysely';
import { anyJson, flag, type JsonValue } from '../db/codec.ts';
import type { Db } from '../db/connect.ts';
import { newId } from '../db/id.ts';
import { inScope, type SiteScope } from '../db/scope.ts';
import type { ForecastLayerTable } from '../db/table/plan.ts';
import { type UpdateOutcome, updateOutcome } from '../db/update.ts';

/** An override: named, signed, dated, and possible to switch off. Layers apply in the order of `ordinal`. */
export interface ForecastLayer {
  readonly id: string;
  readonly forecastId: string;
  readonly siteId: string;
  readonly ordinal: number;
  readonly name: string;
  readonly content: JsonValue;
  readonly enabled: boolean;
  readonly revision: number;
  readonly createdBy: string | null;
  readonly createdAt: number;
}

/** Puts a layer on top of a forecast. */
export async function addForecastLayer(
  db: Db,
  input: Omit<ForecastLayer, 'id' | 'ordinal' | 'revision' | 'enabled'> & { readonly enabled?: boolean },
): Promise<ForecastLayer> {
  const { top } = await db
    .selectFrom('forecastLayer')
    .select(eb => eb.fn.max('ordinal').as('top'))
    .where('forecastId', '=', input.forecastId)
    .executeTakeFirstOrThrow();
  const layer: ForecastLayer = { enabled: true, ...input, id: newId(), ordinal: (top ?? 0) + 1, revision: 1 };
  await db
    .insertInto('forecastLayer')
    .values({ ...layer, content: anyJson.encode(layer.content), enabled: flag(layer.enabled) })
    .execute();
  return layer;
}

/** The layers of a forecast, lowest first. */
export async function listForecastLayers(
  db: Db,
  scope: SiteScope,
  forecastId: string,
): Promise<readonly ForecastLayer[]> {
  const rows = await db
    .selectFrom('forecastLayer')
    .selectAll()
    .where('forecastId', '=', forecastId)
    .where(inScope(scope))
    .orderBy('ordinal')
    .execute();
  return rows.map(toLayer);
}

/** Changes a layer if it still has `expectedRevision`. */
export async function updateForecastLayer(
  db: Db,
  scope: SiteScope,
  id: string,
  expectedRevision: number,
  change: { readonly name?: string; readonly content?: JsonValue; readonly enabled?: boolean },
): Promise<UpdateOutcome> {
  const result = await db
    .updateTable('forecastLayer')
    .set({
      ...(change.name !== undefined && { name: change.name }),
      ...(change.content !== undefined && { content: anyJson.encode(change.content) }),
      ...(change.enabled !== undefined && { enabled: flag(change.enabled) }),
      revision: expectedRevision + 1,
    })
    .where('id', '=', id)
    .where('revision', '=', expectedRevision)
    .where(inScope(scope))
    .executeTakeFirst();
  if (result.numUpdatedRows > 0n) return updateOutcome(1n, expectedRevision, undefined);
  const found = await db
    .selectFrom('forecastLayer')
    .select('revision')
    .where('id', '=', id)
    .where(inScope(scope))
    .executeTakeFirst();
  return updateOutcome(0n, expectedRevision, found?.revision);
}

/** Removes a layer. */
export async function deleteForecastLayer(db: Db, scope: SiteScope, id: string): Promise<boolean> {
  const result = await db
    .deleteFrom('forecastLayer')
    .where('id', '=', id)
    .where(inScope(scope))
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

function toLayer(row: Selectable<ForecastLayerTable>): ForecastLayer {
  return { ...row, content: anyJson.decode(row.content), enabled: row.enabled === 1 };
}
