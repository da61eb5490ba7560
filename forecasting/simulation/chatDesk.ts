import type { CallCounter } from './callCounter.ts';
import type { CompiledCentre } from './compileCentre.ts';
import type { TimeBuckets } from './timeBuckets.ts';

/**
 * Chats in hand. With L in hand each chat advances at 1 ÷ (measured mean handle time at L), so one more chat slows
 * the others from that moment on.
 */
export class ChatDesk {
  /** Chats in each agent's hands. */
  readonly counts: Int32Array;
  private readonly most: number;
  private readonly curves: readonly (readonly number[])[];
  private readonly completions: TimeBuckets;
  private readonly counter: CallCounter;
  private readonly queues: Int32Array;
  /** Work left per chat, in units of its mean handle time. */
  private readonly remaining: Float64Array;
  private readonly asOf: Float64Array;
  private readonly nextDone: Int32Array;

  constructor(centre: CompiledCentre, completions: TimeBuckets, counter: CallCounter) {
    const agents = centre.groupOf.length;
    this.most = centre.mostChats;
    this.curves = centre.queues.map(queue => queue.chat?.handleSecondsByLoad ?? []);
    this.completions = completions;
    this.counter = counter;
    this.counts = new Int32Array(agents);
    this.queues = new Int32Array(agents * this.most);
    this.remaining = new Float64Array(agents * this.most);
    this.asOf = new Float64Array(agents);
    this.nextDone = new Int32Array(agents);
  }

  add(agent: number, queue: number, work: number, now: number): void {
    const count = this.counts[agent]!;
    if (count > 0) this.completions.remove(agent);
    this.advance(agent, now);
    const slot = agent * this.most + count;
    this.queues[slot] = queue;
    this.remaining[slot] = work;
    this.counts[agent] = count + 1;
    this.schedule(agent, now);
  }

  /** Ends the chat whose completion has just come up; returns how many are left in hand. */
  finish(agent: number, now: number): number {
    this.advance(agent, now);
    const last = agent * this.most + --this.counts[agent]!;
    const done = this.nextDone[agent]!;
    this.queues[done] = this.queues[last]!;
    this.remaining[done] = this.remaining[last]!;
    if (this.counts[agent]! > 0) this.schedule(agent, now);
    return this.counts[agent]!;
  }

  private handleSeconds(slot: number, count: number): number {
    const curve = this.curves[this.queues[slot]!]!;
    return curve[Math.min(count, curve.length) - 1]!;
  }

  private advance(agent: number, now: number): void {
    const count = this.counts[agent]!;
    const from = this.asOf[agent]!;
    for (let i = 0; i < count; i++) {
      const slot = agent * this.most + i;
      const left = this.remaining[slot]! - (now - from) / this.handleSeconds(slot, count);
      this.remaining[slot] = Math.max(0, left);
      this.counter.busy(this.queues[slot]!, from, now, 1 / count);
    }
    this.asOf[agent] = now;
  }

  private schedule(agent: number, now: number): void {
    const count = this.counts[agent]!;
    let earliest = Infinity;
    for (let i = 0; i < count; i++) {
      const slot = agent * this.most + i;
      const seconds = this.remaining[slot]! * this.handleSeconds(slot, count);
      if (seconds < earliest) {
        earliest = seconds;
        this.nextDone[agent] = slot;
      }
    }
    this.completions.insert(agent, now + earliest);
  }
}
