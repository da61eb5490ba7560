import { AgentProgram } from './agentProgram.ts';
import type { CompiledAgent, CompiledRoster } from './compile.ts';
import { countCover, coverCost, wishCost } from './evaluate.ts';
import { ProgramWorkspace } from './programWorkspace.ts';

/** A roster under search: the days of each agent, the people they give per day and type, and what it costs. */
export class SearchState {
  readonly roster: CompiledRoster;
  readonly rows: Int8Array[];
  readonly counts: Int32Array;
  readonly wishes: Float64Array;
  cover: number;
  private readonly scratch: Float64Array;

  constructor(roster: CompiledRoster, rows: readonly Int8Array[]) {
    this.roster = roster;
    this.rows = rows.map(row => row.slice());
    this.counts = countCover(roster, rows);
    this.wishes = Float64Array.from(rows, (row, i) => wishCost(roster, this.agent(i), row));
    this.cover = coverCost(roster, this.counts);
    this.scratch = new Float64Array(roster.days * roster.types);
  }

  agent(index: number): CompiledAgent {
    const agent = this.roster.agents[index];
    if (!agent) throw new RangeError(`agent ${index} is not in the roster`);
    return agent;
  }

  get cost(): number {
    let sum = this.cover;
    for (let i = 0; i < this.wishes.length; i++) sum += this.wishes[i]!;
    return sum;
  }

  /** Takes the agent's people out of (-1) or puts them into (1) the cover, for a range of days. */
  count(index: number, sign: 1 | -1, from: number, to: number): void {
    const { types } = this.roster;
    const row = this.rows[index]!;
    for (let day = from; day < to; day++) {
      const t = row[day]!;
      if (t < 0) continue;
      const cell = day * types + t;
      if (sign < 0) {
        this.counts[cell]!--;
        this.cover -= this.marginal(cell);
      } else {
        this.cover += this.marginal(cell);
        this.counts[cell]!++;
      }
    }
  }

  /** What one more person on this day and type changes. */
  marginal(cell: number): number {
    const { required, underWeight, overWeight } = this.roster;
    return this.counts[cell]! < required[cell]! ? -underWeight[cell]! : overWeight[cell]!;
  }

  /** Puts new days in place; `count` must have taken the old ones out and puts the new ones in. */
  place(index: number, days: Int8Array, from: number, to: number): void {
    const row = this.rows[index]!;
    for (let day = from; day < to; day++) row[day] = days[day]!;
    this.wishes[index] = wishCost(this.roster, this.agent(index), row);
  }

  replace(index: number, days: Int8Array): void {
    this.count(index, -1, 0, this.roster.days);
    this.place(index, days, 0, this.roster.days);
    this.count(index, 1, 0, this.roster.days);
  }

  /** Cost of each day and type for one agent whose people have been taken out of the cover. */
  responseCosts(index: number, from: number, to: number): Float64Array {
    const { types } = this.roster;
    const { workCost } = this.agent(index);
    for (let cell = from * types; cell < to * types; cell++)
      this.scratch[cell] = workCost[cell]! + this.marginal(cell);
    return this.scratch;
  }
}

/** One dynamic programme per agent, made when first used, all in one workspace. */
export class AgentPrograms {
  private readonly roster: CompiledRoster;
  private readonly workspace = new ProgramWorkspace();
  private readonly programs: (AgentProgram | undefined)[];

  constructor(roster: CompiledRoster) {
    this.roster = roster;
    this.programs = roster.agents.map(() => undefined);
  }

  of(index: number): AgentProgram {
    const known = this.programs[index];
    if (known) return known;
    const agent = this.roster.agents[index];
    if (!agent) throw new RangeError(`agent ${index} is not in the roster`);
    const made = new AgentProgram(this.roster, agent, this.workspace);
    this.programs[index] = made;
    return made;
  }
}
