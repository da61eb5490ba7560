import { assertPositive, assertWhole, StaffingError } from '../staffing/errors.ts';
import { requiredAgents } from '../staffing/requiredAgents.ts';
import {
  REPLICATIONS,
  type ReplicationCounts,
  type SkillGroup,
  type SkillMixOptions,
  type SkillMixPerformance,
  SkillMixRuns,
  type SkillQueue,
  summarise,
} from './skillMix.ts';
import {
  addUntilMet,
  type Candidate,
  changed,
  MixEvaluator,
  makeCheaper,
  SearchCancelled,
  type SearchWatch,
  withinLimits,
} from './skillSearch.ts';

export interface SkillRequirementOptions extends SkillMixOptions, SearchWatch {
  /** Replications after which the final check decides against a mix whose interval still holds a goal. Absent: 400. */
  readonly maxReplications?: number;
}

export interface SkillRequirement {
  readonly kind: 'found';
  /** Agents per group, before shrinkage. */
  readonly agents: readonly number[];
  readonly cost: number;
  /** The check on callers that the search has not seen: the lower end of every queue's interval meets its goal. */
  readonly at: SkillMixPerformance;
  /** Per group: what one agent fewer delivers on the same callers; `null` where the group has none to spare. */
  readonly oneLess: readonly (SkillMixPerformance | null)[];
  /** Agents if each queue had its own who take nothing else (exact, `requiredAgents`), in the order of queues. */
  readonly siloAgents: readonly number[];
  /** Agents if each of them took every queue, by simulation. */
  readonly pooledAgents: number;
  /** Agents that sharing saves: the sum of `siloAgents` less the sum of `agents`. */
  readonly poolingGain: number;
  readonly mixesTried: number;
}

export type SkillRequirementOutcome =
  | SkillRequirement
  /** No numbers within the groups' limits meet these queues' goals. */
  | { readonly kind: 'infeasible'; readonly queues: readonly string[] }
  | { readonly kind: 'cancelled' };

/**
 * The cheapest numbers of agents per group found that meet every queue's goal, by simulation on common random
 * numbers: start from each queue's own requirement, once in the cheapest and once in the most flexible groups, add
 * where it helps most until all goals are met, exchange and remove while they stay met, and check the cheaper of
 * the two on fresh callers. The result is locally cheapest: no single removal and no exchange of up to three agents
 * improves it on the search's callers.
 *
 * @throws RangeError naming the field that is out of range
 */
export function requiredSkillMix(
  queues: readonly SkillQueue[],
  groups: readonly SkillGroup[],
  options: SkillRequirementOptions,
): SkillRequirementOutcome {
  checkGroups(groups);
  try {
    return search(queues, groups, options);
  } catch (error) {
    if (error instanceof SearchCancelled) return { kind: 'cancelled' };
    throw error;
  }
}

function search(
  queues: readonly SkillQueue[],
  groups: readonly SkillGroup[],
  options: SkillRequirementOptions,
): SkillRequirementOutcome {
  const unserved = queues.filter(({ id, calls }) => calls > 0 && !groups.some(group => serves(group, id)));
  if (unserved.length > 0) return { kind: 'infeasible', queues: unserved.map(({ id }) => id) };
  const siloAgents = queues.map(silo);
  const replications = options.replications ?? REPLICATIONS;
  assertWhole('replications', replications, 2);
  const runs = new SkillMixRuns(queues, groups, { ...options, seed: `${options.seed} search` });
  const evaluator = new MixEvaluator(queues, groups, runs, replications, options);
  const most = 4 * siloAgents.reduce((sum, n) => sum + n, 0) + 10;
  let candidate = cheapest(
    [false, true].map(flexibleFirst => {
      const first = evaluator.evaluate(start(queues, groups, siloAgents, flexibleFirst));
      const met = addUntilMet(evaluator, groups, first, most);
      return met && makeCheaper(evaluator, groups, met, covers(queues, groups, siloAgents));
    }),
  );
  const check = new SkillMixRuns(queues, groups, { ...options, seed: `${options.seed} check` });
  for (; candidate !== null; candidate = oneMore(evaluator, groups, candidate, most)) {
    const counts = checked(queues, check, candidate.agents, replications, options.maxReplications ?? 400);
    if (counts === null) continue;
    return {
      kind: 'found',
      agents: candidate.agents,
      cost: candidate.cost,
      at: summarise(queues, counts),
      oneLess: oneLess(queues, groups, check, candidate.agents, counts.length),
      siloAgents,
      pooledAgents: pooled(queues, options, replications, siloAgents),
      poolingGain: total(siloAgents) - total(candidate.agents),
      mixesTried: evaluator.evaluations,
    };
  }
  return { kind: 'infeasible', queues: missed(queues, evaluator, groups, most) };
}

const total = (counts: readonly number[]): number => counts.reduce((sum, n) => sum + n, 0);

const serves = (group: SkillGroup, queue: string): boolean =>
  (group.maxAgents ?? Infinity) > 0 && group.skills.some(skill => skill.queue === queue);

function silo({ goal, calls, intervalSeconds, ahtSeconds, patience }: SkillQueue): number {
  const load = { calls, intervalSeconds, ahtSeconds, ...(patience && { patience }) };
  return requiredAgents(load, { serviceLevel: goal }).agents;
}

function cheapest(candidates: readonly (Candidate | null)[]): Candidate | null {
  return candidates.reduce(
    (best, next) => (next && (best === null || next.cost < best.cost) ? next : best),
    null,
  );
}

/** Each queue's own requirement in one group that takes it, cheapest or most flexible first, within the limits. */
function start(
  queues: readonly SkillQueue[],
  groups: readonly SkillGroup[],
  siloAgents: readonly number[],
  flexibleFirst: boolean,
): number[] {
  const cost = (group: number) => groups[group]?.cost ?? 1;
  const skills = (group: number) => groups[group]?.skills.length ?? 0;
  const agents = groups.map(group => group.minAgents ?? 0);
  queues.forEach(({ id }, queue) => {
    const able = groups.flatMap((group, i) => (serves(group, id) ? [i] : []));
    able.sort((a, b) => (flexibleFirst ? skills(b) - skills(a) : cost(a) - cost(b) || skills(a) - skills(b)));
    let left = siloAgents[queue] ?? 0;
    for (const group of able) {
      const taken = Math.min(left, (groups[group]?.maxAgents ?? Infinity) - (agents[group] ?? 0));
      agents[group] = (agents[group] ?? 0) + taken;
      left -= taken;
    }
  });
  return agents;
}

/**
 * A mix in which fewer agents can take a queue than that queue needs for itself cannot meet its goal. The exact
 * requirement holds for exponential handle times of the AHT, so only such queues rule anything out.
 */
function covers(queues: readonly SkillQueue[], groups: readonly SkillGroup[], siloAgents: readonly number[]) {
  const quicker = groups.some(group => group.skills.some(skill => (skill.handleFactor ?? 1) < 1));
  const exact = (queue: SkillQueue) =>
    !quicker && (queue.service ?? { kind: 'exponential' }).kind === 'exponential';
  return (agents: readonly number[]): boolean =>
    agents.every(n => n >= 0) &&
    queues.every((queue, i) => {
      const able = groups.reduce(
        (sum, group, g) => sum + (serves(group, queue.id) ? (agents[g] ?? 0) : 0),
        0,
      );
      return !exact(queue) || able >= (siloAgents[i] ?? 0);
    });
}

/** Replications until every queue's interval lies on or above its goal; `null` once one lies below or time is up. */
function checked(
  queues: readonly SkillQueue[],
  runs: SkillMixRuns,
  agents: readonly number[],
  first: number,
  most: number,
): ReplicationCounts[] | null {
  const counts: ReplicationCounts[] = [];
  for (let target = Math.min(most, 2 * first); ; target = Math.min(most, 2 * target)) {
    counts.push(...runs.counts(agents, counts.length, target));
    const levels = summarise(queues, counts).queues.map(queue => queue.goalLevel);
    const goals = queues.map(queue => queue.goal.target);
    if (levels.every((level, i) => level === null || level.low >= (goals[i] ?? 0))) return counts;
    if (levels.some((level, i) => level !== null && level.high < (goals[i] ?? 0))) return null;
    if (target === most) return null;
  }
}

/** The mix failed on fresh callers: the next one has one agent more, where the goals are exceeded most. */
function oneMore(
  evaluator: MixEvaluator,
  groups: readonly SkillGroup[],
  failed: Candidate,
  most: number,
): Candidate | null {
  const options = groups
    .map((_, group) => changed(failed.agents, [group, 1]))
    .filter(agents => withinLimits(groups, agents) && total(agents) <= most)
    .map(agents => evaluator.evaluate(agents));
  const gain = (option: Candidate) =>
    option.levels.reduce((sum, level, i) => sum + Math.min(1, level - (failed.levels[i] ?? 0)), 0) /
    Math.max(1e-9, option.cost - failed.cost);
  return options.reduce<Candidate | null>(
    (best, option) => (best === null || gain(option) > gain(best) ? option : best),
    null,
  );
}

function oneLess(
  queues: readonly SkillQueue[],
  groups: readonly SkillGroup[],
  runs: SkillMixRuns,
  agents: readonly number[],
  replications: number,
): (SkillMixPerformance | null)[] {
  return groups.map((group, i) =>
    (agents[i] ?? 0) > (group.minAgents ?? 0)
      ? summarise(queues, runs.counts(changed(agents, [i, -1]), 0, replications))
      : null,
  );
}

/** Fewest agents who all take every queue, by bisection between the largest silo and the sum of all. */
function pooled(
  queues: readonly SkillQueue[],
  options: SkillMixOptions,
  replications: number,
  siloAgents: readonly number[],
): number {
  const everyone = [{ id: 'pooled', skills: queues.map(({ id }) => ({ queue: id })) }];
  const runs = new SkillMixRuns(queues, everyone, { ...options, seed: `${options.seed} search` });
  const evaluator = new MixEvaluator(queues, everyone, runs, replications, {});
  let low = 0;
  let high = Math.max(1, total(siloAgents));
  while (evaluator.evaluate([high]).shortfall > 0) {
    low = high;
    high *= 2;
  }
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (evaluator.evaluate([middle]).shortfall > 0) low = middle;
    else high = middle;
  }
  return evaluator.evaluate([0]).shortfall === 0 ? 0 : high;
}

/** Queues still short with every group at its limit; all of them, if only the check on fresh callers failed. */
function missed(
  queues: readonly SkillQueue[],
  evaluator: MixEvaluator,
  groups: readonly SkillGroup[],
  most: number,
): string[] {
  const full = groups.map(group => Math.min(group.maxAgents ?? most, most));
  const { levels } = evaluator.evaluate(full);
  const short = queues.filter(({ goal }, i) => (levels[i] ?? 0) < goal.target);
  return (short.length > 0 ? short : queues).map(({ id }) => id);
}

function checkGroups(groups: readonly SkillGroup[]): void {
  if (groups.length === 0) throw new StaffingError('groups', 'must hold at least one group');
  groups.forEach((group, i) => {
    assertPositive(`groups[${i}].cost`, group.cost ?? 1);
    assertWhole(`groups[${i}].minAgents`, group.minAgents ?? 0);
    if (group.maxAgents !== undefined)
      assertWhole(`groups[${i}].maxAgents`, group.maxAgents, group.minAgents ?? 0);
  });
}
