import { timelineTerms } from './agentTerms.ts';
import { BreakPlacer } from './breakPlacer.ts';
import { NO_DAYS, nextWeek, type PartialWeek, prune, QUICK, type Width, withDay } from './partialRoster.ts';
import { OFF } from './searchModel.ts';
import type { SearchState } from './searchState.ts';
import { AgentTimeline } from './timeline.ts';

/** Shifts a day that count as plenty. */
const PLENTY = 60;

/** Days of the horizon from `first` up to, not including, `end`. */
export interface DaySpan {
  readonly first: number;
  readonly end: number;
}

/** The planning weeks of a horizon: long horizons are answered one week at a time. */
export function weekSpans(dayCount: number): readonly DaySpan[] {
  return Array.from({ length: Math.ceil(dayCount / 7) }, (_, week) => ({
    first: week * 7,
    end: Math.min(dayCount, week * 7 + 7),
  }));
}

/** Lengths of shifts of which the cheapest is always looked at. */
const MOST_LENGTHS = 6;

interface DayChoice {
  readonly candidate: number;
  readonly cost: number;
  readonly pattern: Int16Array;
}

/**
 * Gives one agent the week that is cheapest against everybody else's shifts and the agent's own other weeks: every
 * shift of every day is priced with its best breaks, then days are joined by dynamic programming over (day, hours so
 * far), keeping the best few partial rosters of each state, with the agent's rules checked on the way.
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

  /** Answers week after week; long horizons grow week by week instead of joining all their days at once. */
  improveWeeks(agent: number): void {
    for (const span of weekSpans(this.#state.model.dayCount)) this.improve(agent, span);
  }

  /** Replaces the agent's free days of the span; fixed ones stay. Costs of the state are kept in step. */
  improve(agent: number, span: DaySpan): void {
    const state = this.#state;
    const { maxBreaks } = state.model;
    const before = this.#cells(agent, span).map(cell => ({ cell, candidate: state.chosen[cell]! }));
    const base = (agent * state.model.dayCount + span.first) * maxBreaks;
    const keptBreaks = state.breakAt.slice(base, base + before.length * maxBreaks);
    const costBefore = this.#costOf(agent);
    let released = 0;
    for (const { cell, candidate } of before) {
      if (candidate < 0) continue;
      released -= state.releaseCost(cell);
      state.clear(cell);
    }
    this.#sumWorkCost(agent);
    const choices = before.map(({ cell, candidate }) =>
      candidate < OFF ? [] : this.#dayChoices(agent, cell),
    );
    const best = this.#join(agent, span, choices);
    const found = best.chosen.map((choice, i) => choices[i]!.find(c => c.candidate === choice));
    let coverAfter = 0;
    found.forEach((choice, i) => {
      if (!choice) return;
      coverAfter += choice.cost - state.model.costOfShift(agent, choice.candidate);
      state.put(before[i]!.cell, choice.candidate, choice.pattern);
    });
    state.agentCost[agent] = state.ruleCost(agent, Number.POSITIVE_INFINITY);
    if (this.#costOf(agent) + coverAfter > costBefore + released + 1e-9) {
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
    before.forEach(({ cell, candidate }, i) => {
      if (candidate >= 0) state.put(cell, candidate, keptBreaks, i * maxBreaks);
    });
    state.agentCost[agent] = state.ruleCost(agent, Number.POSITIVE_INFINITY);
  }

  #cells(agent: number, { first, end }: DaySpan): readonly number[] {
    const { dayCount } = this.#state.model;
    return Array.from({ length: end - first }, (_, i) => agent * dayCount + first + i);
  }

  #costOf(agent: number): number {
    const state = this.#state;
    const whole = { first: 0, end: state.model.dayCount };
    return this.#cells(agent, whole).reduce(
      (sum, cell) => sum + state.cellCost[cell]!,
      state.agentCost[agent]!,
    );
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

  /** The cheapest shifts of a day, spread over different start times and all lengths. */
  #dayChoices(agent: number, cell: number): DayChoice[] {
    const { model } = this.#state;
    const priced: DayChoice[] = [];
    const options = model.options[cell]!;
    const oneIn = options.length > PLENTY ? this.#width.oneIn : 1;
    for (const candidate of options) {
      // A scrambled number: neighbours differ by start or by length, and each of both must have its turn.
      if (oneIn > 1 && ((Math.imul(candidate, 0x9e3779b1) >>> 16) + agent) % oneIn !== 0) continue;
      const shape = model.shapes[model.shapeOf[candidate]!]!;
      const cover = this.#placer.place(shape, model.startSlot[candidate]!, this.#prefix);
      if (cover === Number.POSITIVE_INFINITY) continue;
      const cost = cover + model.costOfShift(agent, candidate);
      priced.push({ candidate, cost, pattern: this.#placer.pattern.slice(0, shape.breaks.length) });
    }
    priced.sort((a, b) => a.cost - b.cost || a.candidate - b.candidate);
    const kept: DayChoice[] = [];
    const seen = new Set<number>();
    const lengths = new Set<number>();
    let others = 0;
    for (const choice of priced) {
      const { facts } = model.candidates[choice.candidate]!;
      const bucket = Math.floor(facts.startMinuteOfDay / 120) * 10_000 + facts.paid;
      // The cheapest of every length stays: contract hours may ask for the dear ones.
      if (lengths.has(facts.paid) || lengths.size >= MOST_LENGTHS) {
        if (others >= this.#width.shiftsPerDay || (seen.has(bucket) && kept.length >= 3)) continue;
        others++;
      }
      lengths.add(facts.paid);
      seen.add(bucket);
      kept.push(choice);
    }
    return kept;
  }

  #join(agent: number, span: DaySpan, choices: readonly (readonly DayChoice[])[]): PartialWeek {
    const { model } = this.#state;
    const timeline = this.#timelineBefore(agent, span.first);
    let beam: PartialWeek[] = [NO_DAYS];
    for (let day = span.first; day < span.end; day++) {
      const cell = agent * model.dayCount + day;
      const fixed = model.fixedFacts.get(cell);
      const weekday = model.site.calendar.weekdayOf(day);
      const next: PartialWeek[] = [];
      for (const soFar of beam) {
        const week = day % 7 === 0 ? nextWeek(soFar) : soFar;
        const free = week.cost + (fixed ? 0 : model.offCost[cell]!);
        const pause = withDay(week, fixed !== undefined, weekday);
        const off = { ...week, ...pause, chosen: [...week.chosen, OFF], cost: free };
        next.push({ ...off, rank: free + this.#breaches(agent, span, off.chosen, timeline, false) });
        const work = withDay(week, true, weekday);
        for (const choice of fixed ? [] : choices[day - span.first]!) {
          const chosen = [...week.chosen, choice.candidate];
          const cost = week.cost + choice.cost;
          const paid = week.paid + model.candidates[choice.candidate]!.facts.paid;
          const rank = cost + this.#breaches(agent, span, chosen, timeline, false);
          next.push({ ...week, ...work, chosen, cost, paid, worked: week.worked + 1, rank });
        }
      }
      beam = prune(next, this.#width);
    }
    let best = beam[0]!;
    let least = Number.POSITIVE_INFINITY;
    for (const week of beam) {
      const total = week.cost + this.#breaches(agent, span, week.chosen, timeline, true);
      if (total < least) {
        least = total;
        best = week;
      }
    }
    return best;
  }

  /** The agent's shifts before a day of the horizon, with room for the others. */
  #timelineBefore(agent: number, firstDay: number): AgentTimeline {
    const current = this.#state.timeline(agent);
    const copy = new AgentTimeline(current.capacity);
    for (let i = 0; i < current.count && (i < current.firstIndex || current.day[i]! < firstDay); i++) {
      copy.push(current.at(i));
    }
    copy.firstIndex = current.firstIndex;
    return copy;
  }

  #push(agent: number, day: number, candidate: number, timeline: AgentTimeline): void {
    const { fixedFacts, candidates, dayCount } = this.#state.model;
    const fixed = fixedFacts.get(agent * dayCount + day);
    if (fixed) for (const facts of fixed) timeline.push(facts);
    else if (candidate >= 0) timeline.push(candidates[candidate]!.facts);
  }

  /**
   * Price of the rules broken by the days so far and those after the span; before the span is complete only of the
   * rules that more shifts cannot mend.
   * `timeline` holds the shifts before the span and is left as it was.
   */
  #breaches(
    agent: number,
    { first, end }: DaySpan,
    chosen: readonly number[],
    timeline: AgentTimeline,
    complete: boolean,
  ): number {
    const { model, chosen: roster } = this.#state;
    const agentModel = model.site.agents[agent]!;
    const before = timeline.count;
    chosen.forEach((candidate, i) => {
      this.#push(agent, first + i, candidate, timeline);
    });
    for (let day = end; day < model.dayCount; day++) {
      this.#push(agent, day, roster[agent * model.dayCount + day]!, timeline);
    }
    let cost = 0;
    for (const bound of model.sequenceRules[agent]!) {
      if (!complete && !bound.rule.monotone) continue;
      cost += bound.check(timeline, agentModel.facts, null) * bound.price;
    }
    if (complete) cost += timelineTerms(agentModel, timeline, model.site.weights, model.site.calendar);
    timeline.count = before;
    return cost;
  }
}
