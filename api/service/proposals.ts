import { z } from 'zod';
import type { Db } from '../../data/db/connect.ts';
import { listAgents } from '../../data/store/agents.ts';
import { findSchedule } from '../../data/store/schedules.ts';
import { deleteSetting, readSetting, writeSetting } from '../../data/store/settings.ts';
import { daysBetween } from '../../forecasting/calendar/time.ts';
import { shiftChanges } from '../../forecasting/scheduling/shiftChanges.ts';
import { assignmentSchema } from '../contract/assignment.ts';
import { type EditedSchedule, type Proposal, proposalSchema } from '../contract/schedule.ts';
import { type Context, mutate, reach } from './context.ts';
import { draftShifts } from './draftShifts.ts';
import { applyAsOneEdit } from './editSchedule.ts';
import { peopleInReach } from './peopleInReach.ts';
import { found, Refusal } from './refusal.ts';
import { dayOfShift, toColumns } from './scheduleContent.ts';
import { assertSolvable, readScheduleProblem } from './scheduleProblem.ts';
import { startJob } from './startJob.ts';
import { asJson } from './storedQueue.ts';

/** A proposal as stored: its head, the draft that it started from and the shifts that it suggests. */
const storedSchema = z.object({
  proposal: proposalSchema,
  before: z.array(assignmentSchema),
  after: z.array(assignmentSchema),
});
export type StoredProposal = z.output<typeof storedSchema>;

const scopeOf = (scheduleId: string) => `schedule:${scheduleId}`;
const nameOf = (proposalId: string) => `proposal:${proposalId}`;

/** Moves per agent and day: how hard the search tries. */
const EFFORT = { quick: 1000, normal: 4000, thorough: 20_000 } as const;

/** Starts a job that computes shifts; its result is a proposal. */
export async function generateSchedule(
  context: Context,
  id: string,
  input: {
    readonly mode: 'whole' | 'repair' | 'breaks';
    readonly agentIds?: readonly string[] | undefined;
    readonly effort?: keyof typeof EFFORT | undefined;
    readonly seed?: number | undefined;
  },
): Promise<{ readonly jobId: string }> {
  return mutate(context, 'schedule.generate', async db => {
    const schedule = found(await findSchedule(db, reach(context, 'schedule.manage'), id));
    assertSolvable(await readScheduleProblem(db, schedule));
    const jobId = await startJob(context, db, {
      kind: 'schedule',
      siteId: schedule.siteId,
      input: {
        resourceId: id,
        mode: input.mode,
        agentIds: input.agentIds ?? null,
        movesPerAgentDay: EFFORT[input.effort ?? 'normal'],
        // Proving how good it can get takes longer than a quick look.
        bounded: input.effort !== 'quick',
        seed: input.seed ?? 1,
      },
    });
    return { value: { jobId }, subjectKind: 'schedule', subjectId: id, siteId: schedule.siteId };
  });
}

/** Keeps a computed proposal. */
export async function storeProposal(db: Db, stored: StoredProposal, at: number): Promise<void> {
  const { id, scheduleId } = stored.proposal;
  await writeSetting(db, { scope: scopeOf(scheduleId), name: nameOf(id), value: asJson(stored), at });
}

async function findProposal(db: Db, scheduleId: string, proposalId: string): Promise<StoredProposal> {
  const stored = storedSchema.safeParse(await readSetting(db, scopeOf(scheduleId), nameOf(proposalId)));
  return found(stored.success ? stored.data : undefined);
}

/** A proposal with its shifts of the people in reach. */
export async function readProposal(context: Context, scheduleId: string, proposalId: string) {
  const { db } = context.environment.store;
  const schedule = found(await findSchedule(db, reach(context, 'schedule.read'), scheduleId));
  const { proposal, after } = await findProposal(db, scheduleId, proposalId);
  const agents = await listAgents(db, [schedule.siteId], { siteId: schedule.siteId, activeOnly: true });
  const inReach = await peopleInReach(context, 'schedule.read', schedule.siteId);
  return {
    proposal,
    shifts: toColumns(
      schedule,
      agents.map(agent => agent.id).filter(inReach),
      after.filter(shift => inReach(shift.agentId)),
    ),
  };
}

/** Takes a proposal over, whole or for some agents and days, as one edit that can be undone. */
export async function acceptProposal(
  context: Context,
  scheduleId: string,
  proposalId: string,
  part: {
    readonly agentIds?: readonly string[] | undefined;
    readonly dates?: readonly string[] | undefined;
    readonly overwrite?: boolean | undefined;
  },
): Promise<EditedSchedule> {
  return mutate(context, 'schedule.acceptProposal', async db => {
    const schedule = found(await findSchedule(db, reach(context, 'schedule.manage'), scheduleId));
    const stored = await findProposal(db, scheduleId, proposalId);
    if (stored.proposal.status === 'discarded')
      throw new Refusal('wrongState', 'this proposal was discarded');
    const days = part.dates?.map(date => daysBetween(schedule.weekStart, date));
    const wanted = (shift: { readonly agentId: string; readonly start: number }) =>
      (part.agentIds?.includes(shift.agentId) ?? true) &&
      (days?.includes(dayOfShift(schedule, shift)) ?? true);
    // Without overwriting, shifts must look as they did when the proposal was computed; the edit reports what does not.
    const before = part.overwrite === true ? await draftShifts(db, schedule) : stored.before;
    const changes = shiftChanges(before.filter(wanted), stored.after.filter(wanted));
    const value = await applyAsOneEdit(context, db, schedule, {
      label: 'Accept proposal',
      changes,
      base: null,
    });
    const whole = part.agentIds === undefined && part.dates === undefined;
    const proposal: Proposal = { ...stored.proposal, status: whole ? 'accepted' : 'partlyAccepted' };
    await storeProposal(db, { ...stored, proposal }, context.environment.now());
    return {
      value,
      subjectKind: 'schedule',
      subjectId: scheduleId,
      siteId: schedule.siteId,
      detail: { proposalId, shifts: changes.length, whole },
    };
  });
}

/** Throws a proposal away. */
export async function discardProposal(
  context: Context,
  scheduleId: string,
  proposalId: string,
): Promise<void> {
  await mutate(context, 'schedule.discardProposal', async db => {
    const schedule = found(await findSchedule(db, reach(context, 'schedule.manage'), scheduleId));
    await findProposal(db, scheduleId, proposalId);
    await deleteSetting(db, scopeOf(scheduleId), nameOf(proposalId));
    return {
      value: undefined,
      subjectKind: 'schedule',
      subjectId: scheduleId,
      siteId: schedule.siteId,
      detail: { proposalId },
    };
  });
}
