import type { z } from 'zod';
import type { ForecastLayer as StoredLayer } from '../../data/store/forecastLayers.ts';
import { applyLayers, type OverrideLayer } from '../../forecasting/demand/layers.ts';
import type { QueueForecast } from '../../forecasting/demand/types.ts';
import { layerContentSchema } from '../contract/forecast.ts';

/** Stored override layers as changes of a forecast. */

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
function overridesOf(
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
