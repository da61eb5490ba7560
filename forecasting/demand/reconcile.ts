import { ALWAYS_OPEN } from '../calendar/opening.ts';
import { daysBetween, localDateOf } from '../calendar/time.ts';
import { classifyDays } from '../history/classifyDays.ts';
import { dayTable } from '../history/dayTable.ts';
import type { IntervalSeries } from '../history/series.ts';
import { sampleCorrelation } from '../history/statistics.ts';
import { intervalVariance } from './bands.ts';
import { withOffered } from './revise.ts';
import type { QueueForecast } from './types.ts';
import { scatterAt } from './uncertainty.ts';

/** A queue, group or site with a forecast of its own; leaves are queues. */
export interface ForecastNode {
  readonly id: string;
  /** Absent for a root. */
  readonly parentId?: string;
  readonly forecast: QueueForecast;
}

/**
 * Makes sums agree: every parent becomes the sum of its children, interval by interval. Each node's own forecast counts
 * by the inverse of its variance (weighted least squares with a diagonal matrix, solved exactly on the tree), so
 * a parent that is known well mends its noisy children and the other way round.
 *
 * @throws RangeError if ids repeat, a parent is unknown, there is a cycle, or the grids differ.
 */
export function reconcile(nodes: readonly ForecastNode[]): ForecastNode[] {
  const tree = treeOf(nodes);
  const count = nodes[0]?.forecast.offered.length ?? 0;
  const revised = new Map(nodes.map(node => [node.id, new Array<number>(count).fill(0)]));
  const variances = new Map(nodes.map(node => [node.id, variancesOf(node.forecast)]));
  for (let i = 0; i < count; i++) reconcileInterval(tree, variances, revised, i);
  return nodes.map(node => ({
    ...node,
    forecast: withOffered(node.forecast, revised.get(node.id) ?? node.forecast.offered, 'combination'),
  }));
}

interface Tree {
  readonly roots: readonly ForecastNode[];
  readonly children: ReadonlyMap<string, readonly ForecastNode[]>;
  /** Children before parents. */
  readonly upwards: readonly ForecastNode[];
}

function treeOf(nodes: readonly ForecastNode[]): Tree {
  const byId = new Map(nodes.map(node => [node.id, node]));
  if (byId.size !== nodes.length) throw new RangeError('node ids must differ');
  const children = new Map<string, ForecastNode[]>(nodes.map(node => [node.id, []]));
  const roots: ForecastNode[] = [];
  for (const node of nodes) {
    const { start, stepSeconds, offered } = node.forecast;
    const first = nodes[0]?.forecast;
    if (
      first &&
      (start !== first.start || stepSeconds !== first.stepSeconds || offered.length !== first.offered.length)
    ) {
      throw new RangeError(`node "${node.id}" is on another grid than "${nodes[0]?.id}"`);
    }
    if (node.parentId === undefined) roots.push(node);
    else {
      const siblings = children.get(node.parentId);
      if (!siblings) throw new RangeError(`node "${node.id}" has an unknown parent "${node.parentId}"`);
      siblings.push(node);
    }
  }
  const downwards: ForecastNode[] = [...roots];
  for (let i = 0; i < downwards.length; i++) downwards.push(...(children.get(downwards[i]!.id) ?? []));
  if (downwards.length !== nodes.length) throw new RangeError('nodes form a cycle');
  return { roots, children, upwards: downwards.reverse() };
}

function variancesOf(forecast: QueueForecast): Float64Array {
  const variances = new Float64Array(forecast.offered.length);
  const first = localDateOf(forecast.originEpochSeconds, forecast.timeZone);
  for (const day of forecast.days) {
    const scatter = scatterAt(forecast.uncertainty, daysBetween(first, day.date) + 1);
    for (let i = day.firstIndex; i < day.firstIndex + day.count; i++) {
      // Only the error of the mean matters here; Poisson noise is common to every forecast of the interval.
      const mean = forecast.offered[i] ?? 0;
      variances[i] = Math.max(
        1e-9,
        intervalVariance(scatter, mean) - mean + 0.02 * mean * mean + 0.02 * mean,
      );
    }
  }
  return variances;
}

function reconcileInterval(
  tree: Tree,
  variances: ReadonlyMap<string, Float64Array>,
  revised: ReadonlyMap<string, number[]>,
  i: number,
): void {
  const estimate = new Map<string, { value: number; variance: number }>();
  for (const node of tree.upwards) {
    const own = { value: node.forecast.offered[i] ?? 0, variance: variances.get(node.id)?.[i] ?? 1 };
    const below = tree.children.get(node.id) ?? [];
    if (below.length === 0) {
      estimate.set(node.id, own);
      continue;
    }
    let value = 0;
    let variance = 0;
    for (const child of below) {
      value += estimate.get(child.id)?.value ?? 0;
      variance += estimate.get(child.id)?.variance ?? 0;
    }
    const weight = variance / (variance + own.variance);
    estimate.set(node.id, { value: value + weight * (own.value - value), variance: variance * (1 - weight) });
  }
  for (const root of tree.roots)
    settle(tree, estimate, revised, variances, root, estimate.get(root.id)?.value ?? 0, i);
}

function settle(
  tree: Tree,
  estimate: ReadonlyMap<string, { value: number; variance: number }>,
  revised: ReadonlyMap<string, number[]>,
  variances: ReadonlyMap<string, Float64Array>,
  node: ForecastNode,
  value: number,
  i: number,
): void {
  const target = Math.max(0, value);
  const column = revised.get(node.id);
  if (column) column[i] = target;
  const below = tree.children.get(node.id) ?? [];
  if (below.length === 0) return;
  const parts = below.map(child => estimate.get(child.id) ?? { value: 0, variance: 1 });
  const sum = parts.reduce((total, part) => total + part.value, 0);
  const variance = parts.reduce((total, part) => total + part.variance, 0);
  const adjusted = parts.map(part => Math.max(0, part.value + ((target - sum) * part.variance) / variance));
  const adjustedSum = adjusted.reduce((total, part) => total + part, 0);
  below.forEach((child, c) => {
    const share = adjustedSum > 0 ? (adjusted[c] ?? 0) / adjustedSum : 1 / below.length;
    settle(tree, estimate, revised, variances, child, share * target, i);
  });
}

/**
 * Correlation of the days of several queues: of ln(day total ÷ median of the nearest days of its weekday) over the days
 * that both know, shrunk towards 0 by n/(n + 30). The diagonal is 1.
 */
export function dayCorrelation(series: readonly IntervalSeries[], endEpochSeconds?: number): number[][] {
  const deviations = series.map(one => {
    const history = classifyDays(dayTable(one, ALWAYS_OPEN, [], endEpochSeconds));
    const byDay = new Map<number, number>();
    history.deviation.forEach((value, d) => {
      if (Number.isFinite(value) && history.weight[d] !== 0)
        byDay.set(history.table.firstDayNumber + d, value);
    });
    return byDay;
  });
  return deviations.map((a, i) => deviations.map((b, j) => (i === j ? 1 : shrunkCorrelation(a, b))));
}

function shrunkCorrelation(a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): number {
  const x: number[] = [];
  const y: number[] = [];
  for (const [day, value] of a) {
    const other = b.get(day);
    if (other === undefined) continue;
    x.push(value);
    y.push(other);
  }
  if (x.length < 5) return 0;
  const value = sampleCorrelation(x, y);
  return Number.isFinite(value) ? (value * x.length) / (x.length + 30) : 0;
}
