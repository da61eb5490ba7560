import type { EffectBlock } from './dayEffects.ts';
import { coefficientsAt, type DayWorkspace, effectsOver } from './dayWorkspace.ts';
import { fixedLevelState, type LevelSettings, type LevelState, runLevelFilter } from './levelFilter.ts';

/** Horizon buckets in days ahead: the next day, the rest of the week, beyond. */
export const HORIZON_BUCKETS = [1, 7, Number.POSITIVE_INFINITY] as const;
export const BUCKETS = HORIZON_BUCKETS.length;

/** The bucket of a day `ahead` days after the origin, counted from 1. */
export function bucketOf(ahead: number): number {
  return ahead <= 1 ? 0 : ahead <= 7 ? 1 : 2;
}

const ALPHAS = [0.03, 0.07, 0.15, 0.3, 0.5];
const GAMMAS = [0.03, 0.1];
const DAMPINGS = [0.9, 0.97, 1];
const FILTERS: readonly LevelSettings[] = ALPHAS.flatMap(alpha => GAMMAS.map(gamma => ({ alpha, gamma })));
const GATE_FILTERS: readonly LevelSettings[] = [0.07, 0.2, 0.4].map(alpha => ({ alpha, gamma: 0.03 }));
const FIXED_DAMPING = 0.98;
/** Filters × dampings, and the fixed variant last. */
const VARIANTS = FILTERS.length * DAMPINGS.length + 1;
const FILTER_MEMORY_DAYS = 730;
const TEST_DAYS = 28;
/** How sharply the better variants are preferred: a 1 % higher loss costs a factor exp(−0.4). */
const SHARPNESS = 40;
const OTHER_PENALTY_SCALES = [0.4, 0.15];
const FIXED_SHARE = 0.4;

/** What the day-level model settled on from the series' own past. */
export interface DayLevelChoice {
  readonly blocks: ReadonlySet<EffectBlock>;
  /** Strength of the effects' ridge penalty against its default. */
  readonly penaltyScale: number;
  /** Rolling absolute error per origin, bucket and variant, `origins × BUCKETS × VARIANTS`. */
  readonly losses: Float64Array;
  readonly volumes: Float64Array;
}

/** Day-level forecast on the log scale, split into its parts; each array has one entry per day of the horizon. */
export interface DayLevelForecast {
  readonly level: Float64Array;
  readonly weekday: Float64Array;
  readonly monthPosition: Float64Array;
  readonly afterClosure: Float64Array;
  readonly annual: Float64Array;
  readonly date: Float64Array;
  readonly driver: Float64Array;
  /** The part of each driver in `driver`, in the order given. */
  readonly drivers: readonly Float64Array[];
  /** Full-day contacts by the weekly hours. */
  readonly totals: Float64Array;
  /** Sum of all effects on the rows before the origin. */
  readonly pastEffects: Float64Array;
}

/** Chooses effect blocks and scores every level variant by rolling origins. */
export function chooseDayLevel(workspace: DayWorkspace): DayLevelChoice {
  const { blocks, penaltyScale } = chooseBlocks(workspace);
  const { origins } = workspace;
  const losses = new Float64Array(origins.length * BUCKETS * VARIANTS);
  const volumes = new Float64Array(origins.length * BUCKETS);
  origins.forEach((origin, o) => {
    scoreOrigin(
      workspace,
      origin,
      coefficientsAt(workspace, origin, blocks, penaltyScale),
      blocks,
      losses.subarray(o * BUCKETS * VARIANTS),
      volumes.subarray(o * BUCKETS),
    );
  });
  return { blocks, penaltyScale, losses, volumes };
}

function adjustedLogs(
  workspace: DayWorkspace,
  effects: Float64Array,
  from: number,
  end: number,
): Float64Array {
  const adjusted = new Float64Array(end);
  for (let d = from; d < end; d++) adjusted[d] = workspace.logTotals[d]! - effects[d]!;
  return adjusted;
}

/** Forward choice of blocks: each must lower the rolling loss by at least one percent; then of their penalty. */
function chooseBlocks(workspace: DayWorkspace): { blocks: ReadonlySet<EffectBlock>; penaltyScale: number } {
  const { origins, blocksPossible } = workspace;
  let chosen = new Set<EffectBlock>();
  let penaltyScale = 1;
  if (origins.length < 8) return { blocks: chosen, penaltyScale };
  let best = gateLoss(workspace, chosen, penaltyScale);
  const open = new Set(blocksPossible);
  while (open.size > 0) {
    let winner: EffectBlock | undefined;
    let winnerLoss = best * 0.99;
    for (const block of open) {
      const loss = gateLoss(workspace, new Set([...chosen, block]), penaltyScale);
      if (loss < winnerLoss) {
        winner = block;
        winnerLoss = loss;
      }
    }
    if (winner === undefined) break;
    chosen = new Set([...chosen, winner]);
    open.delete(winner);
    best = winnerLoss;
  }
  for (const scale of chosen.size > 0 ? OTHER_PENALTY_SCALES : []) {
    const loss = gateLoss(workspace, chosen, scale);
    if (loss >= best) continue;
    penaltyScale = scale;
    best = loss;
  }
  return { blocks: chosen, penaltyScale };
}

function gateLoss(workspace: DayWorkspace, blocks: ReadonlySet<EffectBlock>, penaltyScale: number): number {
  const { origins, history, weekdays, end } = workspace;
  const { weight, totals, shiftRow } = history;
  const loss = new Float64Array(BUCKETS);
  const volume = new Float64Array(BUCKETS);
  for (const origin of origins) {
    const to = Math.min(end, origin + TEST_DAYS);
    const from = Math.max(0, origin - FILTER_MEMORY_DAYS);
    const effects = effectsOver(
      workspace,
      origin,
      coefficientsAt(workspace, origin, blocks, penaltyScale),
      blocks,
      from,
      to,
    );
    const adjusted = adjustedLogs(workspace, effects, from, origin);
    const states = GATE_FILTERS.map(s =>
      runLevelFilter(adjusted, weekdays, weight, from, origin, s, shiftRow),
    );
    for (let d = origin; d < to; d++) {
      if (weight[d] === 0) continue;
      let log = 0;
      for (const state of states) log += state.level + state.weekday[weekdays[d]!]!;
      log = log / states.length + effects[d]! + workspace.dateEffect[d]! + workspace.logCentre;
      const bucket = bucketOf(d - origin + 1);
      loss[bucket]! += Math.abs(Math.exp(log) - 1 - totals[d]!);
      volume[bucket]! += totals[d]!;
    }
  }
  let sum = 0;
  for (let b = 0; b < BUCKETS; b++) sum += volume[b]! > 0 ? loss[b]! / volume[b]! : 0;
  return sum;
}

/** Daily log level and weekday effect of every variant at an origin, for one day ahead. */
function variantStates(
  workspace: DayWorkspace,
  adjusted: Float64Array,
  from: number,
  origin: number,
): LevelState[] {
  const { weekdays, history } = workspace;
  const states = FILTERS.map(s =>
    runLevelFilter(adjusted, weekdays, history.weight, from, origin, s, history.shiftRow),
  );
  states.push(fixedLevelState(adjusted, weekdays, history.weight, from, origin, history.shiftRow));
  return states;
}

function scoreOrigin(
  workspace: DayWorkspace,
  origin: number,
  coefficients: Float64Array,
  blocks: ReadonlySet<EffectBlock>,
  losses: Float64Array,
  volumes: Float64Array,
): void {
  const { history, weekdays, end, logCentre, dateEffect } = workspace;
  const from = Math.max(0, origin - FILTER_MEMORY_DAYS);
  const to = Math.min(end, origin + TEST_DAYS);
  const effects = effectsOver(workspace, origin, coefficients, blocks, from, to);
  const states = variantStates(workspace, adjustedLogs(workspace, effects, from, origin), from, origin);
  let steps = 0;
  for (let d = origin; d < to; d++) {
    if (workspace.service[weekdays[d]!] === 1) steps++;
    if (history.weight[d] === 0) continue;
    const bucket = bucketOf(d - origin + 1);
    const actual = history.totals[d]!;
    volumes[bucket]! += actual;
    const shared = effects[d]! + dateEffect[d]! + logCentre;
    for (let v = 0; v < VARIANTS; v++) {
      const log = variantLevel(states, v, steps) + variantWeekday(states, v, weekdays[d]!) + shared;
      losses[bucket * VARIANTS + v]! += Math.abs(Math.exp(log) - 1 - actual);
    }
  }
}

function variantLevel(states: readonly LevelState[], variant: number, steps: number): number {
  const fixed = variant === VARIANTS - 1;
  const state = states[fixed ? states.length - 1 : Math.floor(variant / DAMPINGS.length)]!;
  const damping = fixed ? FIXED_DAMPING : DAMPINGS[variant % DAMPINGS.length]!;
  return state.slowMean + damping ** steps * (state.level - state.slowMean);
}

function variantWeekday(states: readonly LevelState[], variant: number, weekday: number): number {
  const fixed = variant === VARIANTS - 1;
  return states[fixed ? states.length - 1 : Math.floor(variant / DAMPINGS.length)]!.weekday[weekday]!;
}

/** Share of each variant per bucket, from the losses of all origins but `without`. */
function variantWeights(choice: DayLevelChoice, without: number): Float64Array {
  const origins = choice.volumes.length / BUCKETS;
  const weights = new Float64Array(BUCKETS * VARIANTS);
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const total = new Float64Array(VARIANTS);
    let volume = 0;
    for (let o = 0; o < origins; o++) {
      if (o === without) continue;
      volume += choice.volumes[o * BUCKETS + bucket]!;
      for (let v = 0; v < VARIANTS; v++) total[v]! += choice.losses[(o * BUCKETS + bucket) * VARIANTS + v]!;
    }
    const best = total.reduce((least, loss) => Math.min(least, loss), Number.POSITIVE_INFINITY);
    let sum = 0;
    for (let v = 0; v < VARIANTS - 1; v++) {
      const excess = volume > 0 && best > 0 ? total[v]! / best - 1 : 0;
      weights[bucket * VARIANTS + v] = Math.exp(-SHARPNESS * excess);
      sum += weights[bucket * VARIANTS + v]!;
    }
    for (let v = 0; v < VARIANTS - 1; v++) weights[bucket * VARIANTS + v]! *= (1 - FIXED_SHARE) / sum;
    weights[bucket * VARIANTS + VARIANTS - 1] = FIXED_SHARE;
  }
  return weights;
}

/**
 * Day totals for `days` days from row `origin`, an inner origin or the end of the history.
 *
 * @param leaveOut index of the inner origin whose own losses must not decide; −1 for none.
 */
export function forecastDayLevel(
  workspace: DayWorkspace,
  choice: DayLevelChoice,
  origin: number,
  days: number,
  leaveOut: number,
): DayLevelForecast {
  const { weekdays, logCentre, history } = workspace;
  const from = Math.max(0, origin - FILTER_MEMORY_DAYS);
  const coefficients = coefficientsAt(workspace, origin, choice.blocks, choice.penaltyScale);
  const effects = effectsOver(workspace, origin, coefficients, choice.blocks, from, origin + days);
  const states = variantStates(workspace, adjustedLogs(workspace, effects, from, origin), from, origin);
  const weights = variantWeights(choice, leaveOut);
  const part = (names: readonly EffectBlock[], driver?: number) => {
    const blocks = new Set(names.filter(name => choice.blocks.has(name)));
    return effectsOver(workspace, origin, coefficients, blocks, origin, origin + days, driver).slice(origin);
  };
  const forecast: DayLevelForecast = {
    level: new Float64Array(days),
    weekday: new Float64Array(days),
    monthPosition: part(['monthPosition', 'monthEdge']),
    afterClosure: part(['afterClosure']),
    annual: part(['annual']),
    date: workspace.dateEffect.slice(origin, origin + days),
    driver: part(['driver']),
    drivers: Array.from({ length: driverCount(workspace) }, (_, driver) => part(['driver'], driver)),
    totals: new Float64Array(days),
    pastEffects: effects.slice(0, origin),
  };
  let steps = 0;
  for (let k = 0; k < days; k++) {
    const d = origin + k;
    if (workspace.service[weekdays[d]!] === 1) steps++;
    const bucket = bucketOf(k + 1);
    for (let v = 0; v < VARIANTS; v++) {
      const share = weights[bucket * VARIANTS + v]!;
      if (share < 1e-6) continue;
      forecast.level[k]! += share * variantLevel(states, v, steps);
      forecast.weekday[k]! += share * variantWeekday(states, v, weekdays[d]!);
    }
    const log =
      forecast.level[k]! + forecast.weekday[k]! + effects[d]! + workspace.dateEffect[d]! + logCentre;
    forecast.level[k]! += logCentre;
    forecast.totals[k] = countsFromLog(log, history.totals);
  }
  return forecast;
}

function driverCount(workspace: DayWorkspace): number {
  return workspace.design.driverColumns.reduce((most, { driver }) => Math.max(most, driver + 1), 0);
}

/** Undoes ln(T + 1), with the bias of the logarithm of a small Poisson count put back. */
function countsFromLog(log: number, totals: Float64Array): number {
  if (totals.length === 0) return 0;
  const total = Math.max(0, Math.exp(log) - 1);
  return total * (1 + Math.min(0.15, total / (2 * (total + 1) ** 2)));
}
