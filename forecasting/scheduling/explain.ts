import { CellChanges } from './cellChange.ts';
import { agentConflict, type Conflict } from './conflicts.ts';
import { evaluateSchedule } from './evaluate.ts';
import { generateSchedule } from './generate.ts';
import type { GenerateOptions } from './generateOptions.ts';
import type { ScheduleProblem } from './problem.ts';
import { ruleSentence } from './ruleSet.ts';
import type { Assignment, Schedule } from './schedule.ts';
import { buildSearchModel, OFF, type SearchModel } from './searchModel.ts';
import { SearchState } from './searchState.ts';
import { buildSite, type Site } from './site.ts';

/** A schedule loaded into a search state, for questions about it. */
export function loadSchedule(problem: ScheduleProblem, schedule: Schedule): SearchState {
  const site = buildSite(problem, [schedule]);
  const state = new SearchState(buildSearchModel(site, { schedule, freeze: () => false }));
  state.takeStart();
  return state;
}

/** What a rule costs: the objective with it less the objective without it, both searched with the same budget. */
export interface RulePrice {
  readonly ruleId: string;
  readonly sentence: string;
  readonly withRule: number;
  readonly withoutRule: number;
  /** Currency per horizon; 0 for a rule that does not bind. */
  readonly price: number;
}

/**
 * Price of each rule by solving without it. After one search with all rules, two more start from its result with the
 * same seed and budget, one with the rule and one without; the rule's own penalties are left out of both objectives,
 * so the price is what the rule does to all the rest. A rule that never binds leaves both searches alike: price 0.
 * The schedule found with the rule is also one without it, so a price is never negative.
 */
export function rulePrices(
  problem: ScheduleProblem,
  schedule: Schedule,
  options: Pick<GenerateOptions, 'seed' | 'moveBudget' | 'shouldStop'>,
  ruleIds: readonly string[] = problem.rules.rules.map(rule => rule.id),
): readonly RulePrice[] {
  const improve = (of: ScheduleProblem, start: Schedule): Schedule => {
    const result = generateSchedule(of, { ...options, start });
    return result.kind === 'schedule' ? result.schedule : start;
  };
  const best = improve(problem, schedule);
  const control = improve(problem, best);
  return problem.rules.rules
    .filter(rule => ruleIds.includes(rule.id))
    .map(rule => {
      const without = {
        ...problem,
        rules: { rules: problem.rules.rules.filter(other => other.id !== rule.id) },
      };
      const withRule = evaluateSchedule(without, control).score.total;
      const free = evaluateSchedule(without, improve(without, best)).score.total;
      const withoutRule = Math.min(free, withRule);
      return {
        ruleId: rule.id,
        sentence: ruleSentence(rule),
        withRule,
        withoutRule,
        price: withRule - withoutRule,
      };
    });
}

/** Hard rules of an agent that no roster keeps together; null if some roster does. */
export function explainAgentConflict(problem: ScheduleProblem, agentId: string): Conflict | null {
  return agentConflict(buildSearchModel(buildSite(problem)), agentId);
}

/** Another thing that could be done instead, and what it would cost. */
export interface Alternative {
  readonly text: string;
  readonly agentId: string;
  /** Change of the objective in currency; positive = worse than now. */
  readonly extraCost: number;
}

/** Why an agent has a shift. */
export interface ShiftExplanation {
  /** Cost of under-staffing that the shift prevents. */
  readonly coverValue: number;
  readonly labour: number;
  /** The agent's best other choice for this day. */
  readonly instead: Alternative | null;
  /** Whoever else could work it most cheaply. */
  readonly nextAgent: Alternative | null;
  readonly sentence: string;
}

/** Explains one shift of a schedule; null if the schedule has no such shift or its agent is unknown. */
export function explainShift(
  problem: ScheduleProblem,
  schedule: Schedule,
  assignmentId: string,
): ShiftExplanation | null {
  const shift = schedule.assignments.find(s => s.id === assignmentId);
  const state = loadSchedule(problem, schedule);
  const { model } = state;
  const agent = shift ? model.site.agentIndex.get(shift.agentId) : undefined;
  if (!shift || agent === undefined) return null;
  const day = model.site.calendar.dayIndexOf(shift.start);
  const cell = agent * model.dayCount + day;
  if (state.chosen[cell]! < 0) return null;
  const changes = new CellChanges(state);
  const labour = state.cellCost[cell]!;
  const coverValue = state.releaseCost(cell);
  const best = changes.best(cell, true);
  const instead = best
    ? { agentId: shift.agentId, text: nameOf(model, best.candidate), extraCost: best.delta }
    : null;
  const nextAgent = cheapestOther(state, changes, cell);
  return {
    coverValue,
    labour,
    instead,
    nextAgent,
    sentence: sentenceOf(model.site, shift, coverValue, instead, nextAgent),
  };
}

/** The agent to whom the shift could go at the least extra cost, its present holder being free that day. */
function cheapestOther(state: SearchState, changes: CellChanges, cell: number): Alternative | null {
  const { model } = state;
  const candidate = state.chosen[cell]!;
  const day = cell % model.dayCount;
  const pattern = state.breakAt.slice(cell * model.maxBreaks, (cell + 1) * model.maxBreaks);
  const holder = state.agentOf(cell);
  const before = state.total();
  state.clear(cell);
  state.agentCost[holder] = state.ruleCost(holder, Number.POSITIVE_INFINITY);
  const without = state.total();
  let best: Alternative | null = null;
  for (let a = 0; a < model.agentCount; a++) {
    const other = a * model.dayCount + day;
    if (a === holder || state.chosen[other] !== OFF || model.allowed[a]![candidate] !== 1) continue;
    const change = changes.best(other, false, c => c === candidate);
    if (!change) continue;
    const extraCost = without + change.delta - before;
    if (best && extraCost >= best.extraCost) continue;
    const { agent } = model.site.agents[a]!;
    best = { agentId: agent.id, text: agent.name, extraCost };
  }
  state.put(cell, candidate, pattern);
  state.agentCost[holder] = state.ruleCost(holder, Number.POSITIVE_INFINITY);
  return best;
}

function nameOf(model: SearchModel, candidate: number): string {
  if (candidate === OFF) return 'a free day';
  const { facts } = model.candidates[candidate]!;
  const template = model.site.problem.templates[facts.template];
  const start = model.site.calendar.clockText(model.site.calendar.epochOf(facts.start)).slice(-5);
  return `${template?.name ?? 'the shift'} from ${start}`;
}

function sentenceOf(
  site: Site,
  shift: Assignment,
  coverValue: number,
  instead: Alternative | null,
  nextAgent: Alternative | null,
): string {
  const name = site.problem.agents.find(agent => agent.id === shift.agentId)?.name ?? shift.agentId;
  const parts = [
    `${name}, ${site.calendar.clockText(shift.start)}: the shift saves ${money(coverValue)} of under-staffing`,
  ];
  if (instead) {
    parts.push(
      instead.extraCost >= 0
        ? `the best other choice for the day, ${instead.text}, would cost ${money(instead.extraCost)} more`
        : `${instead.text} would be ${money(-instead.extraCost)} better`,
    );
  }
  if (nextAgent) {
    const rules = nextAgent.extraCost >= site.weights.hardRule / 60;
    parts.push(
      rules
        ? `nobody else can take it without breaking a hard rule`
        : `${nextAgent.text} could take it for ${money(nextAgent.extraCost)} more`,
    );
  } else parts.push('nobody else is free and able to take it');
  return parts.join('; ');
}

function money(value: number): string {
  return String(Math.round(value * 10) / 10);
}
