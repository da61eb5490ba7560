import { goalLevels, type SkillGroup, type SkillMixRuns, type SkillQueue } from './skillMix.ts';

/** A mix and what it delivers on the search's callers. */
export interface Candidate {
  readonly agents: readonly number[];
  readonly cost: number;
  /** Service level per queue by its goal's definition. */
  readonly levels: readonly number[];
  /** Calls per queue that a goal asks for beyond what is delivered, summed as shares of all calls; 0: all goals met. */
  readonly shortfall: number;
}

/** How a search reports and hears whether to go on, after each mix tried. */
export interface SearchWatch {
  readonly onProgress?: (mixesTried: number) => void;
  readonly isCancelled?: () => boolean;
}

/** Thrown through the search when its caller cancels; `requiredSkillMix` turns it into a value. */
export class SearchCancelled extends Error {}

/** Evaluates mixes on the same callers, each once, and counts its work. */
export class MixEvaluator {
  evaluations = 0;
  private readonly queues: readonly SkillQueue[];
  private readonly groups: readonly SkillGroup[];
  private readonly runs: SkillMixRuns;
  private readonly replications: number;
  private readonly watch: SearchWatch;
  private readonly known = new Map<string, Candidate>();

  constructor(
    queues: readonly SkillQueue[],
    groups: readonly SkillGroup[],
    runs: SkillMixRuns,
    replications: number,
    watch: SearchWatch,
  ) {
    this.queues = queues;
    this.groups = groups;
    this.runs = runs;
    this.replications = replications;
    this.watch = watch;
  }

  evaluate(agents: readonly number[]): Candidate {
    const key = agents.join(' ');
    const known = this.known.get(key);
    if (known) return known;
    if (this.watch.isCancelled?.()) throw new SearchCancelled();
    const levels = goalLevels(this.queues, this.runs.counts(agents, 0, this.replications));
    const candidate = { agents, cost: this.cost(agents), levels, shortfall: this.shortfall(levels) };
    this.known.set(key, candidate);
    this.evaluations++;
    this.watch.onProgress?.(this.evaluations);
    return candidate;
  }

  cost(agents: readonly number[]): number {
    return agents.reduce((sum, count, i) => sum + count * (this.groups[i]?.cost ?? 1), 0);
  }

  private shortfall(levels: readonly number[]): number {
    const rates = this.queues.map(queue => queue.calls / queue.intervalSeconds);
    const all = rates.reduce((sum, rate) => sum + rate, 0) || 1;
    return this.queues.reduce(
      (sum, { goal }, i) => sum + Math.max(0, goal.target - (levels[i] ?? 0)) * ((rates[i] ?? 0) / all),
      0,
    );
  }
}

export function withinLimits(groups: readonly SkillGroup[], agents: readonly number[]): boolean {
  return groups.every(({ minAgents = 0, maxAgents = Infinity }, i) => {
    const count = agents[i] ?? 0;
    return count >= minAgents && count <= maxAgents;
  });
}

export function changed(
  agents: readonly number[],
  ...moves: readonly (readonly [number, number])[]
): number[] {
  const next = [...agents];
  for (const [group, change] of moves) next[group] = (next[group] ?? 0) + change;
  return next;
}

/** Adds agents one by one, each where it closes most of the shortfall per cost, until all goals are met. */
export function addUntilMet(
  evaluator: MixEvaluator,
  groups: readonly SkillGroup[],
  start: Candidate,
  mostAgents: number,
): Candidate | null {
  let current = start;
  while (current.shortfall > 0) {
    const options = groups.flatMap((_, group) => {
      const agents = changed(current.agents, [group, 1]);
      return withinLimits(groups, agents) ? [evaluator.evaluate(agents)] : [];
    });
    const value = (option: Candidate) =>
      (current.shortfall - option.shortfall) / Math.max(1e-9, option.cost - current.cost);
    const best = options.reduce<Candidate | null>(
      (top, option) => (top === null || value(option) > value(top) ? option : top),
      null,
    );
    if (best === null || best.agents.reduce((a, b) => a + b, 0) > mostAgents) return null;
    current = best;
  }
  return current;
}

/**
 * Makes a mix that meets all goals cheaper until no single change does: one agent fewer, one exchanged for one of a
 * cheaper group, two exchanged for one, or one dearer for two cheaper. Changes are tried from the largest saving
 * down; of equal savings the first that meets all goals is taken.
 */
export function makeCheaper(
  evaluator: MixEvaluator,
  groups: readonly SkillGroup[],
  start: Candidate,
  feasible: (agents: readonly number[]) => boolean,
): Candidate {
  let current = start;
  for (;;) {
    const cheaper = neighbours(groups, current.agents)
      .filter(agents => withinLimits(groups, agents) && feasible(agents))
      .map(agents => ({ agents, cost: evaluator.cost(agents) }))
      .filter(({ cost }) => cost < current.cost - 1e-9)
      .sort((a, b) => a.cost - b.cost);
    const next = firstMet(evaluator, cheaper);
    if (next === null) return current;
    current = next;
  }
}

function firstMet(
  evaluator: MixEvaluator,
  options: readonly { readonly agents: number[] }[],
): Candidate | null {
  for (const { agents } of options) {
    const candidate = evaluator.evaluate(agents);
    if (candidate.shortfall === 0) return candidate;
  }
  return null;
}

function neighbours(groups: readonly SkillGroup[], agents: readonly number[]): number[][] {
  const all = groups.map((_, i) => i);
  const single = all.map(out => changed(agents, [out, -1]));
  const exchanges = all.flatMap(out => all.filter(into => into !== out).map(into => [out, into] as const));
  const one = exchanges.map(([out, into]) => changed(agents, [out, -1], [into, 1]));
  const twoForOne = exchanges.flatMap(([out, into]) =>
    all
      .filter(other => other !== into && other >= out)
      .map(other => changed(agents, [out, -1], [other, -1], [into, 1])),
  );
  const oneForTwo = exchanges.flatMap(([out, into]) =>
    all
      .filter(other => other !== out && other >= into)
      .map(other => changed(agents, [out, -1], [into, 1], [other, 1])),
  );
  return [...single, ...one, ...twoForOne, ...oneForTwo];
}
