import type { CompiledAgent, CompiledRoster } from './compile.ts';

/**
 * Shift types of one agent merged for the dynamic programme. Types with the same successors share a *class* (all
 * that the next day must know of today); types of one class with the same length and the same permitted
 * predecessors share a *group*, of which only the cheapest type of a day matters.
 */
export interface AgentGroups {
  readonly classes: number;
  /** Class of each type, -1 for a type the agent never works. */
  readonly classOf: Int8Array;
  readonly types: readonly Int32Array[];
  readonly units: Int32Array;
  readonly classOfGroup: Int32Array;
  /** Which counter a group steps, or -1. */
  readonly counter: Int32Array;
  /** 1 at `group * classes + c` when a shift of class c may come the day before. */
  readonly mayFollow: Uint8Array;
  /** Types with a counter, in counter order. */
  readonly counted: readonly number[];
}

/** @param counted types whose number of shifts the programme must count */
export function groupShiftTypes(
  roster: CompiledRoster,
  agent: CompiledAgent,
  counted: readonly number[],
): AgentGroups {
  const allowed = workableTypes(roster, agent);
  const { classes, classOf } = classesOf(roster, agent, allowed);
  const byKey = new Map<string, number[]>();
  for (const t of allowed) {
    const before = allowed.map(p => roster.forbidden[p * roster.types + t]).join('');
    const start = agent.startType >= 0 ? roster.forbidden[agent.startType * roster.types + t] : '';
    const key = [roster.typeUnits[t], classOf[t], before, start, counted.indexOf(t)].join('|');
    const members = byKey.get(key);
    if (members) members.push(t);
    else byKey.set(key, [t]);
  }
  const types = [...byKey.values()].map(members => Int32Array.from(members));
  const first = types.map(members => members[0] ?? 0);
  const mayFollow = new Uint8Array(types.length * classes);
  const represented = agent.startType >= 0 ? [...allowed, agent.startType] : allowed;
  first.forEach((t, group) => {
    for (const p of represented)
      if (!roster.forbidden[p * roster.types + t]) mayFollow[group * classes + (classOf[p] ?? 0)] = 1;
  });
  return {
    classes,
    classOf,
    types,
    units: Int32Array.from(first, t => roster.typeUnits[t] ?? 0),
    classOfGroup: Int32Array.from(first, t => classOf[t] ?? 0),
    counter: Int32Array.from(first, t => counted.indexOf(t)),
    mayFollow,
    counted,
  };
}

/** Types the agent may work on at least one day. */
export function workableTypes(roster: CompiledRoster, agent: CompiledAgent): number[] {
  const allowed: number[] = [];
  for (let t = 0; t < roster.types; t++) {
    let workable = false;
    for (let day = 0; day < roster.days && !workable; day++)
      workable = Number.isFinite(agent.workCost[day * roster.types + t]);
    if (workable) allowed.push(t);
  }
  return allowed;
}

function classesOf(roster: CompiledRoster, agent: CompiledAgent, allowed: readonly number[]) {
  const classOf = new Int8Array(roster.types).fill(-1);
  const bySignature = new Map<string, number>();
  const members = agent.startType >= 0 ? [...allowed, agent.startType] : allowed;
  for (const t of members) {
    const signature = allowed.map(next => roster.forbidden[t * roster.types + next]).join('');
    const known = bySignature.get(signature) ?? bySignature.size;
    bySignature.set(signature, known);
    classOf[t] = known;
  }
  return { classes: Math.max(1, bySignature.size), classOf };
}
