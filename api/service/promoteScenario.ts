import type { Db } from '../../data/db/connect.ts';
import { addForecastLayer } from '../../data/store/forecastLayers.ts';
import { findForecast } from '../../data/store/forecasts.ts';
import { findQueue, type Queue, updateQueue } from '../../data/store/queues.ts';
import { type Levers, leversOn, type ScenarioQueue } from '../../forecasting/capacity/levers.ts';
import { leveredDemand } from '../../forecasting/capacity/scenarioDemand.ts';
import type { Scenario } from '../contract/scenario.ts';
import { type Context, mutate, reach } from './context.ts';
import { readForecastSeries } from './forecasts.ts';
import type { LayerContent } from './overrideLayers.ts';
import { found, Refusal } from './refusal.ts';
import { findWhatIf, presentScenario } from './scenarios.ts';
import { asJson, goalsValue, patienceValue, readQueueSettings } from './storedQueue.ts';
import { unlessConflict } from './unlessConflict.ts';

/**
 * Writes the levers into the plan: goals, patience, shrinkage and opening hours into the queues, calls and handle time
 * as layers on the forecasts, so that they can be switched off. Agents on duty and the part-time mix decide nothing
 * but the scenario's own figures.
 */
export async function promoteScenario(
  context: Context,
  id: string,
): Promise<{ readonly queueIds: string[]; readonly layerIds: string[] }> {
  const stored = await findWhatIf(context.environment.store.db, reach(context, 'scenario.promote'), id);
  const { siteId } = stored;
  const scenario = presentScenario(stored);
  const changes = await changesOf(context, siteId, scenario);
  return mutate(context, 'scenario.promote', async db => {
    const queueIds: string[] = [];
    const layerIds: string[] = [];
    for (const { queue, forecastId, levers, layers } of changes) {
      for (const content of layers) {
        const layer = await addForecastLayer(db, {
          forecastId,
          siteId,
          name: scenario.name,
          content: asJson(content),
          createdBy: context.principal.userId,
          createdAt: context.environment.now(),
        });
        layerIds.push(layer.id);
      }
      if (await applyToQueue(db, queue, scenario.name, levers)) queueIds.push(queue.id);
    }
    return {
      value: { queueIds, layerIds },
      subjectKind: 'scenario',
      subjectId: id,
      siteId,
      detail: asJson({ queueIds, layerIds, levers: scenario.levers }),
    };
  });
}

interface QueueChange {
  readonly queue: Queue;
  readonly forecastId: string;
  readonly levers: Levers;
  readonly layers: readonly LayerContent[];
}

async function changesOf(
  context: Context,
  siteId: string,
  scenario: Scenario,
): Promise<readonly QueueChange[]> {
  if (scenario.forecastIds.length === 0) {
    throw new Refusal(
      'unprocessable',
      'the scenario names no forecast: save it again from the week it is about',
    );
  }
  const { db } = context.environment.store;
  const changes: QueueChange[] = [];
  for (const forecastId of scenario.forecastIds) {
    const { queueId } = found(await findForecast(db, [siteId], forecastId));
    const queue = found(await findQueue(db, [siteId], queueId));
    const levers = leversOn(queueId, scenario.levers);
    const layers = await layersOf(context, queue, forecastId, scenario, levers);
    changes.push({ queue, forecastId, levers, layers });
  }
  return changes;
}

async function applyToQueue(db: Db, queue: Queue, name: string, levers: Levers): Promise<boolean> {
  const { goal, patienceSeconds, shrinkageShare, opening } = levers;
  if (!goal && patienceSeconds === undefined && shrinkageShare === undefined && !opening) return false;
  const { shrinkage } = readQueueSettings(queue);
  unlessConflict(
    await updateQueue(db, [queue.siteId], queue.id, queue.revision, {
      // The scenario reckoned with one goal for the whole week, so the plan gets just that.
      ...(goal && { goals: goalsValue({ goal, goalPeriods: [] }) }),
      ...(patienceSeconds !== undefined && { patience: patienceValue(patienceSeconds) }),
      ...(shrinkageShare !== undefined && {
        shrinkage: asJson(scaledParts(shrinkage, shrinkageShare, name)),
      }),
      ...(opening && { openingHours: { weekly: opening.weekly } }),
    }),
  );
  return true;
}

/** Nobody is away all of the time. */
const MOST_SHARE = 0.999;

/**
 * The queue's own kinds of shrinkage, more or less of each, so that together they take `total`: each is a share of what
 * the others leave, so the shares left over multiply. One nameless kind where there is none.
 */
function scaledParts<Part extends { readonly share: number }>(
  parts: readonly Part[],
  total: number,
  name: string,
): readonly (Part | { readonly kind: 'other'; readonly name: string; readonly share: number })[] {
  const logLeft = (share: number) => Math.log1p(-Math.min(MOST_SHARE, share));
  const left = parts.reduce((sum, { share }) => sum + logLeft(share), 0);
  if (left === 0) return total === 0 ? [] : [{ kind: 'other', name, share: total }];
  const power = logLeft(total) / left;
  return parts.map(part => ({ ...part, share: -Math.expm1(power * logLeft(part.share)) }));
}

async function layersOf(
  context: Context,
  queue: Queue,
  forecastId: string,
  scenario: Scenario,
  levers: Levers,
): Promise<readonly LayerContent[]> {
  const { volumeFactor = 1, ahtFactor = 1, opening, campaign } = levers;
  if (volumeFactor === 1 && ahtFactor === 1 && !opening && !campaign) return [];
  const series = await readForecastSeries(context, forecastId);
  const end = series.start + series.open.length * series.stepSeconds;
  const from = Math.max(series.start, scenario.start ?? series.start);
  const to = Math.min(end, scenario.days === undefined ? end : from + scenario.days * 86_400);
  const reason = `Scenario ${scenario.name}`;
  const layers: LayerContent[] = [];
  if (opening || campaign) {
    const first = (from - series.start) / series.stepSeconds;
    const count = (to - from) / series.stepSeconds;
    const { offered } = leveredDemand(planned(queue, series), levers);
    const values = series.offered.map((calls, i) => (calls === null ? null : (offered[i] ?? 0)));
    layers.push({
      reason,
      target: 'offered',
      from,
      to,
      change: { kind: 'values', values: values.slice(first, first + count) },
    });
  } else if (volumeFactor !== 1) {
    layers.push(percentLayer(reason, 'offered', from, to, volumeFactor));
  }
  if (ahtFactor !== 1) layers.push(percentLayer(reason, 'ahtSeconds', from, to, ahtFactor));
  return layers;
}

function percentLayer(
  reason: string,
  target: LayerContent['target'],
  from: number,
  to: number,
  factor: number,
): LayerContent {
  return { reason, target, from, to, change: { kind: 'percent', percent: 100 * (factor - 1) } };
}

function planned(queue: Queue, series: Awaited<ReturnType<typeof readForecastSeries>>): ScenarioQueue {
  const { goal, goalPeriods } = readQueueSettings(queue);
  return {
    queueId: queue.id,
    start: series.start,
    stepSeconds: series.stepSeconds,
    timeZone: series.timeZone,
    openingHours: queue.openingHours,
    offered: series.offered,
    ahtSeconds: series.ahtSeconds,
    goal,
    goalPeriods,
    patienceSeconds: null,
    shortAbandonSeconds: queue.shortAbandonSeconds,
    shrinkageShare: 0,
  };
}
