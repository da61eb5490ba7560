import { timelineTerms } from './agentTerms.ts';
import { assignmentOf } from './candidate.ts';
import { addRunningShifts, applyCover } from './coverage.ts';
import { CoverState } from './coverState.ts';
import { type Assignment, inOrderOfStart, type Schedule, sortAssignments } from './schedule.ts';
import { FIXED, OFF, type SearchModel } from './searchModel.ts';
import { AgentTimeline } from './timeline.ts';

/** A roster as columns over the cells, as it travels between threads. */
export interface RosterColumns {
  readonly chosen: Int32Array;
  readonly breakAt: Int16Array;
}

/**
 * A roster under search: one candidate (or none) per agent and day, with its breaks, the cover they give and the
 * cost of every agent, all kept in step. Cells are `agent × dayCount + day`.
 */
export class SearchState {
  readonly model: SearchModel;
  readonly cover: CoverState;
  readonly chosen: Int32Array;
  /** Break starts in slots from the shift's start: `[cell × maxBreaks + i]`. */
  readonly breakAt: Int16Array;
  /** Sequence rules, overtime and fairness of each agent. */
  readonly agentCost: Float64Array;
  /** Wages, wishes and stability of each cell. */
  readonly cellCost: Float64Array;
  readonly #timelines: readonly AgentTimeline[];
  readonly #before: Uint8Array;
  readonly #after: Uint8Array;

  constructor(model: SearchModel) {
    this.model = model;
    const { site, agentCount, dayCount } = model;
    this.cover = new CoverState(site.cover);
    addRunningShifts(site, this.cover);
    this.#before = new Uint8Array(site.cover.slotCount);
    this.#after = new Uint8Array(site.cover.slotCount);
    this.chosen = new Int32Array(agentCount * dayCount).fill(OFF);
    this.breakAt = new Int16Array(agentCount * dayCount * model.maxBreaks);
    this.agentCost = new Float64Array(agentCount);
    this.cellCost = Float64Array.from(model.offCost);
    let mostFixed = 1;
    for (const shifts of model.fixed.values()) mostFixed = Math.max(mostFixed, shifts.length);
    this.#timelines = site.agents.map(({ agent }) => {
      const recent = [...(agent.recentShifts ?? [])].sort(inOrderOfStart);
      const timeline = new AgentTimeline(recent.length + dayCount * mostFixed);
      for (const shift of recent) timeline.push(site.calendar.shiftFacts(shift));
      timeline.firstIndex = timeline.count;
      return timeline;
    });
    for (const [cell, shifts] of model.fixed) {
      this.chosen[cell] = FIXED;
      this.cellCost[cell] = 0;
      for (const shift of shifts) applyCover(site, this.cover, shift, 1);
    }
    this.refreshAgentCosts();
  }

  /** Puts the shifts of the model's start schedule in place. */
  takeStart(): void {
    for (const [cell, start] of this.model.start) this.put(cell, start.candidate, start.pattern);
    this.refreshAgentCosts();
  }

  /** Sets the candidate of a free cell and its breaks; updates cover and cell cost, not the agent's rules. */
  put(cell: number, candidate: number, pattern: Int16Array, at = 0): void {
    const { maxBreaks, shapes, shapeOf } = this.model;
    this.chosen[cell] = candidate;
    const breaks = shapes[shapeOf[candidate]!]!.breaks.length;
    for (let i = 0; i < breaks; i++) this.breakAt[cell * maxBreaks + i] = pattern[at + i]!;
    this.#changeCover(cell, 1);
    this.cellCost[cell] = this.model.costOfShift(this.agentOf(cell), candidate);
  }

  /** Frees a cell. */
  clear(cell: number): void {
    this.#changeCover(cell, -1);
    this.chosen[cell] = OFF;
    this.cellCost[cell] = this.model.offCost[cell]!;
  }

  /** Puts another shift (or the same with other breaks) in place of a cell's shift; only slots that differ change. */
  exchange(cell: number, candidate: number, pattern: Int16Array): void {
    const { maxBreaks, shapes, shapeOf, startSlot, site } = this.model;
    const old = this.chosen[cell]!;
    const group = this.groupOf(cell);
    const { slotCount } = site.cover;
    this.markWork(cell, this.#before, 1);
    const oldStart = startSlot[old]!;
    const oldEnd = Math.min(oldStart + shapes[shapeOf[old]!]!.slots, slotCount);
    this.chosen[cell] = candidate;
    const shape = shapes[shapeOf[candidate]!]!;
    for (let i = 0; i < shape.breaks.length; i++) this.breakAt[cell * maxBreaks + i] = pattern[i]!;
    this.markWork(cell, this.#after, 1);
    const start = startSlot[candidate]!;
    const end = Math.min(start + shape.slots, slotCount);
    for (let t = Math.min(start, oldStart); t < Math.max(end, oldEnd); t++) {
      const was = this.#before[t]!;
      const is = this.#after[t]!;
      if (was !== is) this.cover.change(group, t, is === 1 ? 1 : -1);
    }
    this.#before.fill(0, oldStart, oldEnd);
    this.#after.fill(0, start, end);
    this.cellCost[cell] = this.model.costOfShift(this.agentOf(cell), candidate);
  }

  agentOf(cell: number): number {
    return Math.floor(cell / this.model.dayCount);
  }

  groupOf(cell: number): number {
    return this.model.site.cover.agentGroup[this.agentOf(cell)]!;
  }

  #changeCover(cell: number, delta: 1 | -1): void {
    const { shapes, shapeOf, startSlot, maxBreaks, site } = this.model;
    const candidate = this.chosen[cell]!;
    const shape = shapes[shapeOf[candidate]!]!;
    const start = startSlot[candidate]!;
    const end = Math.min(start + shape.slots, site.cover.slotCount);
    const group = this.groupOf(cell);
    let slot = start;
    for (let i = 0; i < shape.breaks.length; i++) {
      const from = start + this.breakAt[cell * maxBreaks + i]!;
      for (; slot < from && slot < end; slot++) this.cover.change(group, slot, delta);
      slot = from + shape.breaks[i]!.slots;
    }
    for (; slot < end; slot++) this.cover.change(group, slot, delta);
  }

  /** What taking the cell's shift out of the cover costs. */
  releaseCost(cell: number): number {
    const { model, cover, breakAt } = this;
    const candidate = this.chosen[cell]!;
    const shape = model.shapes[model.shapeOf[candidate]!]!;
    const { slotCount } = model.site.cover;
    const row = this.groupOf(cell) * slotCount;
    const start = model.startSlot[candidate]!;
    const end = Math.min(start + shape.slots, slotCount);
    const less = cover.gainOfOneLess;
    let cost = 0;
    let t = start;
    for (let i = 0; i < shape.breaks.length; i++) {
      const from = start + breakAt[cell * model.maxBreaks + i]!;
      for (; t < from && t < end; t++) cost += less[row + t]!;
      t = from + shape.breaks[i]!.slots;
    }
    for (; t < end; t++) cost += less[row + t]!;
    return cost;
  }

  /** Marks in `flags` the slots the cell's shift works; returns whether it has one. */
  markWork(cell: number, flags: Uint8Array, value: 0 | 1): void {
    const { shapes, shapeOf, startSlot, maxBreaks, site } = this.model;
    const candidate = this.chosen[cell]!;
    if (candidate < 0) return;
    const shape = shapes[shapeOf[candidate]!]!;
    const start = startSlot[candidate]!;
    const end = Math.min(start + shape.slots, site.cover.slotCount);
    if (value === 0) {
      flags.fill(0, start, end);
      return;
    }
    flags.fill(1, start, end);
    for (let i = 0; i < shape.breaks.length; i++) {
      const from = start + this.breakAt[cell * maxBreaks + i]!;
      flags.fill(0, Math.min(from, end), Math.min(from + shape.breaks[i]!.slots, end));
    }
  }

  /** The agent's timeline for the current choice; reused, so valid until the next call for the same agent. */
  timeline(agent: number): AgentTimeline {
    const { dayCount, candidates, fixedFacts } = this.model;
    const timeline = this.#timelines[agent]!;
    timeline.count = timeline.firstIndex;
    for (let day = 0; day < dayCount; day++) {
      const cell = agent * dayCount + day;
      const candidate = this.chosen[cell]!;
      if (candidate >= 0) timeline.push(candidates[candidate]!.facts);
      else if (candidate === FIXED) for (const facts of fixedFacts.get(cell)!) timeline.push(facts);
    }
    return timeline;
  }

  /** Cost of the agent's sequence rules, overtime and fairness; may stop early once above `limit`. */
  ruleCost(agent: number, limit: number): number {
    const { sequenceRules, site } = this.model;
    const timeline = this.timeline(agent);
    const model = site.agents[agent]!;
    let cost = 0;
    for (const bound of sequenceRules[agent]!) {
      const amount = bound.check(timeline, model.facts, null);
      if (amount > 0) {
        cost += amount * bound.price;
        if (cost > limit) return cost;
      }
    }
    return cost + timelineTerms(model, timeline, site.weights, site.calendar);
  }

  /** The objective as the search sees it; fixed shifts' own wages and wishes are constant and left out. */
  total(): number {
    const cover = this.cover.totalCost();
    let sum = cover.queues + cover.covers;
    for (const cost of this.agentCost) sum += cost;
    for (const cost of this.cellCost) sum += cost;
    return sum;
  }

  /** Copies choices and breaks. */
  snapshot(): RosterColumns {
    return { chosen: this.chosen.slice(), breakAt: this.breakAt.slice() };
  }

  /** Takes over a roster whole. */
  adopt(roster: RosterColumns): void {
    for (let cell = 0; cell < this.chosen.length; cell++) this.setCell(cell, roster);
    this.refreshAgentCosts();
  }

  /** Takes one cell from a roster, fixed cells excepted; the agent's rules are left to `refreshAgentCosts`. */
  setCell(cell: number, roster: RosterColumns): void {
    const candidate = roster.chosen[cell]!;
    const at = cell * this.model.maxBreaks;
    if (candidate < OFF || this.#isSameCell(cell, roster)) return;
    if (this.chosen[cell]! >= 0) this.clear(cell);
    if (candidate >= 0) this.put(cell, candidate, roster.breakAt, at);
  }

  #isSameCell(cell: number, roster: RosterColumns): boolean {
    const { maxBreaks, shapes, shapeOf } = this.model;
    const candidate = this.chosen[cell]!;
    if (candidate !== roster.chosen[cell]) return false;
    if (candidate < 0) return true;
    const at = cell * maxBreaks;
    const breaks = shapes[shapeOf[candidate]!]!.breaks.length;
    for (let i = at; i < at + breaks; i++) if (this.breakAt[i] !== roster.breakAt[i]) return false;
    return true;
  }

  refreshAgentCosts(): void {
    for (let a = 0; a < this.model.agentCount; a++) {
      this.agentCost[a] = this.ruleCost(a, Number.POSITIVE_INFINITY);
    }
  }

  /** Writes the roster as a schedule; a shift taken over unchanged keeps its id. */
  toSchedule(): Schedule {
    const { site, candidates, dayCount, maxBreaks, fixed, start } = this.model;
    const assignments: Assignment[] = [];
    for (let cell = 0; cell < this.chosen.length; cell++) {
      const candidate = this.chosen[cell]!;
      if (candidate === FIXED) assignments.push(...(fixed.get(cell) ?? []));
      if (candidate < 0) continue;
      const agent = site.agents[this.agentOf(cell)]!.agent;
      const before = start.get(cell);
      const pattern = this.breakAt.subarray(cell * maxBreaks, (cell + 1) * maxBreaks);
      if (before?.candidate === candidate && before.pattern.every((at, i) => at === pattern[i])) {
        assignments.push(before.assignment);
        continue;
      }
      const id = before?.assignment.id ?? `${agent.id}@${site.calendar.dateOf(cell % dayCount)}`;
      assignments.push(
        assignmentOf(id, agent.id, candidates[candidate]!, pattern, site.calendar, site.slotMinutes),
      );
    }
    return { assignments: sortAssignments(assignments) };
  }
}
