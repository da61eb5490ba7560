import type { RandomGenerator } from '../calendar/random.ts';
import { CallCounter } from './callCounter.ts';
import { CallSource } from './callSource.ts';
import { ChatDesk } from './chatDesk.ts';
import { CALL, CHAT, type CompiledCentre, DEFERRED } from './compileCentre.ts';
import { DutyDesk, type Floor } from './dutyDesk.ts';
import { FreeAgents } from './freeAgents.ts';
import { Router } from './router.ts';
import { TimeBuckets } from './timeBuckets.ts';
import { type PromisedCallback, Timers } from './timers.ts';
import { WaitingLine } from './waitingLine.ts';

/** Defaults of a callback offer. */
const FAILED_ATTEMPT_SECONDS = 60;
const RETRY_SECONDS = 1_800;
const MAX_ATTEMPTS = 3;

/**
 * One replication of a centre on a calendar of events. At the same instant: completions (lower agent first), planned
 * changes of duty, timers (first set first), arrivals (lower queue first).
 */
export class CentreRun implements Floor {
  readonly counter: CallCounter;
  readonly duty: DutyDesk;
  private readonly centre: CompiledCentre;
  private readonly sources: readonly CallSource[];
  private readonly lines: readonly WaitingLine[];
  private readonly free: FreeAgents;
  private readonly router: Router;
  /** When each agent's call, or the first of their chats, ends. */
  private readonly completions: TimeBuckets;
  private readonly chats: ChatDesk;
  private readonly timers = new Timers();
  private readonly contacts: RandomGenerator;
  private readonly busy: Uint8Array;
  private readonly busyQueue: Int32Array;
  private readonly busyFrom: Float64Array;
  /** Promised callbacks whose present attempt will reach nobody, by agent. */
  private readonly failing = new Map<number, PromisedCallback>();
  /** Deferred items waiting, all queues together. */
  private deferredWaiting = 0;
  private nextQueue = 0;
  private nextArrival = Infinity;

  constructor(centre: CompiledCentre, random: RandomGenerator, replication: number) {
    const agents = centre.groupOf.length;
    const { queues, stepSeconds } = centre;
    this.centre = centre;
    this.counter = new CallCounter(queues, centre.intervals, stepSeconds);
    this.sources = queues.map(queue => new CallSource(queue, stepSeconds, replication, random));
    this.lines = queues.map(() => new WaitingLine());
    this.free = new FreeAgents(centre.groupOf, centre.groupCount, centre.mostChats);
    this.completions = new TimeBuckets(agents, centre.shortestHandleSeconds / Math.max(1, agents));
    this.router = new Router(centre, this.free, this.lines, this.counter);
    this.chats = new ChatDesk(centre, this.completions, this.counter);
    this.contacts = random.stream('contact');
    this.busy = new Uint8Array(agents);
    this.busyQueue = new Int32Array(agents);
    this.busyFrom = new Float64Array(agents);
    this.duty = new DutyDesk(centre, this.timers, this);
    this.findNextArrival();
  }

  /** Runs until every call has left and every shift has ended. */
  run(): void {
    for (;;) {
      const completion = this.completions.earliestSeconds();
      const duty = this.duty.nextSeconds;
      const timer = this.timers.earliestSeconds();
      const arrival = this.nextArrival;
      if (completion <= arrival && completion <= duty && completion <= timer) {
        if (completion === Infinity) break;
        this.complete(completion);
      } else if (duty <= arrival && duty <= timer) this.duty.change();
      else if (timer <= arrival) this.ring(timer);
      else this.arrive(arrival);
    }
    this.duty.close();
    this.closeLines();
  }

  holding(agent: number): number {
    return this.busy[agent]! + this.chats.counts[agent]!;
  }

  makeUnavailable(agent: number): void {
    this.free.remove(agent);
  }

  makeAvailable(agent: number, now: number): void {
    if (this.busy[agent]) return;
    this.free.remove(agent);
    if (this.chats.counts[agent] === 0 && !this.takeWaiting(agent, now)) {
      this.free.add(agent, 0, now);
      if (this.deferredWaiting > 0) this.assignDeferred(now);
      return;
    }
    if (this.busy[agent]) return;
    this.free.remove(agent);
    this.free.add(agent, this.chats.counts[agent]!, now);
    while (this.takeChat(agent, now));
  }

  private findNextArrival(): void {
    const { sources } = this;
    this.nextArrival = Infinity;
    for (let queue = 0; queue < sources.length; queue++) {
      const time = sources[queue]!.nextSeconds;
      if (time < this.nextArrival) {
        this.nextArrival = time;
        this.nextQueue = queue;
      }
    }
  }

  private arrive(now: number): void {
    const queue = this.nextQueue;
    const source = this.sources[queue]!;
    const { interval, limit, work } = source;
    const offer = this.centre.queues[queue]!.callback;
    const takesOffer = offer !== undefined && source.offerDraw() < offer.acceptProbability;
    source.advance();
    this.findNextArrival();
    const kind = this.centre.kinds[queue]!;
    if (kind === DEFERRED) {
      this.counter.offered(queue, interval);
      this.lines[queue]!.push(now, Infinity, work, interval);
      this.deferredWaiting++;
      this.assignDeferred(now);
      return;
    }
    const agent = kind === CALL ? this.router.agentForCall(queue) : this.router.agentForChat(queue, now);
    if (agent >= 0) {
      this.counter.answeredAtOnce(queue, interval);
      this.begin(agent, queue, work, now);
      return;
    }
    this.counter.offered(queue, interval);
    const place = this.lines[queue]!.push(now, limit, work, interval);
    if (takesOffer) this.timers.set({ time: now + offer.afterSeconds, kind: 'offer', queue, place });
  }

  private complete(now: number): void {
    const agent = this.completions.takeEarliest();
    if (!this.busy[agent]) {
      this.chats.finish(agent, now);
    } else {
      this.busy[agent] = 0;
      this.counter.busy(this.busyQueue[agent]!, this.busyFrom[agent]!, now, 1);
      if (this.failing.size > 0) this.attemptFailed(agent, now);
    }
    if (!this.duty.isLeaving(agent)) this.makeAvailable(agent, now);
    else if (this.holding(agent) === 0) this.duty.leave(agent, now);
  }

  /** The agent takes on a call, an item or one more chat. */
  private begin(agent: number, queue: number, work: number, now: number): void {
    const { centre } = this;
    const own = work * centre.handleFactors[centre.groupOf[agent]! * centre.queues.length + queue]!;
    this.free.remove(agent);
    if (centre.kinds[queue] === CHAT) {
      this.chats.add(agent, queue, own, now);
      this.free.add(agent, this.chats.counts[agent]!, now);
      return;
    }
    this.busy[agent] = 1;
    this.busyQueue[agent] = queue;
    this.busyFrom[agent] = now;
    this.completions.insert(agent, now + own);
  }

  /** The idle agent takes the next waiting call, if there is one. */
  private takeWaiting(agent: number, now: number): boolean {
    const queue = this.router.queueFor(this.centre.groupOf[agent]!, now);
    if (queue < 0) return false;
    this.answerHead(agent, queue, now);
    return true;
  }

  /** An agent with chats in hand takes one more. */
  private takeChat(agent: number, now: number): boolean {
    const queue = this.router.chatQueueFor(this.centre.groupOf[agent]!, this.chats.counts[agent]!, now);
    if (queue < 0) return false;
    this.answerHead(agent, queue, now);
    return true;
  }

  private answerHead(agent: number, queue: number, now: number): void {
    const line = this.lines[queue]!;
    const slot = line.slot(line.head++);
    const arrival = line.arrivals[slot]!;
    const work = line.works[slot]!;
    this.counter.answered(queue, line.intervals[slot]!, arrival, now - arrival);
    this.begin(agent, queue, work, now);
  }

  /** Gives waiting items to idle agents as far as the reserves allow. */
  private assignDeferred(now: number): void {
    for (const queue of this.centre.deferredOrder) {
      const line = this.lines[queue]!;
      while (line.head < line.tail) {
        const agent = this.router.agentForDeferred(queue);
        if (agent < 0) break;
        this.deferredWaiting--;
        if (line.origins[line.slot(line.head)]! < 0) this.answerHead(agent, queue, now);
        else this.attempt(agent, queue, now);
      }
    }
  }

  /** Calls a promised callback's caller, who may not be reached. */
  private attempt(agent: number, queue: number, now: number): void {
    const line = this.lines[queue]!;
    const slot = line.slot(line.head);
    const origin = line.origins[slot]!;
    const offer = this.centre.queues[origin]!.callback;
    const reached = this.contacts.uniform() < (offer?.contactProbability ?? 1);
    if (reached) {
      this.answerHead(agent, queue, now);
      return;
    }
    line.head++;
    this.failing.set(agent, {
      origin,
      promisedSeconds: line.arrivals[slot]!,
      workSeconds: line.works[slot]!,
      interval: line.intervals[slot]!,
      attempts: line.attempts[slot]! + 1,
    });
    this.begin(agent, queue, offer?.failedAttemptSeconds ?? FAILED_ATTEMPT_SECONDS, now);
  }

  private attemptFailed(agent: number, now: number): void {
    const promise = this.failing.get(agent);
    if (promise === undefined) return;
    this.failing.delete(agent);
    const offer = this.centre.queues[promise.origin]!.callback;
    if (promise.attempts < (offer?.maxAttempts ?? MAX_ATTEMPTS)) {
      this.timers.set({ time: now + (offer?.retryAfterSeconds ?? RETRY_SECONDS), kind: 'retry', promise });
      return;
    }
    const queue = this.centre.callbackTo[promise.origin]!;
    this.counter.unresolved(queue, promise.interval, promise.promisedSeconds, now);
  }

  private ring(now: number): void {
    const timer = this.timers.take();
    if (timer?.kind === 'return') this.duty.returnFromBreak(timer.agent, timer.token, now);
    else if (timer?.kind === 'retry') this.promise(timer.promise, now);
    else if (timer?.kind === 'offer') this.takeOffer(timer.queue, timer.place, now);
  }

  /** The caller at this place hears the offer of a callback, if still waiting, and takes it. */
  private takeOffer(queue: number, place: number, now: number): void {
    const line = this.lines[queue]!;
    if (place < line.head || line.isGone(place, now)) return;
    const slot = line.slot(place);
    line.left[slot] = 1;
    const arrival = line.arrivals[slot]!;
    this.counter.calledBack(queue, line.intervals[slot]!, arrival, now - arrival);
    const { stepSeconds, intervals } = this.centre;
    const interval = Math.min(intervals - 1, Math.floor(now / stepSeconds));
    this.counter.offered(this.centre.callbackTo[queue]!, interval);
    const workSeconds = line.works[slot]!;
    this.promise({ origin: queue, promisedSeconds: now, workSeconds, interval, attempts: 0 }, now);
  }

  private promise(promise: PromisedCallback, now: number): void {
    const { origin, promisedSeconds, workSeconds, interval, attempts } = promise;
    const line = this.lines[this.centre.callbackTo[origin]!]!;
    line.push(promisedSeconds, Infinity, workSeconds, interval, origin, attempts);
    this.deferredWaiting++;
    this.assignDeferred(now);
  }

  /** No agent comes any more: who is still waiting hangs up in their own time, or waits for ever. */
  private closeLines(): void {
    this.lines.forEach((line, queue) => {
      for (; line.head < line.tail; line.head++) {
        const slot = line.slot(line.head);
        const arrival = line.arrivals[slot]!;
        const interval = line.intervals[slot]!;
        const limit = line.limits[slot]!;
        if (line.left[slot]) continue;
        if (limit < Infinity) this.counter.abandoned(queue, interval, arrival, limit);
        else this.counter.unresolved(queue, interval, arrival, Infinity);
      }
    });
  }
}
