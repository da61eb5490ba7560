import type { RandomGenerator } from '../calendar/random.ts';
import { timelineTerms } from './agentTerms.ts';
import { BreakPlacer } from './breakPlacer.ts';
import { OFF } from './searchModel.ts';
import type { SearchState } from './searchState.ts';
import { AgentTimeline } from './timeline.ts';

/** How widely to search. */
export interface Width {
  readonly shiftsPerDay: number;
  /** Partial rosters kept per day, and of those with equal hours. */
  readonly beam: number;
  readonly perHours: number;
}

/** Fast enough for everybody, and thorough for the few whose rules are hard to meet. */
export const QUICK: Width = { shiftsPerDay: 8, beam: 40, perHours: 4 };
export const THOROUGH: Width = { shiftsPerDay: 14, beam: 800, perHours: 80 };

interface PartialWeek {
  /** Candidate per day so far. */
  readonly chosen: readonly number[];
  /** Cover and single-shift cost so far. */
  readonly cost: number;
  /** With the breaches so far, of rules that more shifts cannot mend. */
  readonly rank: number;
  readonly paid: number;
}

interface DayChoice {
  readonly candidate: number;
  readonly cost: number;
  readonly pattern: Int16Array;
}

/**
 * Gives one agent the roster that is cheapest against everybody else's: every shift of every day is priced with its
 * best breaks, then days are joined by dynamic programming over (day, hours so far), keeping the best few partial
 * rosters of each state, with the agent's rules checked on the way.
 */
export class BestResponse {
  readonly #state: SearchState;
  readonly #placer: BreakPlacer;
  readonly #prefix: Float64Array;
  readonly #width: Width;

  constructor(state: SearchState, width: Width = QUICK) {
    const { shapes, site } = state.model;
    this.#state = state;
    this.#width = width;
    this.#placer = new BreakPlacer(shapes, site.cover.slotCount);
    this.#prefix = new Float64Array(site.cover.slotCount + 1);
  }

  /** Replaces the agent's free days; fixed ones stay. Costs of the state are kept in step. `noise` perturbs prices. */
  improve(agent: number, random: RandomGenerator | null, noise: number): void {
    const state = this.#state;
    const { dayCount } = state.model;
    const before = this.#cells(agent).map(cell => ({ cell, candidate: state.chosen[cell]! }));
    const keptBreaks = state.breakAt.slice(
      before[0]!.cell * state.model.maxBreaks,
      (before[0]!.cell + dayCount) * state.model.maxBreaks,
    );
    const costBefore = this.#costOf(agent);
    let released = 0;
    for (const { cell, candidate } of before) {
      if (candidate < 0) continue;
      released += this.#coverCost(cell);
      state.clear(cell);
    }
    this.#sumWorkCost(agent);
    const choices = before.map(({ cell, candidate }) =>
      candidate < OFF ? [] : this.#dayChoices(agent, cell, random, noise),
    );
    const best = this.#join(agent, choices);
    const coverAfter = best.chosen.reduce((sum, choice, day) => {
      const found = choices[day]!.find(c => c.candidate === choice);
      return sum + (found ? found.cost - state.model.costOfShift(agent, found.candidate) : 0);
    }, 0);
    best.chosen.forEach((choice, day) => {
      const found = choices[day]!.find(c => c.candidate === choice);
      if (found) state.put(before[day]!.cell, found.candidate, found.pattern);
    });
    state.agentCost[agent] = state.ruleCost(agent, Number.POSITIVE_INFINITY);
    if (noise === 0 && this.#costOf(agent) + coverAfter > costBefore + released + 1e-9) {
      this.#putBack(agent, before, keptBreaks);
    }
  }

  #putBack(
    agent: number,
    before: readonly { readonly cell: number; readonly candidate: number }[],
    keptBreaks: Int16Array,
  ): void {
    const state = this.#state;
    const { maxBreaks } = state.model;
    for (const { cell } of before) if (state.chosen[cell]! >= 0) state.clear(cell);
    before.forEach(({ cell, candidate }, day) => {
      if (candidate >= 0) state.put(cell, candidate, keptBreaks, day * maxBreaks);
    });
    state.agentCost[agent] = state.ruleCost(agent, Number.POSITIVE_INFINITY);
  }

  #cells(agent: number): readonly number[] {
    const { dayCount } = this.#state.model;
    return Array.from({ length: dayCount }, (_, day) => agent * dayCount + day);
  }

  #costOf(agent: number): number {
    const state = this.#state;
    return this.#cells(agent).reduce((sum, cell) => sum + state.cellCost[cell]!, state.agentCost[agent]!);
  }

  /** Cost the cell's cover saves now: what it would cost to take it away, with the sign turned. */
  #coverCost(cell: number): number {
    const state = this.#state;
    const { slotCount } = state.model.site.cover;
    const group = state.groupOf(cell);
    const flags = new Uint8Array(slotCount);
    state.markWork(cell, flags, 1);
    let cost = 0;
    for (let t = 0; t < slotCount; t++) {
      if (flags[t] === 1) cost -= state.cover.gainOfOneLess[group * slotCount + t]!;
    }
    return cost;
  }

  #sumWorkCost(agent: number): void {
    const state = this.#state;
    const { slotCount, agentGroup } = state.model.site.cover;
    const row = agentGroup[agent]! * slotCount;
    let sum = 0;
    for (let t = 0; t < slotCount; t++) {
      sum += state.cover.gainOfOneMore[row + t]!;
      this.#prefix[t + 1] = sum;
    }
  }

  /** The cheapest shifts of a day, spread over different start times. */
  #dayChoices(agent: number, cell: number, random: RandomGenerator | null, noise: number): DayChoice[] {
    const { model } = this.#state;
    const priced: DayChoice[] = [];
    for (const candidate of model.options[cell]!) {
      const shape = model.shapes[model.shapeOf[candidate]!]!;
      const cover = this.#placer.place(shape, model.startSlot[candidate]!, this.#prefix);
      if (cover === Number.POSITIVE_INFINITY) continue;
      const jitter = random && noise > 0 ? random.uniform() * noise : 0;
      const cost = cover + model.costOfShift(agent, candidate) + jitter;
      priced.push({ candidate, cost, pattern: this.#placer.pattern.slice(0, shape.breaks.length) });
    }
    priced.sort((a, b) => a.cost - b.cost || a.candidate - b.candidate);
    const kept: DayChoice[] = [];
    const seen = new Set<number>();
    for (const choice of priced) {
      const { facts } = model.candidates[choice.candidate]!;
      const bucket = Math.floor(facts.startMinuteOfDay / 120) * 10_000 + facts.paid;
      if (seen.has(bucket) && kept.length >= 3) continue;
      seen.add(bucket);
      kept.push(choice);
      if (kept.length >= this.#width.shiftsPerDay) break;
    }
    return kept;
  }

  #join(agent: number, choices: readonly (readonly DayChoice[])[]): PartialWeek {
    const { model } = this.#state;
    const timeline = this.#scratchTimeline(agent);
    let beam: PartialWeek[] = [{ chosen: [], cost: 0, rank: 0, paid: 0 }];
    for (let day = 0; day < model.dayCount; day++) {
      const cell = agent * model.dayCount + day;
      const fixed = model.fixedFacts.get(cell);
      const next: PartialWeek[] = [];
      for (const week of beam) {
        const weekPaid = day % 7 === 0 ? 0 : week.paid;
        const free = week.cost + (fixed ? 0 : model.offCost[cell]!);
        const off = { chosen: [...week.chosen, OFF], cost: free, paid: weekPaid };
        next.push({ ...off, rank: free + this.#breaches(agent, off.chosen, timeline, false) });
        for (const choice of fixed ? [] : choices[day]!) {
          const chosen = [...week.chosen, choice.candidate];
          const cost = week.cost + choice.cost;
          const paid = weekPaid + model.candidates[choice.candidate]!.facts.paid;
          next.push({ chosen, cost, paid, rank: cost + this.#breaches(agent, chosen, timeline, false) });
        }
      }
      beam = prune(next, this.#width);
    }
    let best = beam[0]!;
    let least = Number.POSITIVE_INFINITY;
    for (const week of beam) {
      const total = week.cost + this.#breaches(agent, week.chosen, timeline, true);
      if (total < least) {
        least = total;
        best = week;
      }
    }
    return best;
  }

  #scratchTimeline(agent: number): AgentTimeline {
    const current = this.#state.timeline(agent);
    const copy = new AgentTimeline(current.capacity);
    for (let i = 0; i < current.firstIndex; i++) copy.push(current.at(i));
    copy.firstIndex = copy.count;
    return copy;
  }

  /** Price of the rules broken by the days so far; before the end only of those that more shifts cannot mend. */
  #breaches(agent: number, chosen: readonly number[], timeline: AgentTimeline, complete: boolean): number {
    const { model } = this.#state;
    const agentModel = model.site.agents[agent]!;
    timeline.count = timeline.firstIndex;
    for (let day = 0; day < chosen.length; day++) {
      const candidate = chosen[day]!;
      const fixed = model.fixedFacts.get(agent * model.dayCount + day);
      if (fixed) for (const facts of fixed) timeline.push(facts);
      else if (candidate >= 0) timeline.push(model.candidates[candidate]!.facts);
    }
    let cost = 0;
    for (const bound of model.sequenceRules[agent]!) {
      if (!complete && !bound.rule.monotone) continue;
      cost += bound.check(timeline, agentModel.facts, null) * bound.price;
    }
    return complete
      ? cost + timelineTerms(agentModel, timeline, model.site.weights, model.site.calendar)
      : cost;
  }
}

/** Keeps the best few of each amount of hours, so that rosters with enough hours survive to the week's end. */
function prune(weeks: PartialWeek[], width: Width): PartialWeek[] {
  weeks.sort((a, b) => a.rank - b.rank);
  const kept: PartialWeek[] = [];
  const perHours = new Map<number, number>();
  for (const week of weeks) {
    const seen = perHours.get(week.paid) ?? 0;
    if (seen >= width.perHours) continue;
    perHours.set(week.paid, seen + 1);
    kept.push(week);
    if (kept.length >= width.beam) break;
  }
  return kept;
}
