import type { Selectable } from 'kysely';
import { anyJson, flag, type JsonValue } from '../db/codec.ts';
import type { Db } from '../db/connect.ts';
import { newId } from '../db/id.ts';
import { inScope, type SiteScope } from '../db/scope.ts';
import type { ForecastLayerTable } from '../db/table/plan.ts';
import { deleteInScope, type UpdateOutcome, updateIfUnchanged } from '../db/update.ts';

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
  return updateIfUnchanged(db, 'forecastLayer', scope, id, expectedRevision, {
    ...(change.name !== undefined && { name: change.name }),
    ...(change.content !== undefined && { content: anyJson.encode(change.content) }),
    ...(change.enabled !== undefined && { enabled: flag(change.enabled) }),
  });
}

/** Removes a layer. */
export async function deleteForecastLayer(db: Db, scope: SiteScope, id: string): Promise<boolean> {
  return deleteInScope(db, 'forecastLayer', scope, id);
}

function toLayer(row: Selectable<ForecastLayerTable>): ForecastLayer {
  return { ...row, content: anyJson.decode(row.content), enabled: row.enabled === 1 };
}
