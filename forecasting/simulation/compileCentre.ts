import { StaffingError } from '../staffing/errors.ts';
import type { CentreAgent, CentreModel, CentreQueue, DutyStretch, QueueSkill } from './centreModel.ts';
import { checkCentre } from './checkCentre.ts';

export const CALL = 0;
export const CHAT = 1;
export const DEFERRED = 2;

/** Kinds of duty change, in the order in which they happen at the same instant. */
export const END_DUTY = 0;
export const START_BREAK = 1;
export const END_BREAK = 2;
const START_DUTY = 3;

/** All changes of duty in order of time, kind and agent. */
export interface DutyChanges {
  readonly times: Float64Array;
  readonly kinds: Uint8Array;
  readonly agents: Int32Array;
  /** Of START_BREAK: the length of the break. Of START_DUTY: the end of the stretch. */
  readonly seconds: Float64Array;
}

/** A list of queues or groups in order of preference; entries with the same rank are equally good. */
export interface Preference {
  readonly ids: Int32Array;
  readonly ranks: Int32Array;
}

/** A centre ready to run: agents with the same skills form a group, all names are numbers. */
export interface CompiledCentre {
  readonly stepSeconds: number;
  readonly intervals: number;
  readonly queues: readonly CentreQueue[];
  readonly kinds: Uint8Array;
  readonly groupOf: Int32Array;
  readonly groupCount: number;
  /** Of each queue: the groups who can take it, best level first. */
  readonly queueGroups: readonly Preference[];
  /** Of each group: its queues but the deferred ones, by priority, then level. */
  readonly groupQueues: readonly Preference[];
  /** The deferred queues, by priority. */
  readonly deferredOrder: Int32Array;
  /** Of each group: the groups who share a queue of calls with it, itself included; empty if it takes no calls. */
  readonly groupPool: readonly Int32Array[];
  /** At group × queues + queue. */
  readonly handleFactors: Float64Array;
  /** Of each queue: the deferred queue of its callback offer, or −1. */
  readonly callbackTo: Int32Array;
  readonly mostChats: number;
  readonly shortestHandleSeconds: number;
  readonly duty: DutyChanges;
  readonly keepBreakLength: boolean;
}

/**
 * @throws RangeError naming the field that is out of range
 */
export function compileCentre(model: CentreModel): CompiledCentre {
  checkCentre(model);
  const { queues, agents } = model;
  const indexOf = new Map(queues.map((queue, i) => [queue.id, i]));
  const kinds = Uint8Array.from(queues, kindOf);
  const { groupOf, skills } = groupAgents(agents, indexOf);
  const groupQueues = skills.map(s => byPriority(s, queues, i => kinds[i] !== DEFERRED));
  return {
    stepSeconds: model.stepSeconds,
    intervals: queues[0]?.calls.length ?? 0,
    queues,
    kinds,
    groupOf,
    groupCount: skills.length,
    queueGroups: queues.map((_, i) => byLevel(i, skills)),
    groupQueues,
    deferredOrder: deferredOrder(queues),
    groupPool: skills.map((_, g) => sharedCalls(g, groupQueues)),
    handleFactors: handleFactors(skills, queues.length),
    callbackTo: Int32Array.from(queues, queue => indexOf.get(queue.callback?.queue ?? '') ?? -1),
    mostChats: queues.reduce((most, queue) => Math.max(most, queue.chat?.maxConcurrent ?? 1), 1),
    shortestHandleSeconds: queues.reduce((least, queue) => Math.min(least, shortestHandle(queue)), Infinity),
    duty: dutyChanges(agents, model.rules?.noNewCallsSeconds ?? 0),
    keepBreakLength: model.rules?.lateBreak === 'keepLength',
  };
}

function deferredOrder(queues: readonly CentreQueue[]): Int32Array {
  const priority = (i: number) => queues[i]?.priority ?? 1;
  const deferred = queues.flatMap((queue, i) => (queue.deferred ? [i] : []));
  return Int32Array.from(deferred.sort((a, b) => priority(a) - priority(b) || a - b));
}

function shortestHandle({ chat, ahtSeconds }: CentreQueue): number {
  const handles = chat ? chat.handleSecondsByLoad : [ahtSeconds].flat();
  return handles.reduce((least, seconds) => Math.min(least, seconds), Infinity);
}

function kindOf(queue: CentreQueue): number {
  if (queue.chat) return CHAT;
  return queue.deferred ? DEFERRED : CALL;
}

/** A group's skill in one queue, by number. */
interface GroupSkill {
  readonly queue: number;
  readonly level: number;
  readonly handleFactor: number;
}

function groupAgents(agents: readonly CentreAgent[], indexOf: ReadonlyMap<string, number>) {
  const groups = new Map<string, number>();
  const skills: GroupSkill[][] = [];
  const groupOf = Int32Array.from(agents, (agent, i) => {
    const own = agent.skills.map((skill, j) => numbered(skill, indexOf, `agents[${i}].skills[${j}].queue`));
    own.sort((a, b) => a.queue - b.queue);
    const key = own.map(s => `${s.queue}:${s.level}:${s.handleFactor}`).join(' ');
    const known = groups.get(key);
    if (known !== undefined) return known;
    groups.set(key, skills.length);
    return skills.push(own) - 1;
  });
  return { groupOf, skills };
}

function numbered(skill: QueueSkill, indexOf: ReadonlyMap<string, number>, field: string): GroupSkill {
  const queue = indexOf.get(skill.queue);
  if (queue === undefined)
    throw new StaffingError(field, `names no queue of the centre; found "${skill.queue}"`);
  return { queue, level: skill.level ?? 1, handleFactor: skill.handleFactor ?? 1 };
}

function byPriority(
  skills: readonly GroupSkill[],
  queues: readonly CentreQueue[],
  wanted: (queue: number) => boolean,
): Preference {
  const priority = (skill: GroupSkill) => queues[skill.queue]?.priority ?? 1;
  const own = skills.filter(skill => wanted(skill.queue));
  own.sort((a, b) => priority(a) - priority(b) || a.level - b.level || a.queue - b.queue);
  return ranked(
    own,
    skill => skill.queue,
    (a, b) => priority(a) === priority(b) && a.level === b.level,
  );
}

function byLevel(queue: number, skills: readonly (readonly GroupSkill[])[]): Preference {
  const able = skills.flatMap((own, group) =>
    own.filter(skill => skill.queue === queue).map(({ level }) => ({ group, level })),
  );
  able.sort((a, b) => a.level - b.level || a.group - b.group);
  return ranked(
    able,
    entry => entry.group,
    (a, b) => a.level === b.level,
  );
}

function ranked<T>(
  sorted: readonly T[],
  id: (item: T) => number,
  alike: (a: T, b: T) => boolean,
): Preference {
  let rank = 0;
  let before: T | undefined;
  const ranks = sorted.map(item => {
    if (before !== undefined && !alike(before, item)) rank++;
    before = item;
    return rank;
  });
  return { ids: Int32Array.from(sorted, id), ranks: Int32Array.from(ranks) };
}

function sharedCalls(group: number, groupQueues: readonly Preference[]): Int32Array {
  const own = new Set(groupQueues[group]?.ids);
  const sharing: number[] = [];
  groupQueues.forEach((queues, other) => {
    if (queues.ids.some(queue => own.has(queue))) sharing.push(other);
  });
  return Int32Array.from(sharing);
}

function handleFactors(skills: readonly (readonly GroupSkill[])[], queueCount: number): Float64Array {
  const factors = new Float64Array(skills.length * queueCount).fill(1);
  skills.forEach((own, group) => {
    for (const skill of own) factors[group * queueCount + skill.queue] = skill.handleFactor;
  });
  return factors;
}

interface DutyChange {
  readonly time: number;
  readonly kind: number;
  readonly agent: number;
  readonly seconds: number;
}

function dutyChanges(agents: readonly CentreAgent[], noNewCallsSeconds: number): DutyChanges {
  const changes = agents.flatMap((agent, i) =>
    agent.duty.flatMap(stretch => stretchChanges(stretch, i, noNewCallsSeconds)),
  );
  changes.sort((a, b) => a.time - b.time || a.kind - b.kind || a.agent - b.agent);
  return {
    times: Float64Array.from(changes, change => change.time),
    kinds: Uint8Array.from(changes, change => change.kind),
    agents: Int32Array.from(changes, change => change.agent),
    seconds: Float64Array.from(changes, change => change.seconds),
  };
}

function stretchChanges(stretch: DutyStretch, agent: number, noNewCallsSeconds: number): DutyChange[] {
  const end = Math.max(stretch.startSeconds, stretch.endSeconds - noNewCallsSeconds);
  const changes: DutyChange[] = [{ time: stretch.startSeconds, kind: START_DUTY, agent, seconds: end }];
  for (const pause of stretch.breaks ?? []) {
    const until = Math.min(pause.endSeconds, end);
    if (until <= pause.startSeconds) continue;
    changes.push({
      time: pause.startSeconds,
      kind: START_BREAK,
      agent,
      seconds: pause.endSeconds - pause.startSeconds,
    });
    if (pause.endSeconds < end) changes.push({ time: until, kind: END_BREAK, agent, seconds: end });
  }
  if (end < Infinity) changes.push({ time: end, kind: END_DUTY, agent, seconds: 0 });
  return changes;
}
