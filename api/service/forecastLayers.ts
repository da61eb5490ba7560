import {
  addForecastLayer,
  deleteForecastLayer,
  listForecastLayers,
  type ForecastLayer as StoredLayer,
  updateForecastLayer,
} from '../../data/store/forecastLayers.ts';
import { findForecast } from '../../data/store/forecasts.ts';
import type { OverrideEffect } from '../../forecasting/review/overrideEffect.ts';
import { type ForecastLayer, layerContentSchema } from '../contract/forecast.ts';
import { type Context, mutate, reach } from './context.ts';
import { readLayerEffects } from './layerEffects.ts';
import { type LayerContent, readLayer } from './overrideLayers.ts';
import { found, Refusal } from './refusal.ts';
import { asJson } from './storedQueue.ts';
import { unlessConflict } from './unlessConflict.ts';

/** What a caller may write of a layer. */
export interface LayerFields extends LayerContent {
  readonly name: string;
  readonly active: boolean;
}

/** Layers of a forecast in their order. */
export async function readLayers(context: Context, forecastId: string): Promise<readonly ForecastLayer[]> {
  const { db } = context.environment.store;
  const scope = reach(context, 'forecast.read');
  const forecast = found(await findForecast(db, scope, forecastId));
  const layers = await listForecastLayers(db, scope, forecastId);
  const effects = await readLayerEffects(db, forecast, layers);
  return layers.flatMap(layer => presentLayer(layer, effects));
}

/** Adds a layer on top. */
export async function addLayer(
  context: Context,
  forecastId: string,
  input: LayerFields,
): Promise<ForecastLayer> {
  const { name, active, ...content } = input;
  assertSensible(content);
  return mutate(context, 'forecastLayer.add', async db => {
    const forecast = found(await findForecast(db, reach(context, 'forecast.manage'), forecastId));
    const layer = await addForecastLayer(db, {
      forecastId,
      siteId: forecast.siteId,
      name,
      content: asJson(content),
      enabled: active,
      createdBy: context.principal.userId,
      createdAt: context.environment.now(),
    });
    const effects = await readLayerEffects(
      db,
      forecast,
      await listForecastLayers(db, [forecast.siteId], forecastId),
    );
    const [value] = presentLayer(layer, effects);
    return {
      value: found(value),
      subjectKind: 'forecast',
      subjectId: forecastId,
      siteId: forecast.siteId,
      detail: asJson({ layerId: layer.id, ...input }),
    };
  });
}

/** Changes a layer. */
export async function changeLayer(
  context: Context,
  forecastId: string,
  layerId: string,
  change: { readonly [Key in keyof LayerFields]?: LayerFields[Key] | undefined },
): Promise<ForecastLayer> {
  const scope = reach(context, 'forecast.manage');
  return mutate(context, 'forecastLayer.update', async db => {
    const layers = await listForecastLayers(db, scope, forecastId);
    const before = found(layers.find(layer => layer.id === layerId));
    const content = { ...found(readLayer(before)), ...withoutAbsent(change) };
    assertSensible(layerContentSchema.parse(content));
    unlessConflict(
      await updateForecastLayer(db, scope, layerId, before.revision, {
        content: asJson(layerContentSchema.parse(content)),
        ...(change.name !== undefined && { name: change.name }),
        ...(change.active !== undefined && { enabled: change.active }),
      }),
    );
    const forecast = found(await findForecast(db, scope, forecastId));
    const changed = await listForecastLayers(db, scope, forecastId);
    const after = found(changed.find(layer => layer.id === layerId));
    const [value] = presentLayer(after, await readLayerEffects(db, forecast, changed));
    return {
      value: found(value),
      subjectKind: 'forecast',
      subjectId: forecastId,
      siteId: before.siteId,
      detail: asJson({ layerId, ...change }),
    };
  });
}

/** Removes a layer. */
export async function removeLayer(context: Context, forecastId: string, layerId: string): Promise<void> {
  const scope = reach(context, 'forecast.manage');
  await mutate(context, 'forecastLayer.remove', async db => {
    const layers = await listForecastLayers(db, scope, forecastId);
    const layer = found(layers.find(known => known.id === layerId));
    await deleteForecastLayer(db, scope, layerId);
    return {
      value: undefined,
      subjectKind: 'forecast',
      subjectId: forecastId,
      siteId: layer.siteId,
      detail: { layerId },
    };
  });
}

function withoutAbsent<Value extends object>(value: Value): Partial<Value> {
  return JSON.parse(JSON.stringify(value));
}

function assertSensible(content: LayerContent): void {
  if (content.to <= content.from) throw new Refusal('invalid', 'body.to must be after body.from');
  if (content.target === 'ahtSeconds' && content.change.kind === 'dayTotals') {
    throw new Refusal('invalid', 'body.change: a day total is of contacts, not of handle time');
  }
}

function presentLayer(
  layer: StoredLayer,
  effects: ReadonlyMap<string, OverrideEffect>,
): readonly ForecastLayer[] {
  const content = readLayer(layer);
  if (!content) return [];
  return [
    {
      id: layer.id,
      forecastId: layer.forecastId,
      name: layer.name,
      ...content,
      active: layer.enabled,
      position: layer.ordinal,
      createdAt: layer.createdAt,
      createdBy: layer.createdBy ?? '',
      effect: effects.get(layer.id) ?? null,
    },
  ];
}
