import type { z } from 'zod';
import {
  addForecastLayer,
  deleteForecastLayer,
  listForecastLayers,
  type ForecastLayer as StoredLayer,
  updateForecastLayer,
} from '../../data/store/forecastLayers.ts';
import { findForecast } from '../../data/store/forecasts.ts';
import { applyLayers, type OverrideLayer } from '../../forecasting/demand/layers.ts';
import type { QueueForecast } from '../../forecasting/demand/types.ts';
import { type ForecastLayer, layerContentSchema } from '../contract/forecast.ts';
import { type Context, mutate, reach } from './context.ts';
import { found, Refusal } from './refusal.ts';
import { asJson } from './storedQueue.ts';
import { unlessConflict } from './unlessConflict.ts';

/** What a layer says, apart from its name and place. */
export type LayerContent = z.output<typeof layerContentSchema>;

/** The content of a stored layer; undefined when it is not one of ours. */
export function readLayer(layer: StoredLayer): LayerContent | undefined {
  const parsed = layerContentSchema.safeParse(layer.content);
  return parsed.success ? parsed.data : undefined;
}

/** The forecast with every active layer laid over it, in order. */
export function withLayers(forecast: QueueForecast, layers: readonly StoredLayer[]): QueueForecast {
  let current = forecast;
  for (const layer of layers) {
    const content = readLayer(layer);
    if (!layer.enabled || !content) continue;
    current =
      content.target === 'offered'
        ? applyLayers(current, overridesOf(layer, content, current))
        : { ...current, ahtSeconds: changedAht(current, content) };
  }
  return current;
}

/** The domain's overrides of one layer: one per stretch, day or interval that it names. */
export function overridesOf(
  layer: Pick<StoredLayer, 'id' | 'createdBy' | 'createdAt'>,
  content: LayerContent,
  forecast: QueueForecast,
): readonly OverrideLayer[] {
  const head = {
    id: layer.id,
    author: layer.createdBy ?? '',
    reason: content.reason,
    createdEpochSeconds: layer.createdAt,
  };
  const { change, from, to } = content;
  const interval = (index: number, offered: number): OverrideLayer => {
    const at = forecast.start + index * forecast.stepSeconds;
    return {
      ...head,
      fromEpochSeconds: at,
      toEpochSeconds: at + forecast.stepSeconds,
      change: { kind: 'value', offered: Math.max(0, offered) },
    };
  };
  switch (change.kind) {
    case 'percent':
      return [{ ...head, fromEpochSeconds: from, toEpochSeconds: to, change }];
    case 'add':
      return coveredBy(forecast, from, to).map(i =>
        interval(i, (forecast.offered[i] ?? 0) + change.perInterval),
      );
    case 'values':
      return coveredBy(forecast, from, to).flatMap((i, position) => {
        const value = change.values[position];
        return value == null ? [] : [interval(i, value)];
      });
    case 'dayTotals':
      return change.totals.flatMap(({ date, total }) => {
        const day = forecast.days.find(known => known.date === date);
        if (!day) return [];
        const end = day.startEpochSeconds + day.count * forecast.stepSeconds;
        return [
          {
            ...head,
            fromEpochSeconds: Math.max(from, day.startEpochSeconds),
            toEpochSeconds: Math.min(to, end),
            change: { kind: 'day-total' as const, offered: total },
          },
        ];
      });
  }
}

function coveredBy(forecast: QueueForecast, from: number, to: number): readonly number[] {
  const indices: number[] = [];
  for (let i = 0; i < forecast.offered.length; i++) {
    const at = forecast.start + i * forecast.stepSeconds;
    if (at >= from && at < to) indices.push(i);
  }
  return indices;
}

function changedAht(forecast: QueueForecast, content: LayerContent): readonly (number | null)[] {
  const changed = [...forecast.ahtSeconds];
  const { change } = content;
  coveredBy(forecast, content.from, content.to).forEach((i, position) => {
    const before = changed[i];
    if (before == null) return;
    if (change.kind === 'percent') changed[i] = before * (1 + change.percent / 100);
    else if (change.kind === 'add') changed[i] = Math.max(1, before + change.perInterval);
    else if (change.kind === 'values') changed[i] = change.values[position] ?? before;
  });
  return changed;
}

/** What a caller may write of a layer. */
export interface LayerFields extends LayerContent {
  readonly name: string;
  readonly active: boolean;
}

/** Layers of a forecast in their order. */
export async function readLayers(context: Context, forecastId: string): Promise<readonly ForecastLayer[]> {
  const { db } = context.environment.store;
  const scope = reach(context, 'forecast.read');
  found(await findForecast(db, scope, forecastId));
  return (await listForecastLayers(db, scope, forecastId)).flatMap(presentLayer);
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
    const [value] = presentLayer(layer);
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
    const after = (await listForecastLayers(db, scope, forecastId)).find(layer => layer.id === layerId);
    const [value] = presentLayer(found(after));
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

function presentLayer(layer: StoredLayer): readonly ForecastLayer[] {
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
      effect: null,
    },
  ];
}
