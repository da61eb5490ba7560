import { OFF } from './searchModel.ts';
import type { SearchState } from './searchState.ts';

/** Exchanges what two agents of one cover group do on consecutive days; cover stays as it is. */
export class Exchange {
  readonly #state: SearchState;
  readonly #membersOfGroup: readonly Int32Array[];
  readonly #savedBreaks: Int16Array;

  constructor(state: SearchState) {
    const { model } = state;
    this.#state = state;
    const members = model.site.cover.groups.map(() => [] as number[]);
    model.site.cover.agentGroup.forEach((group, agent) => {
      members[group]!.push(agent);
    });
    this.#membersOfGroup = members.map(list => Int32Array.from(list));
    this.#savedBreaks = new Int16Array(model.maxBreaks * model.dayCount);
  }

  /** The agents with whom an agent may exchange days, the agent included. */
  partnersOf(agent: number): Int32Array {
    return this.#membersOfGroup[this.#state.model.site.cover.agentGroup[agent]!]!;
  }

  /**
   * Exchanges `days` days from `first` on if the objective grows by at most `limit`.
   * Returns the change of the objective; 0 when the exchange is not allowed, changes nothing or costs more.
   */
  attempt(agent: number, other: number, first: number, days: number, limit: number): number {
    const state = this.#state;
    const { dayCount } = state.model;
    const mine = agent * dayCount + first;
    const theirs = other * dayCount + first;
    if (agent === other || !this.#isAllowed(agent, other, first, days)) return 0;
    const single = this.#singleCosts(agent, other, first, days);
    const before = state.agentCost[agent]! + state.agentCost[other]!;
    if (single - before > limit) return 0;
    this.#swapChoices(mine, theirs, days);
    const firstCost = state.ruleCost(agent, limit - single + before);
    const secondCost = state.ruleCost(other, limit - single + before - firstCost);
    const delta = single + firstCost + secondCost - before;
    if (delta > limit) {
      this.#swapChoices(mine, theirs, days);
      return 0;
    }
    this.#swapBreaks(mine, theirs, days);
    for (let i = 0; i < days; i++) {
      state.cellCost[mine + i] = this.#costOfCell(agent, mine + i);
      state.cellCost[theirs + i] = this.#costOfCell(other, theirs + i);
    }
    state.agentCost[agent] = firstCost;
    state.agentCost[other] = secondCost;
    return delta;
  }

  /** Whether both may work the other's shifts, no day is fixed and something would change. */
  #isAllowed(agent: number, other: number, first: number, days: number): boolean {
    const { model, chosen } = this.#state;
    let differs = false;
    for (let day = first; day < first + days; day++) {
      const mine = chosen[agent * model.dayCount + day]!;
      const theirs = chosen[other * model.dayCount + day]!;
      if (mine < OFF || theirs < OFF) return false;
      if (mine >= 0 && model.allowed[other]![mine] !== 1) return false;
      if (theirs >= 0 && model.allowed[agent]![theirs] !== 1) return false;
      if (mine !== theirs) differs = true;
    }
    return differs;
  }

  /** Change of wages, wishes and stability of the days. */
  #singleCosts(agent: number, other: number, first: number, days: number): number {
    const { model, chosen, cellCost } = this.#state;
    let sum = 0;
    for (let day = first; day < first + days; day++) {
      const myCell = agent * model.dayCount + day;
      const theirCell = other * model.dayCount + day;
      const mine = chosen[myCell]!;
      const theirs = chosen[theirCell]!;
      sum += theirs >= 0 ? model.costOfShift(agent, theirs) : model.offCost[myCell]!;
      sum += mine >= 0 ? model.costOfShift(other, mine) : model.offCost[theirCell]!;
      sum -= cellCost[myCell]! + cellCost[theirCell]!;
    }
    return sum;
  }

  #costOfCell(agent: number, cell: number): number {
    const { model, chosen } = this.#state;
    const candidate = chosen[cell]!;
    return candidate >= 0 ? model.costOfShift(agent, candidate) : model.offCost[cell]!;
  }

  #swapChoices(mine: number, theirs: number, days: number): void {
    const { chosen } = this.#state;
    for (let i = 0; i < days; i++) {
      const kept = chosen[mine + i]!;
      chosen[mine + i] = chosen[theirs + i]!;
      chosen[theirs + i] = kept;
    }
  }

  #swapBreaks(mine: number, theirs: number, days: number): void {
    const { breakAt, model } = this.#state;
    const { maxBreaks } = model;
    const width = days * maxBreaks;
    const saved = this.#savedBreaks;
    saved.set(breakAt.subarray(mine * maxBreaks, mine * maxBreaks + width));
    breakAt.copyWithin(mine * maxBreaks, theirs * maxBreaks, theirs * maxBreaks + width);
    breakAt.set(saved.subarray(0, width), theirs * maxBreaks);
  }
}
