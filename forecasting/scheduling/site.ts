import { type AgentModel, type BoundRule, bindRules, buildAgentModels } from './agentTerms.ts';
import { startMinutes } from './candidate.ts';
import { buildCoverModel, type CoverModel } from './coverModel.ts';
import { type ScheduleProblem, type ScheduleWeights, weightsOf } from './problem.ts';
import { completeRuleSet, type RuleSetting } from './ruleSet.ts';
import { findRule } from './rules/registry.ts';
import type { BreakLimits } from './rules/rule.ts';
import type { Assignment, Schedule } from './schedule.ts';
import { SiteCalendar } from './siteCalendar.ts';

/** A problem prepared for scoring: calendar, cover, agents and bound rules. */
export interface Site {
  readonly problem: ScheduleProblem;
  readonly weights: ScheduleWeights;
  readonly calendar: SiteCalendar;
  /** The resolution of cover: the grid's step, or finer where breaks and starts ask for it. */
  readonly slotMinutes: number;
  readonly cover: CoverModel;
  readonly rules: readonly BoundRule[];
  readonly breakRules: readonly BoundBreakRule[];
  readonly agents: readonly AgentModel[];
  readonly agentIndex: ReadonlyMap<string, number>;
}

export interface BoundBreakRule {
  readonly setting: RuleSetting;
  readonly limits: BreakLimits;
  readonly hard: boolean;
  /** Currency per minute of breach. */
  readonly price: number;
}

/**
 * Prepares a problem. `schedules` are those that will be scored: their edges refine the resolution.
 *
 * @throws RangeError if the grid is empty, two agents share an id or a rule is of no known kind
 */
export function buildSite(given: ScheduleProblem, schedules: readonly Schedule[] = []): Site {
  if (given.grid.count < 1) throw new RangeError('grid must have at least one interval');
  const problem = { ...given, rules: completeRuleSet(given.rules) };
  const weights = weightsOf(problem);
  const calendar = new SiteCalendar(problem);
  const slotMinutes = resolutionMinutes(problem, schedules);
  const rules = bindRules(problem, weights, calendar);
  const agentIndex = new Map(problem.agents.map((agent, a) => [agent.id, a]));
  if (agentIndex.size < problem.agents.length) throw new RangeError('agents must have distinct ids');
  return {
    problem,
    weights,
    calendar,
    slotMinutes,
    cover: buildCoverModel(problem, weights, calendar, slotMinutes),
    rules,
    breakRules: bindBreakRules(problem, weights),
    agents: buildAgentModels(problem, rules, calendar),
    agentIndex,
  };
}

function bindBreakRules(problem: ScheduleProblem, weights: ScheduleWeights): readonly BoundBreakRule[] {
  return problem.rules.rules.flatMap(setting => {
    const rule = findRule(setting.kind);
    if (rule?.scope !== 'break') return [];
    const hard = setting.enforcement === 'hard';
    const price = hard ? weights.hardRule / 60 : (setting.weight ?? 0);
    return [{ setting, limits: rule.limits(setting.parameters), hard, price }];
  });
}

/** Largest whole number of minutes that divides the grid's step and every start, length, break and given edge. */
function resolutionMinutes(problem: ScheduleProblem, schedules: readonly Schedule[]): number {
  let step = problem.grid.stepSeconds / 60;
  const include = (minutes: number): void => {
    step = greatestCommonDivisor(step, Math.abs(Math.round(minutes)));
  };
  for (const template of problem.templates) {
    template.lengthsMinutes.forEach(include);
    startMinutes(template).forEach(include);
    for (const b of template.breaks) include(b.minutes);
  }
  for (const event of problem.events ?? []) include(event.minutes);
  const edges = (assignment: Assignment): void => {
    include((assignment.start - problem.grid.start) / 60);
    for (const activity of assignment.activities) include((activity.end - problem.grid.start) / 60);
  };
  for (const schedule of schedules) schedule.assignments.forEach(edges);
  for (const agent of problem.agents) {
    agent.lockedShifts?.forEach(edges);
    agent.recentShifts?.filter(shift => shift.end > problem.grid.start).forEach(edges);
  }
  return step;
}

function greatestCommonDivisor(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}
