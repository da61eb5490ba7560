import { z } from 'zod';
import { findForecast } from '../../data/store/forecasts.ts';
import {
  deleteStaffingPlan,
  findStaffingPlan,
  listStaffingPlans,
  type StaffingPlanSummary,
} from '../../data/store/staffingPlans.ts';
import { serviceGoalSchema, shrinkageSchema } from '../contract/centre.ts';
import { type Requirement, STAFFING_METHODS, type StaffingPlan } from '../contract/staffing.ts';
import { BINDING_NAMES } from '../job/computation/staffing.ts';
import { type Context, mutate, reach } from './context.ts';
import { type PageQuery, pageFrom } from './page.ts';
import { found, Refusal } from './refusal.ts';
import { startJob } from './startJob.ts';

/** Starts a job that computes the requirement of forecasts. */
export async function computeRequirement(
  context: Context,
  input: {
    readonly forecastIds: readonly string[];
    readonly name?: string | undefined;
    readonly method?: 'erlangA' | 'erlangC' | undefined;
    readonly chanceOfGoal?: number | undefined;
  },
): Promise<{ readonly jobId: string }> {
  const scope = reach(context, 'staffing.manage');
  return mutate(context, 'staffingPlan.create', async db => {
    const sites = new Set<string>();
    for (const id of input.forecastIds) sites.add(found(await findForecast(db, scope, id)).siteId);
    const [siteId] = sites;
    if (sites.size !== 1 || siteId === undefined) {
      throw new Refusal('unprocessable', 'compute the requirement of one site at a time');
    }
    const jobId = await startJob(context, db, { kind: 'requirement', siteId, input });
    return { value: { jobId }, subjectKind: 'job', subjectId: jobId, siteId };
  });
}

/** Staffing plans in reach, newest first. */
export async function readStaffingPlans(
  context: Context,
  query: PageQuery & {
    readonly siteId?: string | undefined;
    readonly queueId?: string | undefined;
    readonly forecastId?: string | undefined;
  },
) {
  const limit = query.limit ?? 200;
  const plans = await listStaffingPlans(context.environment.store.db, reach(context, 'staffing.read'), {
    ...(query.siteId !== undefined && { siteId: query.siteId }),
    ...(query.queueId !== undefined && { queueId: query.queueId }),
    ...(query.forecastId !== undefined && { forecastId: query.forecastId }),
    limit: limit + 1,
    after: query.cursor,
  });
  const page = pageFrom(plans, limit, plan => plan.id);
  return { ...page, items: page.items.map(presentPlan) };
}

const assumptionsSchema = z.object({
  patienceSeconds: z.number().nullable(),
  concurrency: z.int().default(1),
  shrinkage: z.array(shrinkageSchema),
});
const methodSchema = z.object({ name: z.enum(STAFFING_METHODS), reason: z.string() });

/** The requirement of one plan as columns. */
export async function readRequirement(context: Context, id: string): Promise<Requirement> {
  const plan = found(
    await findStaffingPlan(context.environment.store.db, reach(context, 'staffing.read'), id),
  );
  const assumptions = assumptionsSchema.safeParse(plan.assumptions);
  const method = methodSchema.safeParse(plan.method);
  const goal = serviceGoalSchema.safeParse(plan.goals);
  const column = (name: string) => [...(plan.columns[name] ?? new Array<null>(plan.count).fill(null))];
  return {
    planId: plan.id,
    forecastId: plan.forecastId,
    queueId: plan.queueId,
    start: plan.start,
    stepSeconds: plan.stepSeconds,
    timeZone: plan.timeZone,
    method: method.success ? method.data.name : 'workload',
    methodReason: method.success ? method.data.reason : '',
    goal: goal.success ? goal.data : {},
    shrinkage: assumptions.success ? assumptions.data.shrinkage : [],
    patienceSeconds: assumptions.success ? assumptions.data.patienceSeconds : null,
    concurrency: assumptions.success ? assumptions.data.concurrency : 1,
    agents: column('agents'),
    agentsWithShrinkage: column('agentsWithShrinkage'),
    agentsToSchedule: column('agentsToSchedule'),
    offered: column('offered'),
    ahtSeconds: column('ahtSeconds'),
    serviceLevel: column('serviceLevel'),
    asaSeconds: column('asaSeconds'),
    abandonmentRate: column('abandonmentRate'),
    occupancy: column('occupancy'),
    latestFinishSeconds: column('latestFinishSeconds'),
    chanceOfGoal: column('chanceOfGoal'),
    binding: column('binding'),
    bindingNames: [...BINDING_NAMES],
    computedAt: plan.createdAt,
    softwareVersion: plan.softwareVersion,
  };
}

/** Removes a staffing plan. */
export async function removeStaffingPlan(context: Context, id: string): Promise<void> {
  const scope = reach(context, 'staffing.manage');
  await mutate(context, 'staffingPlan.remove', async db => {
    const plan = found(await findStaffingPlan(db, scope, id));
    await deleteStaffingPlan(db, scope, id);
    return { value: undefined, subjectKind: 'staffingPlan', subjectId: id, siteId: plan.siteId };
  });
}

function presentPlan(plan: StaffingPlanSummary): StaffingPlan {
  const method = methodSchema.safeParse(plan.method);
  return {
    id: plan.id,
    siteId: plan.siteId,
    queueId: plan.queueId,
    forecastId: plan.forecastId,
    scenarioId: plan.scenarioId,
    name: plan.name,
    start: plan.start,
    stepSeconds: plan.stepSeconds,
    timeZone: plan.timeZone,
    count: plan.count,
    method: method.success ? method.data.name : 'workload',
    createdAt: plan.createdAt,
    createdBy: plan.createdBy ?? '',
  };
}
