import type { Db } from '../../data/db/connect.ts';
import { listAgents } from '../../data/store/agents.ts';
import { latestPublication } from '../../data/store/publications.ts';
import { findQueue } from '../../data/store/queues.ts';
import type { Schedule as StoredSchedule } from '../../data/store/schedules.ts';
import { listShiftTemplates } from '../../data/store/shiftTemplates.ts';
import { listSpecialDays } from '../../data/store/specialDays.ts';
import { findStaffingPlan, type StaffingPlan } from '../../data/store/staffingPlans.ts';
import { listSkills } from '../../data/store/teams.ts';
import { listTimeOff } from '../../data/store/timeOff.ts';
import { listWorkRuleSets } from '../../data/store/workRuleSets.ts';
import { addDays } from '../../forecasting/calendar/time.ts';
import type {
  QueueRequirement,
  ScheduleProblem,
  SchedulingAgent,
} from '../../forecasting/scheduling/problem.ts';
import { starterRules } from '../../forecasting/scheduling/starterSet.ts';
import { schedulingLevels } from '../contract/levels.ts';
import { readAvailability, readContract, readSkills } from './agents.ts';
import { readPast } from './pastShifts.ts';
import { publishedShifts } from './publishedShifts.ts';
import { Refusal } from './refusal.ts';
import { toRuleSet } from './ruleSets.ts';
import { spanOf } from './scheduleContent.ts';
import { readInputs } from './schedules.ts';
import { toShiftTemplate } from './shiftTemplates.ts';

/** Cost of an agent-hour where none is stored, in currency. */
const ASSUMED_COST_PER_HOUR = 25;

/** Everything that a schedule is computed from and measured against, as plain data. */
export async function readScheduleProblem(db: Db, schedule: StoredSchedule): Promise<ScheduleProblem> {
  const scope = [schedule.siteId];
  const { start, end } = spanOf(schedule);
  const grid = {
    start,
    stepSeconds: schedule.stepSeconds,
    timeZone: schedule.timeZone,
    count: Math.round((end - start) / schedule.stepSeconds),
  };
  const { staffingPlanIds, ruleSetId } = readInputs(schedule);
  const queues: QueueRequirement[] = [];
  for (const id of staffingPlanIds) {
    const plan = await findStaffingPlan(db, scope, id);
    const queue = plan && (await findQueue(db, scope, plan.queueId));
    if (plan && queue) queues.push({ id: queue.id, name: queue.name, required: requiredOn(plan, grid) });
  }
  const ruleSets = await listWorkRuleSets(db, scope, schedule.siteId);
  const chosen = ruleSets.find(set => (ruleSetId === null ? set.isDefault : set.id === ruleSetId));
  const days = await listSpecialDays(db, scope, schedule.siteId);
  const last = addDays(schedule.weekStart, schedule.days - 1);
  const published = await latestPublication(db, scope, schedule.siteId, schedule.weekStart);
  return {
    grid,
    queues,
    agents: await agentsOf(db, schedule, start, end),
    templates: (await listShiftTemplates(db, scope, schedule.siteId))
      .filter(template => template.active)
      .flatMap(template => toShiftTemplate(template) ?? []),
    rules: chosen ? toRuleSet(chosen) : starterRules(),
    holidays: days
      .filter(day => day.kind === 'holiday' && day.date >= schedule.weekStart && day.date <= last)
      .map(day => day.date),
    ...(published && { published: { assignments: publishedShifts(published) } }),
  };
}

/** The plan's agents to schedule on the grid of the schedule; a coarser plan holds for each part of its interval. */
function requiredOn(
  plan: StaffingPlan,
  grid: { readonly start: number; readonly stepSeconds: number; readonly count: number },
): readonly (number | null)[] {
  const column = plan.columns.agentsToSchedule ?? plan.columns.agents ?? [];
  return Array.from({ length: grid.count }, (_, i) => {
    const at = grid.start + i * grid.stepSeconds;
    return column[Math.floor((at - plan.start) / plan.stepSeconds)] ?? null;
  });
}

async function agentsOf(
  db: Db,
  schedule: StoredSchedule,
  start: number,
  end: number,
): Promise<readonly SchedulingAgent[]> {
  const scope = [schedule.siteId];
  const stored = await listAgents(db, scope, { siteId: schedule.siteId, activeOnly: true });
  const timeOff = await listTimeOff(db, scope, {
    siteId: schedule.siteId,
    statuses: ['approved'],
    fromEpochSeconds: start,
    toEpochSeconds: end,
  });
  const skills = await listSkills(db, scope, schedule.siteId);
  const past = await readPast(db, schedule);
  return stored.map(agent => {
    const { windows, templateIds } = readAvailability(agent);
    return {
      id: agent.id,
      name: agent.name,
      skills: schedulingLevels({ skills: readSkills(agent), licence: agent.licence }, skills),
      contract: readContract(agent),
      costPerHour: agent.costPerHourCents === null ? ASSUMED_COST_PER_HOUR : agent.costPerHourCents / 100,
      ...(windows.length > 0 && { availability: windows }),
      ...(templateIds.length > 0 && { templateIds }),
      timeOff: timeOff
        .filter(entry => entry.agentId === agent.id)
        .map(entry => ({ start: entry.start, end: entry.endsAt, reason: entry.category })),
      ...past.get(agent.id),
    };
  });
}

/** @throws Refusal naming what is missing before a schedule can be computed. */
export function assertSolvable(problem: ScheduleProblem): void {
  if (problem.queues.length === 0) {
    throw new Refusal('unprocessable', 'choose the staffing plans that the schedule is to cover first');
  }
  if (problem.agents.length === 0)
    throw new Refusal('unprocessable', 'there are no agents to schedule; add some first');
  if (problem.templates.length === 0)
    throw new Refusal('unprocessable', 'there are no shift templates; add some first');
}
