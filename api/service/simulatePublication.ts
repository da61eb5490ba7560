import { z } from 'zod';
import type { JsonValue } from '../../data/db/codec.ts';
import type { Db } from '../../data/db/connect.ts';
import type { Publication as StoredPublication } from '../../data/store/publications.ts';
import type { Schedule } from '../../data/store/schedules.ts';
import { readSetting, writeSetting } from '../../data/store/settings.ts';
import { findStaffingPlan, type StaffingPlan } from '../../data/store/staffingPlans.ts';
import type { IntervalGrid } from '../../forecasting/calendar/grid.ts';
import type { ScheduleProblem } from '../../forecasting/scheduling/problem.ts';
import type { Assignment } from '../../forecasting/scheduling/schedule.ts';
import type { PlanAgent, PlanInput, PlanQueue } from '../../forecasting/simulation/planModel.ts';
import { serviceGoalSchema } from '../contract/centre.ts';
import { planSimulationSchema } from '../contract/publication.ts';
import { publishedShifts } from './publishedShifts.ts';
import { readScheduleProblem } from './scheduleProblem.ts';
import { readInputs } from './schedules.ts';

/** A publication never changes, so its simulation is kept beside it. */
const settingName = (publicationId: string) => `simulation.${publicationId}`;

/** What a published week is simulated from: its shifts, and the calls that its requirement was made for. */
export async function publicationDemand(
  db: Db,
  schedule: Schedule,
  publication: Pick<StoredPublication, 'content'>,
): Promise<PlanInput> {
  const problem = await readScheduleProblem(db, schedule);
  const queues: PlanQueue[] = [];
  for (const id of readInputs(schedule).staffingPlanIds) {
    const plan = await findStaffingPlan(db, [schedule.siteId], id);
    const queue = plan && queueOf(plan, problem.grid);
    if (queue) queues.push(queue);
  }
  const known = new Set(queues.map(queue => queue.id));
  return { grid: problem.grid, queues, agents: agentsOf(problem, publishedShifts(publication), known) };
}

const assumptionsSchema = z.looseObject({ patienceSeconds: z.number().positive().nullable() });

function queueOf(plan: StaffingPlan, grid: IntervalGrid): PlanQueue | undefined {
  const goals = serviceGoalSchema.safeParse(plan.goals);
  const goal = goals.success ? goals.data.serviceLevel : undefined;
  const assumptions = assumptionsSchema.safeParse(plan.assumptions);
  const patienceSeconds = assumptions.success ? assumptions.data.patienceSeconds : null;
  const at = (column: readonly (number | null)[] | undefined, i: number) =>
    column?.[Math.floor((grid.start + i * grid.stepSeconds - plan.start) / plan.stepSeconds)] ?? null;
  const share = grid.stepSeconds / plan.stepSeconds;
  const intervals = Array.from({ length: grid.count }, (_, i) => i);
  const calls = intervals.map(i => (at(plan.columns.offered, i) ?? 0) * share);
  const aht = intervals.map(i => at(plan.columns.ahtSeconds, i));
  const usual = aht.find(value => value !== null && value > 0);
  if (!goal || usual == null || calls.every(value => value === 0)) return undefined;
  return {
    id: plan.queueId,
    goal,
    calls,
    ahtSeconds: aht.map(value => (value !== null && value > 0 ? value : usual)),
    ...(patienceSeconds !== null && { patience: { kind: 'exponential', meanSeconds: patienceSeconds } }),
  };
}

function agentsOf(
  problem: ScheduleProblem,
  shifts: readonly Assignment[],
  queueIds: ReadonlySet<string>,
): readonly PlanAgent[] {
  const byAgent = new Map<string, Assignment[]>();
  for (const shift of shifts) byAgent.set(shift.agentId, [...(byAgent.get(shift.agentId) ?? []), shift]);
  return problem.agents.flatMap(agent => {
    const own = byAgent.get(agent.id) ?? [];
    const skills = agent.skills
      .filter(({ skill }) => queueIds.has(skill))
      .map(({ skill }) => ({ queue: skill }));
    if (own.length === 0 || skills.length === 0) return [];
    const duty = [...own]
      .sort((a, b) => a.start - b.start)
      .map(shift => ({
        startSeconds: shift.start,
        endSeconds: shift.end,
        breaks: shift.activities
          .filter(activity => activity.kind !== 'work')
          .map(activity => ({ startSeconds: activity.start, endSeconds: activity.end })),
      }));
    return [{ id: agent.id, skills, duty }];
  });
}

/** Keeps a simulation beside its publication. */
export async function storeSimulation(
  db: Db,
  publication: Pick<StoredPublication, 'id' | 'siteId'>,
  value: JsonValue,
  at: number,
): Promise<void> {
  await writeSetting(db, { scope: publication.siteId, name: settingName(publication.id), value, at });
}

/** The simulation of a publication; null until it has run. */
export async function readSimulation(db: Db, publication: Pick<StoredPublication, 'id' | 'siteId'>) {
  const stored = planSimulationSchema.safeParse(
    await readSetting(db, publication.siteId, settingName(publication.id)),
  );
  return stored.success ? stored.data : null;
}
