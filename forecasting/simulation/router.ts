import type { CallCounter } from './callCounter.ts';
import type { CompiledCentre } from './compileCentre.ts';
import type { FreeAgents } from './freeAgents.ts';
import type { WaitingLine } from './waitingLine.ts';

/** Who takes a call, and which call an agent takes. */
export class Router {
  private readonly centre: CompiledCentre;
  private readonly free: FreeAgents;
  private readonly lines: readonly WaitingLine[];
  private readonly counter: CallCounter;

  constructor(centre: CompiledCentre, free: FreeAgents, lines: readonly WaitingLine[], counter: CallCounter) {
    this.centre = centre;
    this.free = free;
    this.lines = lines;
    this.counter = counter;
  }

  /** An idle agent for an arriving call: best level, then longest idle, then the group listed first; −1: nobody. */
  agentForCall(queue: number): number {
    const { ids, ranks } = this.centre.queueGroups[queue]!;
    let best = -1;
    let bestRank = -1;
    for (let i = 0; i < ids.length; i++) {
      if (best >= 0 && ranks[i] !== bestRank) break;
      const agent = this.longer(best, this.free.longest(ids[i]!, 0));
      if (agent !== best) bestRank = ranks[i]!;
      best = agent;
    }
    return best;
  }

  /** For an arriving chat: best level, then fewest chats in hand, then longest so; −1: all hands are full. */
  agentForChat(queue: number, now: number): number {
    const { ids, ranks } = this.centre.queueGroups[queue]!;
    const most = this.centre.queues[queue]!.chat?.maxConcurrent ?? 1;
    for (let from = 0; from < ids.length; ) {
      let to = from;
      while (to < ids.length && ranks[to] === ranks[from]) to++;
      for (let chats = 0; chats < most; chats++) {
        let best = -1;
        for (let i = from; i < to; i++) {
          best = this.longer(best, this.free.longest(ids[i]!, chats));
        }
        if (best >= 0) {
          this.dropAllGone(queue, now);
          return best;
        }
      }
      from = to;
    }
    return -1;
  }

  /**
   * For an item of deferred work: an idle agent of a group that keeps its reserve; best level, then longest idle.
   */
  agentForDeferred(queue: number): number {
    const { ids, ranks } = this.centre.queueGroups[queue]!;
    const reserve = this.centre.queues[queue]!.deferred?.reserveAgents ?? 0;
    let best = -1;
    let bestRank = -1;
    for (let i = 0; i < ids.length; i++) {
      if (best >= 0 && ranks[i] !== bestRank) break;
      if (!this.keepsReserve(ids[i]!, reserve)) continue;
      const agent = this.longer(best, this.free.longest(ids[i]!, 0));
      if (agent !== best) bestRank = ranks[i]!;
      best = agent;
    }
    return best;
  }

  /**
   * The queue from whose head an idle agent of this group takes a call: by priority, then level, then longest wait,
   * then the queue listed first; −1 if nobody waits. Callers found to have left are counted and dropped.
   */
  queueFor(group: number, now: number): number {
    const { ids, ranks } = this.centre.groupQueues[group]!;
    for (let from = 0; from < ids.length; ) {
      let to = from + 1;
      while (to < ids.length && ranks[to] === ranks[from]) to++;
      for (;;) {
        const queue = this.longestWaiting(ids, from, to);
        if (queue < 0) break;
        if (!this.dropIfGone(queue, now)) return queue;
      }
      from = to;
    }
    return -1;
  }

  /** The queue of chats from which an agent with `chats` in hand takes one more; −1: none waits or hands are full. */
  chatQueueFor(group: number, chats: number, now: number): number {
    for (const queue of this.centre.groupQueues[group]!.ids) {
      const most = this.centre.queues[queue]!.chat?.maxConcurrent ?? 0;
      if (chats < most && this.dropAllGone(queue, now)) return queue;
    }
    return -1;
  }

  private keepsReserve(group: number, reserve: number): boolean {
    const pool = this.centre.groupPool[group]!;
    if (pool.length === 0 || reserve === 0) return true;
    let idle = 0;
    for (const other of pool) idle += this.free.count(other, 0);
    return idle > reserve;
  }

  private longer(best: number, agent: number): number {
    if (agent < 0) return best;
    return best < 0 || this.free.since[agent]! < this.free.since[best]! ? agent : best;
  }

  private longestWaiting(ids: Int32Array, from: number, to: number): number {
    let best = -1;
    let earliest = Infinity;
    for (let i = from; i < to; i++) {
      const line = this.lines[ids[i]!]!;
      if (line.head === line.tail) continue;
      const arrival = line.arrivals[line.slot(line.head)]!;
      if (arrival < earliest) {
        earliest = arrival;
        best = ids[i]!;
      }
    }
    return best;
  }

  /** Whether anybody is left. */
  private dropAllGone(queue: number, now: number): boolean {
    const line = this.lines[queue]!;
    while (line.head < line.tail) if (!this.dropIfGone(queue, now)) return true;
    return false;
  }

  /** Counts and drops the head if its caller has left: this is when that caller would have been answered. */
  private dropIfGone(queue: number, now: number): boolean {
    const line = this.lines[queue]!;
    if (!line.isGone(line.head, now)) return false;
    const slot = line.slot(line.head++);
    const arrival = line.arrivals[slot]!;
    const interval = line.intervals[slot]!;
    if (line.left[slot] === 0) this.counter.abandoned(queue, interval, arrival, line.limits[slot]!);
    this.counter.virtual(queue, interval, now - arrival);
    return true;
  }
}
