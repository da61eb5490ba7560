import { INTERVAL_STEPS_SECONDS } from '../calendar/grid.ts';
import { isTimeZone } from '../calendar/time.ts';
import { unknownUntilMinute } from './candidate.ts';
import { MAX_QUEUES } from './coverModel.ts';
import { type ScheduleProblem, type SchedulingAgent, type ShiftTemplate, skillOfQueue } from './problem.ts';
import { completeRuleSet, parseRuleSet } from './ruleSet.ts';
import { findRule } from './rules/registry.ts';
import { assignmentProblems } from './schedule.ts';
import { breakLimitsOf, breakTimeDue, shapeOf } from './shape.ts';
import { SiteCalendar } from './siteCalendar.ts';

/** Something wrong with a problem. A blocking fault leaves nothing sensible to compute. */
export interface ProblemFault {
  /** The field, for example `agents[3].contract`. */
  readonly path: string;
  readonly message: string;
  readonly blocking: boolean;
}

/** Checks a problem before it is solved; every fault is named, none is silently repaired. */
export function validateProblem(problem: ScheduleProblem): readonly ProblemFault[] {
  const faults: ProblemFault[] = [];
  const report = (path: string, message: string, blocking: boolean): void => {
    faults.push({ path, message, blocking });
  };
  checkGrid(problem, report);
  checkRules(problem, report);
  if (faults.some(fault => fault.blocking)) return faults;
  checkQueues(problem, report);
  checkTemplates(problem, report);
  checkAgents(problem, report);
  if (faults.some(fault => fault.blocking)) return faults;
  checkHours(problem, report);
  checkFirstMorning(problem, report);
  return faults;
}

type ReportFault = (path: string, message: string, blocking: boolean) => void;

function checkGrid({ grid }: ScheduleProblem, report: ReportFault): void {
  if (!INTERVAL_STEPS_SECONDS.some(step => step === grid.stepSeconds)) {
    report(
      'grid.stepSeconds',
      `intervals of 5 to 60 minutes are supported, found ${grid.stepSeconds} s`,
      true,
    );
  }
  if (!Number.isInteger(grid.count) || grid.count < 1) {
    report('grid.count', `the horizon needs at least one interval, found ${grid.count}`, true);
  }
  if (!isTimeZone(grid.timeZone)) report('grid.timeZone', `unknown time zone "${grid.timeZone}"`, true);
  if (!Number.isInteger(grid.start)) report('grid.start', 'expected whole UTC seconds', true);
}

function checkQueues(problem: ScheduleProblem, report: ReportFault): void {
  const { queues, grid } = problem;
  if (queues.length > MAX_QUEUES) {
    report('queues', `at most ${MAX_QUEUES} queues are supported, found ${queues.length}`, true);
  }
  duplicates(queues.map(queue => queue.id)).forEach(id => {
    report('queues', `two queues have the id "${id}"`, true);
  });
  queues.forEach((queue, q) => {
    const path = `queues[${q}].required`;
    if (queue.required.length !== grid.count) {
      report(path, `expected ${grid.count} intervals, found ${queue.required.length}`, true);
    }
    const wrong = queue.required.findIndex(
      value => value !== null && !(Number.isFinite(value) && value >= 0),
    );
    if (wrong >= 0) {
      const found = String(queue.required[wrong]);
      report(`${path}[${wrong}]`, `expected agents of 0 or more, or null where closed; found ${found}`, true);
    }
    if (queue.required.every(value => value === null)) {
      report(path, `queue "${queue.id}" is closed in every interval`, false);
    }
    if (queue.costTable && queue.costTable.length !== grid.count) {
      const found = queue.costTable.length;
      report(`queues[${q}].costTable`, `expected ${grid.count} intervals, found ${found}`, true);
    }
    const skill = skillOfQueue(queue);
    if (
      problem.agents.length > 0 &&
      !problem.agents.some(agent => agent.skills.some(s => s.skill === skill))
    ) {
      report(`queues[${q}]`, `no agent has the skill "${skill}" that queue "${queue.id}" needs`, false);
    }
  });
}

function checkTemplates(problem: ScheduleProblem, report: ReportFault): void {
  if (problem.templates.length === 0) {
    report('templates', 'there are no shift templates: no shift can be made', false);
  }
  duplicates(problem.templates.map(template => template.id)).forEach(id => {
    report('templates', `two templates have the id "${id}"`, true);
  });
  const horizonMinutes = (problem.grid.count * problem.grid.stepSeconds) / 60;
  problem.templates.forEach((template, i) => {
    const path = `templates[${i}]`;
    checkTemplateShape(template, path, report);
    for (const length of template.lengthsMinutes) {
      if (length > horizonMinutes) {
        report(path, `${length} min is longer than the horizon of ${horizonMinutes} min`, false);
      }
    }
    const message = breakFault(problem, template, i);
    if (message !== null) report(`${path}.breaks`, message, false);
  });
}

function checkTemplateShape(template: ShiftTemplate, path: string, report: ReportFault): void {
  if (template.lengthsMinutes.length === 0)
    report(`${path}.lengthsMinutes`, 'expected at least one length', true);
  for (const length of template.lengthsMinutes) {
    if (!Number.isInteger(length) || length <= 0 || length > 2880) {
      report(`${path}.lengthsMinutes`, `expected whole minutes from 1 to 2880, found ${length}`, true);
    }
  }
  for (const window of template.starts) {
    const { earliestMinute, latestMinute, stepMinutes } = window;
    if (![earliestMinute, latestMinute, stepMinutes].every(Number.isInteger) || stepMinutes < 1) {
      report(`${path}.starts`, 'expected whole minutes and a step of at least 1', true);
    } else if (earliestMinute < 0 || latestMinute >= 1440 || latestMinute < earliestMinute) {
      report(
        `${path}.starts`,
        `expected 0 ≤ earliest ≤ latest < 1440, found ${earliestMinute}–${latestMinute}`,
        true,
      );
    }
  }
  for (const b of template.breaks) {
    if (!Number.isInteger(b.minutes) || b.minutes <= 0) {
      report(`${path}.breaks`, `expected whole minutes above 0, found ${b.minutes}`, true);
    }
  }
}

/** Why a template cannot be worked with legal breaks; null when it can. */
function breakFault(problem: ScheduleProblem, template: ShiftTemplate, index: number): string | null {
  const limits = breakLimitsOf(problem);
  const slotMinutes = 5;
  const shapes = template.lengthsMinutes.map(length =>
    shapeOf(index, length, template.breaks, template.minSpacingMinutes ?? 0, { slotMinutes, limits }),
  );
  if (shapes.length === 0 || shapes.some(shape => shape.defaultPattern !== null)) return null;
  const taken = template.breaks.reduce((sum, b) => sum + b.minutes, 0);
  const due = Math.min(...template.lengthsMinutes.map(length => breakTimeDue(length, limits)));
  return taken < due
    ? `"${template.name}" has ${taken} min of breaks, the break law asks for ${due} min: it cannot be worked`
    : `no position of the breaks of "${template.name}" keeps their windows, order and spacing and the break law`;
}

function checkAgents(problem: ScheduleProblem, report: ReportFault): void {
  if (problem.agents.length === 0) report('agents', 'there are no agents: everything stays uncovered', false);
  duplicates(problem.agents.map(agent => agent.id)).forEach(id => {
    report('agents', `two agents have the id "${id}"`, true);
  });
  const skills = new Set(problem.queues.map(skillOfQueue));
  const templates = new Set(problem.templates.map(template => template.id));
  problem.agents.forEach((agent, a) => {
    const path = `agents[${a}]`;
    checkContract(agent, path, report);
    checkTimeOff(agent, path, report);
    if (!agent.skills.some(skill => skills.has(skill.skill))) {
      report(`${path}.skills`, `${agent.name} has no skill that any queue needs`, false);
    }
    const unknown = agent.templateIds?.find(id => !templates.has(id));
    if (unknown !== undefined) report(`${path}.templateIds`, `unknown template "${unknown}"`, false);
    if (!Number.isFinite(agent.costPerHour)) report(`${path}.costPerHour`, 'expected a number', true);
    for (const shift of [...(agent.lockedShifts ?? []), ...(agent.recentShifts ?? [])]) {
      for (const message of assignmentProblems(shift)) report(path, message, true);
    }
  });
}

function checkContract(agent: SchedulingAgent, path: string, report: ReportFault): void {
  const { minHoursPerWeek, targetHoursPerWeek, maxHoursPerWeek } = agent.contract;
  const hours = [minHoursPerWeek, targetHoursPerWeek, maxHoursPerWeek];
  if (!hours.every(value => Number.isFinite(value) && value >= 0)) {
    report(`${path}.contract`, `${agent.name}: expected hours of 0 or more`, true);
  } else if (minHoursPerWeek > maxHoursPerWeek) {
    const found = `${minHoursPerWeek} h to ${maxHoursPerWeek} h`;
    report(`${path}.contract`, `${agent.name}: the minimum is above the maximum (${found})`, true);
  }
}

function checkTimeOff(agent: SchedulingAgent, path: string, report: ReportFault): void {
  const sorted = [...(agent.timeOff ?? [])].sort((x, y) => x.start - y.start);
  sorted.forEach((off, i) => {
    if (!(off.end > off.start))
      report(`${path}.timeOff`, `${agent.name}: time off ends before it starts`, true);
    const before = sorted[i - 1];
    if (before && off.start < before.end) {
      report(
        `${path}.timeOff`,
        `${agent.name}: two entries of time off overlap; they count as one absence`,
        false,
      );
    }
  });
}

function checkRules(problem: ScheduleProblem, report: ReportFault): void {
  const parsed = parseRuleSet(problem.rules);
  if (parsed.kind === 'invalid') {
    for (const fault of parsed.problems) report(fault.path, fault.message, true);
    return;
  }
  const agents = new Set(problem.agents.map(agent => agent.id));
  problem.rules.rules.forEach((rule, i) => {
    const unknown = rule.agentIds?.find(id => !agents.has(id));
    if (unknown !== undefined) report(`rules[${i}].agentIds`, `unknown agent "${unknown}"`, false);
  });
}

/** A minimum cover cannot be judged in a first morning that only an unknown night could cover. */
function checkFirstMorning(problem: ScheduleProblem, report: ReportFault): void {
  const calendar = new SiteCalendar(problem);
  const until = unknownUntilMinute(problem, calendar);
  if (until === 0) return;
  const end = calendar.epochOf(until);
  const text = `until ${calendar.clockText(end)} only shifts from before the horizon can be at work, and none are given`;
  completeRuleSet(problem.rules).rules.forEach((setting, i) => {
    const rule = findRule(setting.kind);
    if (rule?.scope !== 'cover') return;
    if (rule.demand(setting.parameters).fromMinute >= calendar.minuteOfDay(end)) return;
    report(`rules[${i}]`, `${text}: the minimum cover is not judged there`, false);
  });
}

function checkHours(problem: ScheduleProblem, report: ReportFault): void {
  const stepHours = problem.grid.stepSeconds / 3600;
  const weeks = (problem.grid.count * stepHours) / 168;
  let required = 0;
  for (const queue of problem.queues) {
    for (const value of queue.required) required += (value ?? 0) * stepHours;
  }
  const available = problem.agents.reduce((sum, agent) => sum + agent.contract.maxHoursPerWeek * weeks, 0);
  if (problem.agents.length > 0 && available < required) {
    const missing = Math.round(required - available);
    const text = `${Math.round(available)} h of contracts, ${Math.round(required)} h required`;
    report('agents', `fewer hours than demand: ${text}; at least ${missing} h stay uncovered`, false);
  }
}

function duplicates(ids: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const id of ids) (seen.has(id) ? twice : seen).add(id);
  return [...twice];
}
