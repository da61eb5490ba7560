/**
 * Agents able to take a call, per group and number of chats in hand (0 = idle), in the order in which they came to
 * that state: linked lists through the agents, so that a break takes anyone out at once.
 */
export class FreeAgents {
  /** When each agent came to the present state. */
  readonly since: Float64Array;
  private readonly listOf: Int32Array;
  private readonly before: Int32Array;
  private readonly after: Int32Array;
  private readonly firsts: Int32Array;
  private readonly lasts: Int32Array;
  private readonly counts: Int32Array;
  private readonly groupOf: Int32Array;
  private readonly listsPerGroup: number;

  constructor(groupOf: Int32Array, groups: number, mostChats: number) {
    const agents = groupOf.length;
    this.groupOf = groupOf;
    this.listsPerGroup = mostChats + 1;
    const lists = groups * this.listsPerGroup;
    this.since = new Float64Array(agents);
    this.listOf = new Int32Array(agents).fill(-1);
    this.before = new Int32Array(agents).fill(-1);
    this.after = new Int32Array(agents).fill(-1);
    this.firsts = new Int32Array(lists).fill(-1);
    this.lasts = new Int32Array(lists).fill(-1);
    this.counts = new Int32Array(lists);
  }

  /** Longest in this state; −1 if there is none. */
  longest(group: number, chats: number): number {
    return this.firsts[group * this.listsPerGroup + chats]!;
  }

  count(group: number, chats: number): number {
    return this.counts[group * this.listsPerGroup + chats]!;
  }

  add(agent: number, chats: number, now: number): void {
    const list = this.groupOf[agent]! * this.listsPerGroup + chats;
    const last = this.lasts[list]!;
    this.listOf[agent] = list;
    this.since[agent] = now;
    this.before[agent] = last;
    this.after[agent] = -1;
    if (last < 0) this.firsts[list] = agent;
    else this.after[last] = agent;
    this.lasts[list] = agent;
    this.counts[list]!++;
  }

  /** No effect on an agent who is in no list. */
  remove(agent: number): void {
    const list = this.listOf[agent]!;
    if (list < 0) return;
    const before = this.before[agent]!;
    const after = this.after[agent]!;
    if (before < 0) this.firsts[list] = after;
    else this.after[before] = after;
    if (after < 0) this.lasts[list] = before;
    else this.before[after] = before;
    this.listOf[agent] = -1;
    this.counts[list]!--;
  }
}
