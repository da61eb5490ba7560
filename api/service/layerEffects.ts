import type { Db } from '../../data/db/connect.ts';
import type { ForecastLayer as StoredLayer } from '../../data/store/forecastLayers.ts';
import type { Forecast } from '../../data/store/forecasts.ts';
import { findQueue } from '../../data/store/queues.ts';
import { type OverrideEffect, overrideEffect } from '../../forecasting/review/overrideEffect.ts';
import { perInterval, readActuals } from './actualColumns.ts';
import { readLayer, withLayers } from './overrideLayers.ts';
import { rebuildForecast } from './storedForecast.ts';

/**
 * Whether each layer of a forecast helped, by its id: the forecast with every active layer, with and without this one,
 * against what came. A layer that is switched off is measured as if it were on.
 */
export async function readLayerEffects(
  db: Db,
  stored: Forecast,
  layers: readonly StoredLayer[],
): Promise<ReadonlyMap<string, OverrideEffect>> {
  const effects = new Map<string, OverrideEffect>();
  const model = layers.length > 0 ? rebuildForecast(stored) : undefined;
  const queue = model && (await findQueue(db, [stored.siteId], stored.queueId));
  if (!model || !queue) return effects;
  const actuals = await readActuals(db, queue, stored);
  const aht = perInterval(actuals.handleSeconds, actuals.handled, stored.count);
  for (const layer of layers) {
    const content = readLayer(layer);
    if (!content) continue;
    const column = (enabled: boolean) =>
      withLayers(
        model,
        layers.map(one => (one.id === layer.id ? { ...one, enabled } : one)),
      )[content.target];
    const indexOf = (at: number) => Math.round((at - stored.start) / stored.stepSeconds);
    const effect = overrideEffect(
      { without: column(false), with: column(true) },
      content.target === 'offered' ? actuals.offered : aht,
      [indexOf(content.from), indexOf(content.to)],
      content.target === 'offered' ? undefined : actuals.handled,
    );
    if (effect) effects.set(layer.id, effect);
  }
  return effects;
}
