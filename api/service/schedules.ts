import { z } from 'zod';
import type { Db } from '../../data/db/connect.ts';
import { listPublications } from '../../data/store/publications.ts';
import {
  createSchedule,
  deleteSchedule,
  findSchedule,
  listSchedules,
  type Schedule,
  updateSchedule,
} from '../../data/store/schedules.ts';
import { lastSequence, listAgentWeeks, saveScheduleEdit } from '../../data/store/scheduleWeeks.ts';
import { findSite } from '../../data/store/sites.ts';
import { findStaffingPlan } from '../../data/store/staffingPlans.ts';
import { listWorkRuleSets } from '../../data/store/workRuleSets.ts';
import { paidMinutes } from '../../forecasting/scheduling/schedule.ts';
import { peopleOf, reachesPerson } from '../auth/principal.ts';
import type { ScheduleHead } from '../contract/schedule.ts';
import { assertReaches, type Context, mutate, reach } from './context.ts';
import { type PageQuery, pageFrom } from './page.ts';
import { found, Refusal } from './refusal.ts';
import { readAgentParts } from './scheduleCache.ts';
import { readShifts, shiftsValue, toColumns } from './scheduleContent.ts';
import { asJson } from './storedQueue.ts';

const inputsSchema = z.object({
  staffingPlanIds: z.array(z.string()).default([]),
  ruleSetId: z.string().nullable().default(null),
});

/** What a schedule is measured against. */
export function readInputs(schedule: Pick<Schedule, 'inputs'>): z.output<typeof inputsSchema> {
  const inputs = inputsSchema.safeParse(schedule.inputs);
  return inputs.success ? inputs.data : { staffingPlanIds: [], ruleSetId: null };
}

/** Schedules in reach, newest week first. */
export async function readSchedules(
  context: Context,
  query: PageQuery & { readonly siteId?: string | undefined },
) {
  const { db } = context.environment.store;
  const limit = query.limit ?? 200;
  const schedules = await listSchedules(db, reach(context, 'schedule.read'), {
    ...(query.siteId !== undefined && { siteId: query.siteId }),
    limit: limit + 1,
    after: query.cursor,
  });
  const page = pageFrom(schedules, limit, schedule => schedule.id);
  return { ...page, items: await Promise.all(page.items.map(schedule => presentSchedule(db, schedule))) };
}

interface NewScheduleFields {
  readonly siteId: string;
  readonly name: string;
  readonly weekStart: string;
  readonly days: number;
  readonly staffingPlanIds: readonly string[];
  readonly ruleSetId: string | null;
  readonly copyOf?: string | undefined;
}

/** Starts an empty schedule, or a copy of another one of the same week. */
export async function addSchedule(context: Context, input: NewScheduleFields): Promise<ScheduleHead> {
  assertReaches(context, 'schedule.manage', input.siteId);
  const scope = reach(context, 'schedule.manage');
  return mutate(context, 'schedule.create', async db => {
    const site = found(await findSite(db, scope, input.siteId));
    const { stepSeconds } = await assertInputs(db, input.siteId, input);
    const schedule = await createSchedule(db, {
      siteId: site.id,
      name: input.name,
      weekStart: input.weekStart,
      days: input.days,
      timeZone: site.timeZone,
      stepSeconds,
      inputs: { staffingPlanIds: [...input.staffingPlanIds], ruleSetId: input.ruleSetId },
      createdBy: context.principal.userId,
      createdAt: context.environment.now(),
    });
    if (input.copyOf !== undefined) await copyShifts(context, db, input.copyOf, schedule);
    const value = await presentSchedule(db, found(await findSchedule(db, scope, schedule.id)));
    return { value, subjectKind: 'schedule', subjectId: schedule.id, siteId: site.id };
  });
}

async function copyShifts(context: Context, db: Db, fromId: string, to: Schedule): Promise<void> {
  const from = found(await findSchedule(db, reach(context, 'schedule.read'), fromId));
  if (from.siteId !== to.siteId) throw new Refusal('notFound');
  if (from.weekStart !== to.weekStart || from.days !== to.days) {
    throw new Refusal('unprocessable', 'a copy must cover the same days as the original');
  }
  const weeks = await listAgentWeeks(db, [from.siteId], from.id);
  if (weeks.length === 0) return;
  await saveScheduleEdit(db, {
    scheduleId: to.id,
    siteId: to.siteId,
    days: to.days,
    label: `Copy of ${from.name}`,
    operation: { copyOf: from.id },
    inverse: null,
    rows: weeks.map(week => ({
      agentId: week.agentId,
      content: shiftsValue(readShifts(week)),
      paidMinutes: readShifts(week).reduce((sum, shift) => sum + paidMinutes(shift), 0),
      days: Array.from({ length: to.days }, (_, day) => day),
      basedOn: Array.from({ length: to.days }, () => 0),
    })),
    userId: context.principal.userId,
    at: context.environment.now(),
  });
}

/** The step of the staffing plans, all of which must belong to the site; likewise the rules. */
async function assertInputs(
  db: Db,
  siteId: string,
  input: { readonly staffingPlanIds: readonly string[]; readonly ruleSetId: string | null },
): Promise<{ readonly stepSeconds: number }> {
  const steps: number[] = [];
  for (const id of input.staffingPlanIds) {
    steps.push(found(await findStaffingPlan(db, [siteId], id)).stepSeconds);
  }
  if (input.ruleSetId !== null) {
    const sets = await listWorkRuleSets(db, [siteId], siteId);
    found(sets.find(set => set.id === input.ruleSetId));
  }
  return { stepSeconds: steps.length === 0 ? 900 : Math.min(...steps) };
}

/** All shifts as columns, of the people in reach. */
export async function readSchedule(context: Context, id: string) {
  const { db } = context.environment.store;
  const scope = reach(context, 'schedule.read');
  // Before all else: who follows the edits may take one in twice that way, and misses none.
  const sequence = await lastSequence(db, id);
  const schedule = found(await findSchedule(db, scope, id));
  const people = peopleOf(context.principal, 'schedule.read');
  const rows = await db
    .selectFrom('agent')
    .select(['id', 'siteId', 'teamId', 'active'])
    .where('siteId', '=', schedule.siteId)
    .orderBy('name')
    .orderBy('id')
    .execute();
  const parts = await readAgentParts(db, schedule);
  const shown = rows
    .filter(agent => reachesPerson(people, agent) && (agent.active === 1 || parts.has(agent.id)))
    .map(agent => agent.id);
  const none = Array.from({ length: schedule.days }, () => 0);
  return {
    schedule: await presentSchedule(db, schedule),
    shifts: toColumns(
      schedule,
      shown,
      shown.flatMap(id => parts.get(id)?.shifts ?? []),
    ),
    dayRevisions: shown.map(id => [...(parts.get(id)?.dayRevisions ?? none)]),
    lastSequence: sequence,
  };
}

/** Changes a schedule's name, inputs or status. */
export async function changeSchedule(
  context: Context,
  id: string,
  revision: number,
  change: {
    readonly name?: string | undefined;
    readonly staffingPlanIds?: readonly string[] | undefined;
    readonly ruleSetId?: string | null | undefined;
    readonly status?: 'draft' | 'archived' | undefined;
  },
): Promise<ScheduleHead> {
  const scope = reach(context, 'schedule.manage');
  return mutate(context, 'schedule.update', async db => {
    const before = found(await findSchedule(db, scope, id));
    if (before.revision !== revision) {
      throw new Refusal('stale', undefined, { current: { revision: before.revision } });
    }
    const inputs = readInputs(before);
    const after = {
      staffingPlanIds: [...(change.staffingPlanIds ?? inputs.staffingPlanIds)],
      ruleSetId: change.ruleSetId === undefined ? inputs.ruleSetId : change.ruleSetId,
    };
    await assertInputs(db, before.siteId, after);
    await updateSchedule(db, scope, id, {
      inputs: after,
      updatedAt: context.environment.now(),
      ...(change.name !== undefined && { name: change.name }),
      ...(change.status !== undefined && { status: change.status }),
    });
    const value = await presentSchedule(db, found(await findSchedule(db, scope, id)));
    return { value, subjectKind: 'schedule', subjectId: id, siteId: before.siteId, detail: asJson(change) };
  });
}

/** Removes a schedule that was never published. */
export async function removeSchedule(context: Context, id: string): Promise<void> {
  const scope = reach(context, 'schedule.manage');
  await mutate(context, 'schedule.remove', async db => {
    const schedule = found(await findSchedule(db, scope, id));
    if ((await listPublications(db, scope, { scheduleId: id, limit: 1 })).length > 0) {
      throw new Refusal('wrongState', 'a published schedule is kept; archive it instead');
    }
    await deleteSchedule(db, scope, id);
    return { value: undefined, subjectKind: 'schedule', subjectId: id, siteId: schedule.siteId };
  });
}

/** A schedule's head as it is answered. */
export async function presentSchedule(db: Db, schedule: Schedule): Promise<ScheduleHead> {
  const [last] = await listPublications(db, 'all', { scheduleId: schedule.id, limit: 1 });
  return {
    id: schedule.id,
    siteId: schedule.siteId,
    name: schedule.name,
    weekStart: schedule.weekStart,
    days: schedule.days,
    timeZone: schedule.timeZone,
    stepSeconds: schedule.stepSeconds,
    status: schedule.status,
    ...readInputs(schedule),
    scenarioId: schedule.scenarioId,
    publishedVersion: last?.version ?? null,
    changedSincePublication: last !== undefined && schedule.status === 'draft',
    revision: schedule.revision,
    createdAt: schedule.createdAt,
    createdBy: schedule.createdBy ?? '',
    updatedAt: schedule.updatedAt,
  };
}
