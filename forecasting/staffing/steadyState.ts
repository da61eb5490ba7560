import { idleOdds } from './erlangB.ts';
import { productDifference } from './numeric/exact.ts';
import type { QueueModel } from './queueModel.ts';
import type { WaitingPart, WaitingRates } from './waiting.ts';
import { patientWaiting } from './waitingPatient.ts';
import { quadratureWaiting } from './waitingQuadrature.ts';
import { roomWaiting } from './waitingRoom.ts';
import { seriesIsShort, seriesWaiting } from './waitingSeries.ts';

/** Long-run shares of a queue at one certain call rate. All are of the offered calls; times in seconds. */
export interface SteadyState {
  readonly arrivalRate: number;
  readonly wait: number;
  readonly abandon: number;
  readonly block: number;
  readonly served: number;
  /** Sum of W over offered calls: E[W] × 1 offered call. */
  readonly waitSeconds: number;
  /** Mean calls waiting, where it is not arrivalRate × waitSeconds (an endless rate against full lines). */
  readonly queueLength?: number;
  /** Sum of W over the answered ones, per offered call. */
  readonly servedWaitSeconds: number;
  /** Mean share of the agents' capacity in use. */
  readonly occupancy: number;
  virtualExceeds(t: number): number;
  waitExceeds(t: number): number;
  /** Answered within t. */
  servedWithin(t: number): number;
  virtualWithin(t: number): number;
}

/** Below this share the difference "all − later" has lost too many digits; the range is integrated instead. */
const SMALL_SHARE = 0.02;

/**
 * Steady state at `arrivalRate` calls per second with `agents` agents (real, ≥ 0).
 * Limits where no steady state exists (a load above capacity that nobody leaves): every call waits, for ever.
 */
export function steadyState(model: QueueModel, arrivalRate: number, agents: number): SteadyState {
  if (arrivalRate === 0) return noCalls();
  if (agents === 0) return noAgents(model, arrivalRate);
  const service = serviceSide(model, arrivalRate, agents);
  const waiting = waitingPart(model, service.rates, service.slack, model.trunks - service.places);
  if (waiting === null) return endlessQueue(model, arrivalRate);
  return combine(model, agents, service, waiting);
}

interface ServiceSide {
  /** Weight of the states with a free agent (or chat slot) relative to "all busy, nobody waiting". */
  readonly idle: number;
  readonly rates: WaitingRates;
  /** drainRate − arrivalRate. */
  readonly slack: number;
  /** Calls that can be in service at once. */
  readonly places: number;
  /** Mean contacts in service while a slot is free; only for chat. */
  readonly contactsWhileFree: number;
}

function serviceSide(model: QueueModel, arrivalRate: number, agents: number): ServiceSide {
  if (model.chat !== null) return chatSide(model.chat, arrivalRate, agents, model.trunks);
  const { ahtSeconds } = model;
  const busy = Math.min(agents, model.trunks);
  const load = arrivalRate * ahtSeconds;
  const drainRate = busy / ahtSeconds;
  return {
    idle: idleOdds(busy, load),
    rates: { arrivalRate, drainRate },
    slack: spareRate(model, arrivalRate, busy),
    places: busy,
    contactsWhileFree: 0,
  };
}

/** Capacity less arrivals. With a short queue of many agents it is a small difference that e^(−slack T) magnifies. */
function spareRate(model: QueueModel, arrivalRate: number, busy: number): number {
  const { calls, intervalSeconds, ahtSeconds } = model;
  if (arrivalRate !== calls / intervalSeconds) return (busy - arrivalRate * ahtSeconds) / ahtSeconds;
  return productDifference(busy, intervalSeconds, calls, ahtSeconds) / (intervalSeconds * ahtSeconds);
}

/** Chats spread evenly: with j in progress, j mod n agents hold one more than the rest. */
function chatSide(
  chat: NonNullable<QueueModel['chat']>,
  arrivalRate: number,
  agents: number,
  trunks: number,
): ServiceSide {
  const places = Math.min(agents * chat.maxConcurrent, trunks);
  const rateAt = (j: number): number => {
    const each = Math.floor(j / agents);
    const more = j - each * agents;
    const base = each === 0 ? 0 : ((agents - more) * each) / (chat.handleSecondsByLoad[each - 1] ?? 1);
    return more === 0 ? base : base + (more * (each + 1)) / (chat.handleSecondsByLoad[each] ?? 1);
  };
  let term = 1;
  let idle = 0;
  let idleContacts = 0;
  let neverFull = false;
  for (let j = places; j > 0 && term > 0; j--) {
    term *= rateAt(j) / arrivalRate;
    idle += term;
    idleContacts += term * (j - 1);
    if (idle > 1e280) {
      // So light a load that waiting underflows: only the share of busy slots is still wanted.
      term *= 1e-280;
      idle *= 1e-280;
      idleContacts *= 1e-280;
      neverFull = true;
    }
  }
  const drainRate = rateAt(places);
  return {
    idle: neverFull ? Infinity : idle,
    rates: { arrivalRate, drainRate },
    slack: drainRate - arrivalRate,
    places,
    contactsWhileFree: idle === 0 ? 0 : idleContacts / idle,
  };
}

function waitingPart(
  model: QueueModel,
  rates: WaitingRates,
  slack: number,
  freePlaces: number,
): WaitingPart | null {
  const { law } = model;
  const room = freePlaces === Infinity ? Infinity : Math.floor(freePlaces + 1e-9);
  if (room !== Infinity && (room === 0 || law === null || law.exponentialRate !== undefined)) {
    return roomWaiting(rates, law?.exponentialRate ?? 0, room);
  }
  if (law === null) return slack > 0 ? patientWaiting(rates, slack) : null;
  if (law.exponentialRate !== undefined && seriesIsShort(rates, law.exponentialRate)) {
    return seriesWaiting(rates, slack, law.exponentialRate);
  }
  return quadratureWaiting(rates, slack, law, room);
}

function combine(model: QueueModel, agents: number, service: ServiceSide, waiting: WaitingPart): SteadyState {
  const { arrivalRate } = service.rates;
  const idle = service.idle * Math.exp(-waiting.logScale);
  const total = idle + waiting.waiting + waiting.blocked;
  if (!(total < Infinity)) return neverWaits(model, arrivalRate, agents, service);
  const abandon = waiting.abandoned / total;
  const block = waiting.blocked / total;
  const served = Math.max(0, 1 - abandon - block);
  const small = smallShares(model, service, waiting);
  const share = (all: number, later: number, exact: () => number): number =>
    idle + all - later >= SMALL_SHARE * total
      ? Math.min(1, (idle + all - later) / total)
      : (idle + exact()) / total;
  const busySlots = idle * service.contactsWhileFree + service.places * (waiting.waiting + waiting.blocked);
  const occupancy =
    model.chat === null
      ? (arrivalRate * model.ahtSeconds * served) / agents
      : busySlots / (total * agents * model.chat.maxConcurrent);
  return {
    arrivalRate,
    wait: waiting.waiting / total,
    abandon,
    block,
    served,
    waitSeconds: waiting.waitSum / total,
    servedWaitSeconds: waiting.servedWaitSum / total,
    occupancy: Math.min(1, occupancy),
    virtualExceeds: t => Math.min(1, waiting.virtualBeyond(t) / total),
    waitExceeds: t => Math.min(1, waiting.virtualBeyond(t) / total) * (model.law?.survival(t) ?? 1),
    virtualWithin: t => share(waiting.waiting, waiting.virtualBeyond(t), () => small.virtualWithin(t)),
    servedWithin: t =>
      share(waiting.waiting - waiting.abandoned, waiting.servedBeyond(t), () => small.servedWithin(t)),
  };
}

/** Ranges [0, t] that stay accurate when tiny; the power series has none, so quadrature stands in when asked. */
function smallShares(
  model: QueueModel,
  service: ServiceSide,
  waiting: WaitingPart,
): Pick<WaitingPart, 'virtualWithin' | 'servedWithin'> {
  const { law } = model;
  if (law?.exponentialRate === undefined || model.trunks !== Infinity) return waiting;
  const rescaled = (pick: (part: WaitingPart) => number): number => {
    const part = quadratureWaiting(service.rates, service.slack, law, Infinity) ?? waiting;
    return pick(part) * Math.exp(part.logScale - waiting.logScale);
  };
  return {
    virtualWithin: t => rescaled(part => part.virtualWithin(t)),
    servedWithin: t => rescaled(part => part.servedWithin(t)),
  };
}

/** Without agents nobody is answered: callers fill the lines until they leave (M/G/K/K of the patience law). */
function noAgents(model: QueueModel, arrivalRate: number): SteadyState {
  const patience = model.law?.meanSeconds ?? Infinity;
  const block =
    model.trunks === Infinity
      ? 0
      : patience === Infinity
        ? 1
        : 1 / (1 + idleOdds(model.trunks, arrivalRate * patience));
  const accepted = 1 - block;
  return {
    ...endlessQueue(model, arrivalRate),
    wait: accepted,
    abandon: accepted * (model.law?.leftBy(Infinity) ?? 0),
    block,
    served: 0,
    waitSeconds: accepted === 0 ? 0 : accepted * patience,
    servedWaitSeconds: 0,
    virtualExceeds: () => accepted,
    waitExceeds: t => accepted * (model.law?.survival(t) ?? 1),
  };
}

/** A load above capacity that nobody leaves: every call waits, without end. */
function endlessQueue(model: QueueModel, arrivalRate: number): SteadyState {
  const abandon = model.law?.leftBy(Infinity) ?? 0;
  return {
    arrivalRate,
    wait: 1,
    abandon,
    block: 0,
    served: 1 - abandon,
    waitSeconds: Infinity,
    servedWaitSeconds: Infinity,
    occupancy: 1,
    virtualExceeds: () => 1,
    waitExceeds: t => model.law?.survival(t) ?? 1,
    servedWithin: () => 0,
    virtualWithin: () => 0,
  };
}

/** So many agents that the chance of waiting underflows. */
function neverWaits(
  model: QueueModel,
  arrivalRate: number,
  agents: number,
  service: ServiceSide,
): SteadyState {
  const occupancy =
    model.chat === null
      ? (arrivalRate * model.ahtSeconds) / agents
      : service.contactsWhileFree / (agents * model.chat.maxConcurrent);
  return { ...noCalls(), arrivalRate, occupancy: Math.min(1, occupancy) };
}

function noCalls(): SteadyState {
  return {
    arrivalRate: 0,
    wait: 0,
    abandon: 0,
    block: 0,
    served: 1,
    waitSeconds: 0,
    servedWaitSeconds: 0,
    occupancy: 0,
    virtualExceeds: () => 0,
    waitExceeds: () => 0,
    servedWithin: () => 1,
    virtualWithin: () => 1,
  };
}
