import { coverStateOf } from './coverage.ts';
import { LinearBuilder } from './linearBuilder.ts';
import type { SearchModel } from './searchModel.ts';

/** Columns beyond which the linear relaxation is not attempted: it would take minutes. */
const MAX_COLUMNS = 80_000;
const UNLIMITED = Number.POSITIVE_INFINITY;

/**
 * How the relaxation is solved. With several skills most columns are transfers of no cost, on which a simplex walks in
 * place; from an interior point it takes a tenth of the time and ends at the same vertex value.
 */
export const RELAXED = { relaxed: true, algorithm: 'interiorPoint' } as const;

export interface Design {
  readonly builder: LinearBuilder;
  readonly shiftColumns: readonly {
    readonly column: number;
    readonly candidate: number;
    readonly group: number;
  }[];
  /** Cost that no decision changes, left out of the model: wages of fixed shifts. */
  readonly constant: number;
}

/** The design model of a search model; null when it would be too large. */
export function buildDesign(model: SearchModel): Design | null {
  const { cover } = model.site;
  const groups = cover.groups.flatMap((_, g) => {
    const agents = agentsOfGroup(model, g);
    return agents.length > 0 ? [{ group: g, agents }] : [];
  });
  if (estimateColumns(model) * groups.length > MAX_COLUMNS) return null;
  const builder = new LinearBuilder();
  const coverRow = addCover(model, builder);
  const shiftColumns: { column: number; candidate: number; group: number }[] = [];
  for (const { group, agents } of groups) {
    const rowOf = coverRow(group);
    const limits = addLimits(model, builder, agents);
    model.candidates.forEach((_, candidate) => {
      const able = agents.filter(a => mayWork(model, a, candidate)).length;
      if (able === 0) return;
      const column = addShift(model, builder, candidate, agents, able, rowOf);
      limits(candidate, column);
      shiftColumns.push({ column, candidate, group });
    });
  }
  return { builder, shiftColumns, constant: fixedWages(model) };
}

function agentsOfGroup(model: SearchModel, group: number): readonly number[] {
  const agents: number[] = [];
  model.site.cover.agentGroup.forEach((g, agent) => {
    if (g === group) agents.push(agent);
  });
  return agents;
}

function estimateColumns(model: SearchModel): number {
  return model.candidates.reduce((sum, { shape }) => {
    return sum + 1 + shape.breaks.reduce((width, b) => width + b.latest - b.earliest + 1, 0);
  }, 0);
}

/**
 * Cover rows. Agents served by a queue in a slot are cut into pieces of constant slope of the convex cost.
 * Returns, per group, the row into which a group's work in a slot is counted.
 */
function addCover(model: SearchModel, builder: LinearBuilder): (group: number) => (slot: number) => number {
  const { site } = model;
  const { slotCount, groups, queueCount, agentGroup } = site.cover;
  const base = coverStateOf(site, { assignments: [...model.fixed.values()].flat() });
  const used = new Set(agentGroup);
  const fixedDirect = (q: number, t: number): number =>
    groups.reduce(
      (sum, group, g) =>
        group.queues.length === 1 && group.queues[0] === q ? sum + base.atWork[g * slotCount + t]! : sum,
      0,
    );
  const queueRows = new Int32Array(queueCount * slotCount);
  for (let q = 0; q < queueCount; q++) {
    for (let t = 0; t < slotCount; t++) {
      const supply = fixedDirect(q, t);
      const row = builder.row(-supply, -supply);
      queueRows[q * slotCount + t] = row;
      addPieces(model, builder, q, t, row);
    }
  }
  const groupRows = new Map<number, Int32Array>();
  groups.forEach((group, g) => {
    if (group.queues.length < 2) return;
    if (!used.has(g)) return;
    const rows = new Int32Array(slotCount);
    for (let t = 0; t < slotCount; t++) {
      const supply = base.atWork[g * slotCount + t]!;
      rows[t] = builder.row(-supply, -supply);
      for (const q of group.queues) {
        const transfer = builder.column(0, 0, UNLIMITED);
        builder.entry(rows[t]!, transfer, -1);
        builder.entry(queueRows[q * slotCount + t]!, transfer, 1);
      }
    }
    groupRows.set(g, rows);
  });
  return group => {
    const rows = groupRows.get(group);
    const queue = groups[group]!.queues[0];
    return slot => (rows ? rows[slot]! : queue === undefined ? -1 : queueRows[queue * slotCount + slot]!);
  };
}

/** Columns for the agents serving a queue in a slot, one per piece of constant slope; the cost of nobody is constant. */
function addPieces(model: SearchModel, builder: LinearBuilder, q: number, t: number, row: number): void {
  const { slotCount, cost, tableOf, maxAgents } = model.site.cover;
  const at = tableOf[q * slotCount + t]!;
  builder.column(cost[at]!, 1, 1);
  let from = 0;
  while (from < maxAgents) {
    const slope = cost[at + from + 1]! - cost[at + from]!;
    let to = from + 1;
    while (to < maxAgents && Math.abs(cost[at + to + 1]! - cost[at + to]! - slope) < 1e-9) to++;
    const width = to === maxAgents ? UNLIMITED : to - from;
    builder.entry(row, builder.column(slope, 0, width), -1);
    from = to;
  }
}

/** One column per shift and start, and its breaks as columns of their own (Aykin). */
function addShift(
  model: SearchModel,
  builder: LinearBuilder,
  candidate: number,
  agents: readonly number[],
  able: number,
  rowOf: (slot: number) => number,
): number {
  const { slotCount } = model.site.cover;
  const shape = model.shapes[model.shapeOf[candidate]!]!;
  const start = model.startSlot[candidate]!;
  let wage = UNLIMITED;
  for (const a of agents) {
    if (mayWork(model, a, candidate)) wage = Math.min(wage, labourOf(model, a, candidate));
  }
  const column = builder.column(wage, 0, able, true);
  const count = (slot: number, into: number, value: number): void => {
    const row = slot < slotCount ? rowOf(slot) : -1;
    if (row >= 0) builder.entry(row, into, value);
  };
  for (let slot = start; slot < start + shape.slots; slot++) count(slot, column, 1);
  for (const b of shape.breaks) {
    const balance = builder.row(0, 0);
    builder.entry(balance, column, -1);
    for (let at = b.earliest; at <= b.latest; at++) {
      const breakColumn = builder.column(0, 0, UNLIMITED, true);
      builder.entry(balance, breakColumn, 1);
      for (let k = 0; k < b.slots; k++) count(start + at + k, breakColumn, -1);
    }
  }
  return column;
}

/** Allowed by templates and rules, or the agent's own shift taken over from a schedule. */
function mayWork(model: SearchModel, agent: number, candidate: number): boolean {
  if (model.allowed[agent]![candidate] === 1) return true;
  const { day } = model.candidates[candidate]!.facts;
  return model.start.get(agent * model.dayCount + day)?.candidate === candidate;
}

function labourOf(model: SearchModel, agent: number, candidate: number): number {
  const { agent: data } = model.site.agents[agent]!;
  return (model.candidates[candidate]!.facts.paid / 60) * data.costPerHour * model.site.weights.labour;
}

/** Rows for agents per day and hours per week; returns a function that enters a shift's column. */
function addLimits(
  model: SearchModel,
  builder: LinearBuilder,
  agents: readonly number[],
): (candidate: number, column: number) => void {
  const { calendar } = model.site;
  const dayRows = Array.from({ length: model.dayCount }, (_, day) => {
    const free = agents.filter(a => {
      const cell = a * model.dayCount + day;
      return !model.fixed.has(cell) && model.options[cell]!.length > 0;
    });
    return builder.row(0, free.length);
  });
  const weekRows = Array.from({ length: calendar.weekCount }, (_, week) => {
    const hours = weekLimits(model, agents, week);
    // Whole shifts seldom add up to the exact minutes of all contracts: one shift fewer is allowed.
    return builder.row(Math.max(0, hours.least - longestShift(model)), hours.most);
  });
  return (candidate, column) => {
    const { facts } = model.candidates[candidate]!;
    builder.entry(dayRows[facts.day]!, column, 1);
    builder.entry(weekRows[Math.floor(facts.day / 7)]!, column, facts.paid);
  };
}

/** Paid minutes the free days of a week may hold in total, where a hard rule binds contract hours for everybody. */
function weekLimits(
  model: SearchModel,
  agents: readonly number[],
  week: number,
): { readonly least: number; readonly most: number } {
  const { calendar } = model.site;
  let [least, most] = [0, 0];
  for (const a of agents) {
    const agent = model.site.agents[a]!;
    const bound = agent.rules.some(r => r.hard && r.rule.kind === 'contractHours');
    if (!bound) return { least: 0, most: UNLIMITED };
    let given = agent.facts.paidTimeOffMinutes[week] ?? 0;
    for (let day = week * 7; day < Math.min(model.dayCount, week * 7 + 7); day++) {
      for (const shift of model.fixedFacts.get(a * model.dayCount + day) ?? []) given += shift.paid;
    }
    const share = Math.min(7, model.dayCount - week * 7) / 7;
    // A minimum beyond what the days can hold would make the relaxation infeasible instead of a bound.
    const room = roomOf(model, a, week);
    const upper = Math.max(0, agent.facts.maxMinutesPerWeek - given);
    most += upper;
    least += Math.min(Math.max(0, agent.facts.minMinutesPerWeek * share - given), room, upper);
  }
  return { least: calendar.dayCount === 0 ? 0 : least, most };
}

function longestShift(model: SearchModel): number {
  return model.candidates.reduce((most, candidate) => Math.max(most, candidate.facts.paid), 0);
}

function roomOf(model: SearchModel, agent: number, week: number): number {
  let room = 0;
  for (let day = week * 7; day < Math.min(model.dayCount, week * 7 + 7); day++) {
    const cell = agent * model.dayCount + day;
    if (model.fixed.has(cell)) continue;
    let longest = 0;
    for (const c of model.options[cell]!) longest = Math.max(longest, model.candidates[c]!.facts.paid);
    room += longest;
  }
  return room;
}

function fixedWages(model: SearchModel): number {
  let wages = 0;
  for (const [cell, shifts] of model.fixedFacts) {
    const { agent } = model.site.agents[Math.floor(cell / model.dayCount)]!;
    for (const shift of shifts) wages += (shift.paid / 60) * agent.costPerHour * model.site.weights.labour;
  }
  return wages;
}
