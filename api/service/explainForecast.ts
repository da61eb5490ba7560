import { listForecastLayers } from '../../data/store/forecastLayers.ts';
import { findForecast } from '../../data/store/forecasts.ts';
import type { QueueForecast } from '../../forecasting/demand/types.ts';
import { type Context, reach } from './context.ts';
import { withLayers } from './overrideLayers.ts';
import { found, Refusal } from './refusal.ts';
import { rebuildForecast } from './storedForecast.ts';

const PART_KINDS = {
  level: 'level',
  weekday: 'weekday',
  intraday: 'intraday',
  monthPosition: 'season',
  annual: 'season',
  holiday: 'specialDay',
  driver: 'driver',
  combination: 'correction',
} as const;

/** Where the number of one interval comes from: factors that multiply to it, then each layer. */
export async function explainForecast(context: Context, id: string, at: number) {
  const { db } = context.environment.store;
  const scope = reach(context, 'forecast.read');
  const stored = found(await findForecast(db, scope, id));
  const index = (at - stored.start) / stored.stepSeconds;
  if (!Number.isInteger(index) || index < 0 || index >= stored.count) {
    throw new Refusal('invalid', 'query.at must be the start of an interval of the forecast');
  }
  const model = found(rebuildForecast(stored));
  const { explanation } = model;
  const part = (name: keyof typeof PART_KINDS) =>
    factor(name, PART_KINDS[name], explanation[name][index] ?? 1);
  const layers = (await listForecastLayers(db, scope, id)).filter(layer => layer.enabled);
  let current = model;
  const laid = layers.flatMap(layer => {
    const before = current.offered[index] ?? 0;
    current = withLayers(current, [layer]);
    const after = current.offered[index] ?? 0;
    if (after === before) return [];
    return [
      {
        name: layer.name,
        kind: 'layer' as const,
        effect: 'add' as const,
        value: after - before,
        layerId: layer.id,
      },
    ];
  });
  const open = model.open[index] === 1;
  return {
    at,
    final: open ? (current.offered[index] ?? null) : null,
    parts: open
      ? [
          part('level'),
          part('weekday'),
          part('intraday'),
          part('monthPosition'),
          part('annual'),
          part('holiday'),
          ...(driverParts(model, index) ?? [part('driver')]),
          part('combination'),
          ...laid,
        ]
      : [],
  };
}

function factor(name: string, kind: (typeof PART_KINDS)[keyof typeof PART_KINDS], value: number) {
  return { name, kind, effect: 'multiply' as const, value, layerId: null };
}

/** A factor for each driver by its name, where their product is the factor of all. */
function driverParts({ days, explanation }: QueueForecast, index: number) {
  const day = days.find(({ firstIndex, count }) => firstIndex <= index && index < firstIndex + count);
  const drivers = day?.drivers ?? [];
  const product = drivers.reduce((all, driver) => all * driver.factor, 1);
  if (drivers.length === 0 || Math.abs(product / (explanation.driver[index] ?? 1) - 1) > 1e-6)
    return undefined;
  return drivers.map(driver => factor(driver.name, 'driver', driver.factor));
}
