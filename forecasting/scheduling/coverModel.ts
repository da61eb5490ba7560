import { unknownUntilMinute } from './candidate.ts';
import { intervalCostTable } from './intervalCost.ts';
import { type ScheduleProblem, type ScheduleWeights, type SchedulingSkill, skillOfQueue } from './problem.ts';
import type { RuleSetting } from './ruleSet.ts';
import { findRule } from './rules/registry.ts';
import type { CoverDemand } from './rules/rule.ts';
import type { SiteCalendar } from './siteCalendar.ts';

/** Agents who can serve the same queues and meet the same minimum covers are interchangeable for cover. */
export interface CoverGroup {
  /** Bit q is set when queue q can be served. */
  readonly queueMask: number;
  readonly queues: readonly number[];
  /** Indices of the minimum covers its agents count towards. */
  readonly covers: readonly number[];
}

/** A minimum-cover rule laid out over the slots. */
export interface MinimumCover {
  readonly setting: RuleSetting;
  readonly demand: CoverDemand;
  /** Agents due per slot; 0 where only shifts from before the horizon could be at work and none are known. */
  readonly due: Int16Array;
  /** Price per missing agent and slot. */
  readonly pricePerSlot: number;
}

/** Cost tables and groups of a problem: everything about cover that does not change during a search. */
export interface CoverModel {
  readonly slotCount: number;
  readonly slotMinutes: number;
  readonly slotsPerInterval: number;
  readonly queueCount: number;
  /** Cost of queue q in slot t with n agents: `cost[tableOf[q × slotCount + t] + n]`, n = 0 … `maxAgents`. */
  readonly cost: Float64Array;
  readonly tableOf: Int32Array;
  readonly maxAgents: number;
  readonly groups: readonly CoverGroup[];
  readonly agentGroup: Int32Array;
  readonly covers: readonly MinimumCover[];
  /** Group of an agent while fixed to one queue; creates nothing, so it is −1 for unknown combinations. */
  groupFixedTo(agent: number, queueId: string): number;
}

/** The most queues a problem may have: groups are bit masks. */
export const MAX_QUEUES = 30;

export function buildCoverModel(
  problem: ScheduleProblem,
  weights: ScheduleWeights,
  calendar: SiteCalendar,
  slotMinutes: number,
): CoverModel {
  const slotsPerInterval = problem.grid.stepSeconds / 60 / slotMinutes;
  const slotCount = problem.grid.count * slotsPerInterval;
  const covers = minimumCovers(problem, weights, calendar, slotMinutes, slotCount);
  const { groups, agentGroup, fixed } = buildGroups(problem, covers);
  const maxAgents = problem.agents.length + 1;
  const { cost, tableOf } = costTables(problem, weights, slotsPerInterval, slotCount, maxAgents);
  return {
    slotCount,
    slotMinutes,
    slotsPerInterval,
    queueCount: problem.queues.length,
    cost,
    tableOf,
    maxAgents,
    groups,
    agentGroup,
    covers,
    groupFixedTo: (agent, queueId) => {
      const queue = problem.queues.findIndex(q => q.id === queueId);
      return fixed.get(`${agentGroup[agent]}>${queue}`) ?? -1;
    },
  };
}

/** Equal requirements share one table: a week of quarter-hours has far fewer distinct requirements. */
function costTables(
  problem: ScheduleProblem,
  weights: ScheduleWeights,
  slotsPerInterval: number,
  slotCount: number,
  maxAgents: number,
): { readonly cost: Float64Array; readonly tableOf: Int32Array } {
  const tableOf = new Int32Array(problem.queues.length * slotCount);
  const tables: Float64Array[] = [];
  const known = new Map<string, number>();
  const width = maxAgents + 1;
  const slotHours = problem.grid.stepSeconds / 3600 / slotsPerInterval;
  problem.queues.forEach((queue, q) => {
    for (let i = 0; i < problem.grid.count; i++) {
      const given = queue.costTable?.[i];
      const key = given ? `${q}:${i}` : `r${queue.required[i] ?? 0}`;
      let index = known.get(key);
      if (index === undefined) {
        index = tables.length;
        known.set(key, index);
        const hours = given ? 1 / slotsPerInterval : slotHours;
        const table = intervalCostTable(queue, i, given ? 1 : hours, maxAgents, weights);
        tables.push(given ? table.map(value => value * hours) : table);
      }
      for (let s = 0; s < slotsPerInterval; s++)
        tableOf[q * slotCount + i * slotsPerInterval + s] = index * width;
    }
  });
  const cost = new Float64Array(tables.length * width);
  for (const [index, table] of tables.entries()) cost.set(table, index * width);
  return { cost, tableOf };
}

function minimumCovers(
  problem: ScheduleProblem,
  weights: ScheduleWeights,
  calendar: SiteCalendar,
  slotMinutes: number,
  slotCount: number,
): readonly MinimumCover[] {
  const covers: MinimumCover[] = [];
  const knownFrom = unknownUntilMinute(problem, calendar) / slotMinutes;
  for (const setting of problem.rules.rules) {
    const rule = findRule(setting.kind);
    if (rule?.scope !== 'cover') continue;
    const demand = rule.demand(setting.parameters);
    const due = new Int16Array(slotCount);
    for (let t = Math.ceil(knownFrom); t < slotCount; t++) {
      const minute = calendar.minuteOfDay(calendar.epochOf(t * slotMinutes));
      if (minute >= demand.fromMinute && minute < demand.toMinute) due[t] = demand.agents;
    }
    // A day without the licence weighs like one broken rule of an agent: a gap in cover never makes it pay
    // to break somebody's rest or days off.
    const perUnit = setting.enforcement === 'hard' ? weights.hardRule / 1440 : (setting.weight ?? 0);
    covers.push({ setting, demand, due, pricePerSlot: perUnit * slotMinutes });
  }
  return covers;
}

function buildGroups(
  problem: ScheduleProblem,
  covers: readonly MinimumCover[],
): {
  readonly groups: readonly CoverGroup[];
  readonly agentGroup: Int32Array;
  readonly fixed: ReadonlyMap<string, number>;
} {
  const groups: CoverGroup[] = [];
  const known = new Map<string, number>();
  const groupOf = (queues: readonly number[], coverIndices: readonly number[]): number => {
    const key = `${queues.join(',')}|${coverIndices.join(',')}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    known.set(key, groups.length);
    groups.push({ queueMask: queues.reduce((mask, q) => mask | (1 << q), 0), queues, covers: coverIndices });
    return groups.length - 1;
  };
  const agentGroup = new Int32Array(problem.agents.length);
  problem.agents.forEach((agent, a) => {
    const held = new Map(agent.skills.map(skill => [skill.skill, skill]));
    const queues = problem.queues.flatMap((queue, q) => (held.has(skillOfQueue(queue)) ? [q] : []));
    const counted = covers.flatMap((cover, c) =>
      holds(held, cover.demand) && binds(cover, agent.id) ? [c] : [],
    );
    agentGroup[a] = groupOf(queues, counted);
  });
  const fixed = new Map<string, number>();
  if (usesFixedQueues(problem)) {
    for (let g = groups.length - 1; g >= 0; g--) {
      const group = groups[g]!;
      for (const q of group.queues) fixed.set(`${g}>${q}`, groupOf([q], group.covers));
    }
  }
  return { groups, agentGroup, fixed };
}

function holds(held: ReadonlyMap<string, SchedulingSkill>, demand: CoverDemand): boolean {
  const skill = held.get(demand.skill);
  return skill !== undefined && (skill.level ?? 0) >= demand.level;
}

function binds(cover: MinimumCover, agentId: string): boolean {
  return cover.setting.agentIds === undefined || cover.setting.agentIds.includes(agentId);
}

/** Work may be fixed to one queue by hand; agents of one skill need no extra group for it. */
function usesFixedQueues(problem: ScheduleProblem): boolean {
  return problem.queues.length > 1;
}
