import type { IntervalSeries } from '../history/series.ts';
import { withOffered } from './revise.ts';
import type { QueueForecast } from './types.ts';

/** What an override does to the intervals it covers. */
export type LayerChange =
  | { readonly kind: 'value'; readonly offered: number }
  | { readonly kind: 'percent'; readonly percent: number }
  /** New total of each local day touched, spread over its covered open intervals by the forecast's own profile. */
  | { readonly kind: 'day-total'; readonly offered: number };

/** A person's change to a forecast, kept apart from it: who, why, where and what. */
export interface OverrideLayer {
  readonly id: string;
  readonly author: string;
  readonly reason: string;
  readonly createdEpochSeconds: number;
  readonly fromEpochSeconds: number;
  /** End, exclusive. */
  readonly toEpochSeconds: number;
  readonly change: LayerChange;
}

/** What a layer did to the error once actuals were known. */
export interface LayerValue {
  readonly id: string;
  readonly intervals: number;
  /** Σ|error| with all layers, and with all but this one. */
  readonly errorWith: number;
  readonly errorWithout: number;
  /** Contacts of error that the layer saved; below 0 it hurt. */
  readonly gain: number;
  readonly verdict: 'helped' | 'hurt' | 'no-difference' | 'no-actuals';
}

/**
 * Lays overrides over a forecast in the order given; the forecast itself is not changed.
 *
 * @throws RangeError if a value or total is negative, or a percentage is below −100.
 */
export function applyLayers(forecast: QueueForecast, layers: readonly OverrideLayer[]): QueueForecast {
  if (layers.length === 0) return forecast;
  const offered = [...forecast.offered];
  for (const layer of layers) applyLayer(forecast, offered, layer);
  return withOffered(forecast, offered, 'override');
}

function applyLayer(forecast: QueueForecast, offered: number[], layer: OverrideLayer): void {
  const { change } = layer;
  if (change.kind === 'percent') {
    if (!(change.percent >= -100)) throw new RangeError(`layer "${layer.id}": percent must be −100 or more`);
  } else if (!(change.offered >= 0) || !Number.isFinite(change.offered)) {
    throw new RangeError(`layer "${layer.id}": offered must be 0 or more`);
  }
  if (change.kind === 'day-total') {
    for (const day of forecast.days) {
      const covered = coveredIndices(forecast, layer, day.firstIndex, day.firstIndex + day.count);
      spread(offered, covered, change.offered);
    }
    return;
  }
  for (const i of coveredIndices(forecast, layer, 0, offered.length)) {
    offered[i] = change.kind === 'value' ? change.offered : (offered[i] ?? 0) * (1 + change.percent / 100);
  }
}

function coveredIndices(forecast: QueueForecast, layer: OverrideLayer, from: number, to: number): number[] {
  const covered: number[] = [];
  for (let i = from; i < to; i++) {
    const at = forecast.start + i * forecast.stepSeconds;
    if (at >= layer.fromEpochSeconds && at < layer.toEpochSeconds && forecast.open[i] === 1) covered.push(i);
  }
  return covered;
}

function spread(offered: number[], indices: readonly number[], total: number): void {
  if (indices.length === 0) return;
  const sum = indices.reduce((partial, i) => partial + (offered[i] ?? 0), 0);
  for (const i of indices) offered[i] = sum > 0 ? ((offered[i] ?? 0) * total) / sum : total / indices.length;
}

/** How much each layer helped or hurt: its removal against keeping it, all other layers in place. */
export function layerValue(
  forecast: QueueForecast,
  layers: readonly OverrideLayer[],
  actuals: IntervalSeries,
): LayerValue[] {
  const all = applyLayers(forecast, layers).offered;
  return layers.map(layer => {
    const others = applyLayers(
      forecast,
      layers.filter(other => other !== layer),
    ).offered;
    let errorWith = 0;
    let errorWithout = 0;
    let intervals = 0;
    for (const i of coveredIndices(forecast, layer, 0, all.length)) {
      const at = forecast.start + i * forecast.stepSeconds;
      const actual = actuals.offered[(at - actuals.start) / actuals.stepSeconds];
      if (actual == null) continue;
      errorWith += Math.abs((all[i] ?? 0) - actual);
      errorWithout += Math.abs((others[i] ?? 0) - actual);
      intervals++;
    }
    const gain = errorWithout - errorWith;
    const verdict =
      intervals === 0 ? 'no-actuals' : Math.abs(gain) < 1e-9 ? 'no-difference' : gain > 0 ? 'helped' : 'hurt';
    return { id: layer.id, intervals, errorWith, errorWithout, gain, verdict };
  });
}
