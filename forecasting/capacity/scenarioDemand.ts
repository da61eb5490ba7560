import { type GridDay, gridDays } from '../calendar/grid.ts';
import { openMask } from '../calendar/opening.ts';
import type { CampaignLever, Levers, OpeningLever, ScenarioQueue } from './levers.ts';

/** Contacts and handle time by interval; null where the queue is closed. */
export interface ScenarioDemand {
  readonly offered: readonly (number | null)[];
  readonly ahtSeconds: readonly (number | null)[];
}

/**
 * A queue's demand under its levers, in this order: factors on calls and handle time, other opening hours, a
 * reminder campaign. Days on which the plan is closed all day (holidays) stay closed.
 *
 * @throws RangeError naming the lever that is out of range
 */
export function leveredDemand(queue: ScenarioQueue, levers: Levers): ScenarioDemand {
  check(levers);
  const { volumeFactor = 1, ahtFactor = 1, opening, campaign } = levers;
  let demand: ScenarioDemand = {
    offered: scaled(queue.offered, volumeFactor),
    ahtSeconds: scaled(queue.ahtSeconds, ahtFactor),
  };
  if (opening) demand = openedOtherwise(queue, demand, opening);
  return campaign ? { ...demand, offered: withCampaign(queue, demand.offered, campaign) } : demand;
}

function scaled(values: readonly (number | null)[], factor: number): readonly (number | null)[] {
  return factor === 1 ? values : values.map(value => (value === null ? null : value * factor));
}

function openedOtherwise(
  queue: ScenarioQueue,
  demand: ScenarioDemand,
  opening: OpeningLever,
): ScenarioDemand {
  const grid = { ...queue, count: queue.offered.length };
  const mask = openMask(grid, { weekly: opening.weekly });
  const offered = [...demand.offered];
  const ahtSeconds = [...demand.ahtSeconds];
  for (const day of gridDays(grid)) {
    const wasOpen = intervalsOf(day).filter(i => demand.offered[i] != null);
    if (wasOpen.length === 0) continue;
    let moved = 0;
    for (const i of intervalsOf(day)) {
      const calls = demand.offered[i] ?? null;
      if (mask[i] === 1 && calls === null) {
        const near = nearest(wasOpen, i);
        const added = (demand.offered[near] ?? 0) * opening.addedLevel;
        offered[i] = added;
        ahtSeconds[i] = demand.ahtSeconds[near] ?? null;
        moved -= added * opening.movedShare;
      } else if (mask[i] === 0 && calls !== null) {
        offered[i] = null;
        ahtSeconds[i] = null;
        moved += calls * opening.movedShare;
      }
    }
    spread(
      offered,
      wasOpen.filter(i => mask[i] === 1),
      moved,
    );
  }
  return { offered, ahtSeconds };
}

function intervalsOf(day: GridDay): readonly number[] {
  return Array.from({ length: day.count }, (_, k) => day.firstIndex + k);
}

function nearest(indices: readonly number[], to: number): number {
  return indices.reduce((best, i) => (Math.abs(i - to) < Math.abs(best - to) ? i : best), indices[0] ?? to);
}

/** Adds (or takes, never below zero) calls to intervals in proportion to what they have. Returns what found no place. */
function spread(offered: (number | null)[], where: readonly number[], calls: number): void {
  const sum = where.reduce((total, i) => total + (offered[i] ?? 0), 0);
  if (sum <= 0) return;
  const factor = Math.max(0, 1 + calls / sum);
  for (const i of where) offered[i] = (offered[i] ?? 0) * factor;
}

/** Calls that a campaign brings and saves over the horizon, as the forecast will show them. */
export interface CampaignEffect {
  readonly added: number;
  readonly avoided: number;
}

/** What a campaign adds and saves within the queue's intervals. */
export function campaignEffect(queue: ScenarioQueue, campaign: CampaignLever): CampaignEffect {
  const before = total(queue.offered);
  const answered = total(withCampaign(queue, queue.offered, { ...campaign, avoidedShare: 0 }));
  const both = total(withCampaign(queue, queue.offered, campaign));
  return { added: answered - before, avoided: answered - both };
}

const total = (values: readonly (number | null)[]) =>
  values.reduce<number>((sum, value) => sum + (value ?? 0), 0);

function withCampaign(
  queue: ScenarioQueue,
  base: readonly (number | null)[],
  campaign: CampaignLever,
): (number | null)[] {
  const offered = [...base];
  const { at, messages, responseShare, halfLifeMinutes, avoidedShare = 0, avoidedDays = 7 } = campaign;
  const until = at + avoidedDays * 86_400;
  const saving = offered.flatMap((calls, i) => {
    const start = queue.start + i * queue.stepSeconds;
    return calls !== null && start >= at && start < until ? [i] : [];
  });
  spread(offered, saving, -messages * avoidedShare);
  const rate = Math.LN2 / (halfLifeMinutes * 60);
  const comeBy = (time: number) => (time <= at ? 0 : -Math.expm1(-rate * (time - at)));
  let taken = 0;
  offered.forEach((calls, i) => {
    if (calls === null) return;
    // What came while closed waits for the doors to open: only what is still to come is left out.
    const come = comeBy(queue.start + (i + 1) * queue.stepSeconds);
    offered[i] = calls + messages * responseShare * (come - taken);
    taken = come;
  });
  return offered;
}

function check({ volumeFactor, ahtFactor, opening, campaign }: Levers): void {
  const assert = (field: string, value: number | undefined, low: number, high: number) => {
    if (value !== undefined && !(value >= low && value <= high)) {
      throw new RangeError(`${field} must be from ${low} to ${high}; found ${value}`);
    }
  };
  assert('volumeFactor', volumeFactor, 0, 100);
  assert('ahtFactor', ahtFactor, 1e-6, 100);
  assert('opening.movedShare', opening?.movedShare, 0, 1);
  assert('opening.addedLevel', opening?.addedLevel, 0, 10);
  assert('campaign.messages', campaign?.messages, 0, 1e9);
  assert('campaign.responseShare', campaign?.responseShare, 0, 1);
  assert('campaign.avoidedShare', campaign?.avoidedShare, 0, 10);
  assert('campaign.avoidedDays', campaign?.avoidedDays, 0, 366);
  assert('campaign.halfLifeMinutes', campaign?.halfLifeMinutes, 1e-3, 1e6);
}
