import { z } from 'zod';
import { findSchedule } from '../../data/store/schedules.ts';
import { findStaffingPlan } from '../../data/store/staffingPlans.ts';
import { type Evaluation, evaluateSchedule } from '../../forecasting/scheduling/evaluate.ts';
import type { ScheduleProblem } from '../../forecasting/scheduling/problem.ts';
import { evaluateSeries } from '../../forecasting/staffing/evaluateSeries.ts';
import type { Load } from '../../forecasting/staffing/load.ts';
import { serviceGoalSchema } from '../contract/centre.ts';
import { type Context, reach } from './context.ts';
import { draftShifts } from './draftShifts.ts';
import { peopleInReach } from './peopleInReach.ts';
import { found } from './refusal.ts';
import { readScheduleProblem } from './scheduleProblem.ts';
import { readInputs } from './schedules.ts';

/** How a schedule stands: broken rules, uncovered stretches, required and scheduled agents. */
async function evaluate(
  context: Context,
  id: string,
): Promise<{
  siteId: string;
  problem: ScheduleProblem;
  evaluation: Evaluation;
  planIds: readonly string[];
}> {
  const { db } = context.environment.store;
  const schedule = found(await findSchedule(db, reach(context, 'schedule.read'), id));
  const problem = await readScheduleProblem(db, schedule);
  const evaluation = evaluateSchedule(problem, { assignments: await draftShifts(db, schedule) });
  return { siteId: schedule.siteId, problem, evaluation, planIds: readInputs(schedule).staffingPlanIds };
}

/** Broken rules of the people in reach, and uncovered stretches, with their reason. */
export async function readScheduleFindings(context: Context, id: string) {
  const { siteId, problem, evaluation } = await evaluate(context, id);
  const inReach = await peopleInReach(context, 'schedule.read', siteId);
  const shown = evaluation.findings.filter(({ agentId }) => agentId === null || inReach(agentId));
  const rules = shown.map(finding => ({
    kind: 'rule' as const,
    severity: finding.hard ? ('hard' as const) : ('soft' as const),
    ruleId: finding.ruleId,
    agentId: finding.agentId,
    queueId: null,
    from: finding.start,
    to: finding.end,
    message: finding.sentence,
    amount: finding.amount,
  }));
  return [...rules, ...uncovered(problem, evaluation)];
}

/** Stretches with at least half an agent missing. */
function uncovered(problem: ScheduleProblem, evaluation: Evaluation) {
  const { grid } = problem;
  return evaluation.coverage.queues.flatMap(queue => {
    const name = problem.queues.find(known => known.id === queue.queueId)?.name ?? queue.queueId;
    const stretches: { from: number; to: number; missing: number }[] = [];
    queue.difference.forEach((difference, i) => {
      if (difference === null || difference > -0.5) return;
      const at = grid.start + i * grid.stepSeconds;
      const hours = (-difference * grid.stepSeconds) / 3600;
      const last = stretches.at(-1);
      if (last?.to === at) {
        last.to = at + grid.stepSeconds;
        last.missing += hours;
      } else stretches.push({ from: at, to: at + grid.stepSeconds, missing: hours });
    });
    return stretches.map(stretch => ({
      kind: 'uncovered' as const,
      severity: 'soft' as const,
      ruleId: null,
      agentId: null,
      queueId: queue.queueId,
      from: stretch.from,
      to: stretch.to,
      message: `${name}: ${stretch.missing.toFixed(1)} agent-hours missing`,
      amount: stretch.missing,
    }));
  });
}

const assumptionsSchema = z.object({ patienceSeconds: z.number().nullable() });

/** Required and scheduled agents with the predicted service level, per queue. */
export async function readCoverage(context: Context, id: string) {
  const { db } = context.environment.store;
  const { problem, evaluation, planIds } = await evaluate(context, id);
  const plans = await Promise.all(planIds.map(planId => findStaffingPlan(db, 'all', planId)));
  const { start, stepSeconds, timeZone } = problem.grid;
  return evaluation.coverage.queues.map(queue => {
    const plan = plans.find(known => known?.queueId === queue.queueId);
    const predicted = plan ? predict(plan, problem, queue.scheduled) : [];
    return {
      queueId: queue.queueId,
      start,
      stepSeconds,
      timeZone,
      required: [...queue.required],
      scheduled: queue.scheduled.map((agents, i) =>
        queue.required[i] === null && agents === 0 ? null : agents,
      ),
      serviceLevel: predicted.map(one => one?.serviceLevel ?? null),
      abandonmentRate: predicted.map(one => one?.abandonmentRate ?? null),
    };
  });
}

function predict(
  plan: NonNullable<Awaited<ReturnType<typeof findStaffingPlan>>>,
  problem: ScheduleProblem,
  scheduled: readonly number[],
) {
  const goal = serviceGoalSchema.safeParse(plan.goals);
  const level = goal.success ? goal.data.serviceLevel : undefined;
  const assumptions = assumptionsSchema.safeParse(plan.assumptions);
  const patienceSeconds = assumptions.success ? assumptions.data.patienceSeconds : null;
  const { grid } = problem;
  const at = (name: string, i: number) =>
    plan.columns[name]?.[Math.floor((grid.start + i * grid.stepSeconds - plan.start) / plan.stepSeconds)] ??
    null;
  const ratio = (i: number) => {
    const agents = at('agents', i);
    const planned = at('agentsToSchedule', i);
    // Of the agents on the schedule some are absent or in meetings; the plan says what share is left.
    return agents === null || planned === null || planned <= 0 ? 1 : Math.min(1, agents / planned);
  };
  const loads = scheduled.map((_, i): Load | null => {
    const calls = at('offered', i);
    const ahtSeconds = at('ahtSeconds', i);
    if (calls === null || ahtSeconds === null) return null;
    return {
      calls: (calls * grid.stepSeconds) / plan.stepSeconds,
      intervalSeconds: grid.stepSeconds,
      ahtSeconds,
      ...(patienceSeconds !== null && { patience: { kind: 'exponential', meanSeconds: patienceSeconds } }),
    };
  });
  const agents = scheduled.map((count, i) => Math.floor(count * ratio(i) + 1e-9));
  const threshold = { answerWithinSeconds: level?.answerWithinSeconds ?? 30 };
  return evaluateSeries(loads, agents, threshold).map(metrics =>
    metrics === null
      ? null
      : {
          serviceLevel: metrics.serviceLevel[level?.definition ?? 'offered'],
          abandonmentRate: metrics.abandonProbability,
        },
  );
}
