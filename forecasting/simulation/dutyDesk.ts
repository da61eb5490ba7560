import { type CompiledCentre, END_BREAK, END_DUTY, START_BREAK } from './compileCentre.ts';
import type { Timers } from './timers.ts';

const STAYS = 0;
const LEAVES_FOR_GOOD = 1;
const LEAVES_FOR_BREAK = 2;

/** What the duty desk needs of the floor. */
export interface Floor {
  /** Calls or chats in the agent's hands. */
  holding(agent: number): number;
  /** Puts an agent with nothing or not all hands full to work or among the free. */
  makeAvailable(agent: number, now: number): void;
  /** The agent takes nothing new. */
  makeUnavailable(agent: number): void;
}

/** Who is on duty: shifts, breaks and what happens when they find an agent on a call. */
export class DutyDesk {
  /** Agent time on duty per interval, calls finished after the end included. */
  readonly staffedSeconds: Float64Array;
  /** Time worked after the end of a stretch to finish a call. */
  overrunSeconds = 0;
  private readonly centre: CompiledCentre;
  private readonly timers: Timers;
  private readonly floor: Floor;
  private readonly onDuty: Uint8Array;
  private readonly leaving: Uint8Array;
  private readonly since: Float64Array;
  /** When the present stretch ends. */
  private readonly until: Float64Array;
  private readonly askedToLeave: Float64Array;
  private readonly breakFrom: Float64Array;
  private readonly breakSeconds: Float64Array;
  /** The break's planned end has passed before it could begin. */
  private readonly owesBreak: Uint8Array;
  /** Makes a return that was set earlier void. */
  private readonly tokens: Int32Array;
  private position = 0;
  /** When the next planned change of duty is due; Infinity if none is left. */
  nextSeconds: number;

  constructor(centre: CompiledCentre, timers: Timers, floor: Floor) {
    const agents = centre.groupOf.length;
    this.centre = centre;
    this.timers = timers;
    this.floor = floor;
    this.staffedSeconds = new Float64Array(centre.intervals);
    this.onDuty = new Uint8Array(agents);
    this.leaving = new Uint8Array(agents);
    this.since = new Float64Array(agents);
    this.until = new Float64Array(agents);
    this.askedToLeave = new Float64Array(agents);
    this.breakFrom = new Float64Array(agents);
    this.breakSeconds = new Float64Array(agents);
    this.owesBreak = new Uint8Array(agents);
    this.tokens = new Int32Array(agents);
    this.nextSeconds = centre.duty.times[0] ?? Infinity;
  }

  isLeaving(agent: number): boolean {
    return this.leaving[agent] !== STAYS;
  }

  /** Carries out the next planned change. */
  change(): void {
    const { times, kinds, agents, seconds } = this.centre.duty;
    const i = this.position++;
    this.nextSeconds = times[this.position] ?? Infinity;
    const now = times[i]!;
    const agent = agents[i]!;
    const kind = kinds[i]!;
    if (kind === START_BREAK) {
      this.breakSeconds[agent] = seconds[i]!;
      this.askToLeave(agent, LEAVES_FOR_BREAK, now);
    } else if (kind === END_DUTY) {
      this.askToLeave(agent, LEAVES_FOR_GOOD, now);
    } else if (kind === END_BREAK) {
      this.endBreak(agent, now);
    } else {
      this.until[agent] = seconds[i]!;
      this.comeOn(agent, now);
    }
  }

  private askToLeave(agent: number, why: number, now: number): void {
    this.tokens[agent]!++;
    this.owesBreak[agent] = 0;
    if (!this.onDuty[agent]) {
      this.breakFrom[agent] = now;
      return;
    }
    this.floor.makeUnavailable(agent);
    this.leaving[agent] = why;
    this.askedToLeave[agent] = now;
    if (this.floor.holding(agent) === 0) this.leave(agent, now);
  }

  /** The agent who was to leave has nothing in hand any more. */
  leave(agent: number, now: number): void {
    if (this.leaving[agent] === LEAVES_FOR_GOOD) this.overrunSeconds += now - this.askedToLeave[agent]!;
    this.leaving[agent] = STAYS;
    this.onDuty[agent] = 0;
    this.breakFrom[agent] = now;
    this.countStaffed(this.since[agent]!, now);
    if (this.owesBreak[agent]) this.returnAfterBreak(agent, now);
  }

  private endBreak(agent: number, now: number): void {
    if (this.onDuty[agent]) {
      if (this.centre.keepBreakLength && this.leaving[agent] === LEAVES_FOR_BREAK) this.owesBreak[agent] = 1;
      else this.comeOn(agent, now);
    } else if (this.centre.keepBreakLength) {
      this.returnAfterBreak(agent, now);
    } else {
      this.comeOn(agent, now);
    }
  }

  private returnAfterBreak(agent: number, now: number): void {
    const time = this.breakFrom[agent]! + this.breakSeconds[agent]!;
    if (time <= now) this.comeOn(agent, now);
    else this.timers.set({ time, kind: 'return', agent, token: this.tokens[agent]! });
  }

  /** A break that began late is over, unless the stretch has ended meanwhile. */
  returnFromBreak(agent: number, token: number, now: number): void {
    if (token === this.tokens[agent] && now < this.until[agent]!) this.comeOn(agent, now);
  }

  private comeOn(agent: number, now: number): void {
    this.leaving[agent] = STAYS;
    this.owesBreak[agent] = 0;
    if (!this.onDuty[agent]) {
      this.onDuty[agent] = 1;
      this.since[agent] = now;
    }
    this.floor.makeAvailable(agent, now);
  }

  /** Books those still on duty up to the end of the last interval. */
  close(): void {
    this.onDuty.forEach((on, agent) => {
      if (on) this.countStaffed(this.since[agent]!, Infinity);
    });
  }

  private countStaffed(from: number, to: number): void {
    const { stepSeconds } = this.centre;
    const { staffedSeconds } = this;
    for (let k = Math.max(0, Math.floor(from / stepSeconds)); k < staffedSeconds.length; k++) {
      if (k * stepSeconds >= to) return;
      const begin = Math.max(from, k * stepSeconds);
      staffedSeconds[k]! += Math.min(to, (k + 1) * stepSeconds) - begin;
    }
  }
}
