import type { Db } from '../../data/db/connect.ts';
import {
  findPublication,
  latestPublication,
  listPublications,
  type PublicationSummary,
  publish,
} from '../../data/store/publications.ts';
import { findSchedule } from '../../data/store/schedules.ts';
import { findStaffingPlan } from '../../data/store/staffingPlans.ts';
import { changedDays, shiftChanges } from '../../forecasting/scheduling/shiftChanges.ts';
import { assignmentSchema } from '../contract/assignment.ts';
import type { Publication } from '../contract/publication.ts';
import { type Context, mutate, reach } from './context.ts';
import { draftShifts } from './draftShifts.ts';
import { applyAsOneEdit } from './editSchedule.ts';
import { peopleInReach } from './peopleInReach.ts';
import { publishedShifts } from './publishedShifts.ts';
import { found, Refusal } from './refusal.ts';
import { toColumns } from './scheduleContent.ts';
import { readScheduleFindings } from './scheduleFindings.ts';
import { readInputs } from './schedules.ts';
import { readSimulation } from './simulatePublication.ts';
import { startJob } from './startJob.ts';
import { asJson } from './storedQueue.ts';
import { userNames } from './userNames.ts';

/** What publishing now would change, and which hard rules are broken. */
export async function previewPublication(context: Context, id: string) {
  const { db } = context.environment.store;
  const schedule = found(await findSchedule(db, reach(context, 'schedule.read'), id));
  const findings = await readScheduleFindings(context, id);
  const before = publishedShifts(
    (await latestPublication(db, 'all', schedule.siteId, schedule.weekStart)) ?? { content: null },
  );
  const inReach = await peopleInReach(context, 'schedule.read', schedule.siteId);
  const changes = changedDays(before, await draftShifts(db, schedule), schedule.timeZone).filter(change =>
    inReach(change.agentId),
  );
  return {
    changes: changes.map(change => ({
      ...change,
      before: change.before.map(shift => assignmentSchema.parse(shift)),
      after: change.after.map(shift => assignmentSchema.parse(shift)),
    })),
    agentsAffected: new Set(changes.map(change => change.agentId)).size,
    hardFindings: findings.filter(finding => finding.kind === 'rule' && finding.severity === 'hard'),
  };
}

/** Publishes the draft as the next immutable version of its week. */
export async function publishSchedule(
  context: Context,
  id: string,
  revision: number,
  note: string,
): Promise<Publication> {
  const scope = reach(context, 'schedule.publish');
  const hard = (await readScheduleFindings(context, id)).filter(
    finding => finding.kind === 'rule' && finding.severity === 'hard',
  );
  if (hard.length > 0 && note === '') {
    throw new Refusal(
      'unprocessable',
      `${hard.length} hard rules are broken; say in the note why that is right`,
    );
  }
  return mutate(context, 'schedule.publish', async db => {
    const schedule = found(await findSchedule(db, scope, id));
    if (schedule.revision !== revision) {
      throw new Refusal('stale', undefined, { current: { revision: schedule.revision } });
    }
    const inputs = readInputs(schedule);
    const plans = await Promise.all(
      inputs.staffingPlanIds.map(plan => findStaffingPlan(db, [schedule.siteId], plan)),
    );
    const published = await publish(db, {
      siteId: schedule.siteId,
      scheduleId: id,
      weekStart: schedule.weekStart,
      content: asJson({ shifts: await draftShifts(db, schedule) }),
      requirement: asJson({
        plans: plans.flatMap(plan =>
          plan ? [{ id: plan.id, queueId: plan.queueId, columns: plan.columns }] : [],
        ),
      }),
      forecastIds: plans.flatMap(plan => (plan?.forecastId ? [plan.forecastId] : [])),
      seed: null,
      softwareVersion: context.environment.version,
      prediction: null,
      note: note === '' ? null : note,
      publishedBy: context.principal.userId,
      publishedAt: context.environment.now(),
    });
    await startJob(context, db, {
      kind: 'simulation',
      siteId: schedule.siteId,
      input: { resourceId: published.id },
      dedupeKey: `simulation:${published.id}`,
    });
    return {
      value: await presentPublication(db, published, await userNames(db)),
      subjectKind: 'schedule',
      subjectId: id,
      siteId: schedule.siteId,
      detail: { version: published.version, contentHash: published.contentHash, hardFindings: hard.length },
    };
  });
}

/** Published versions of a schedule, newest first. */
export async function readPublications(context: Context, scheduleId: string) {
  const { db } = context.environment.store;
  const scope = reach(context, 'schedule.read');
  found(await findSchedule(db, scope, scheduleId));
  const publications = await listPublications(db, scope, { scheduleId });
  const nameOf = await userNames(db);
  return Promise.all(publications.map(publication => presentPublication(db, publication, nameOf)));
}

/** A published version exactly as it was published, of the people in reach. */
export async function readPublication(context: Context, id: string) {
  const { db } = context.environment.store;
  const publication = found(await findPublication(db, reach(context, 'schedule.read'), id));
  const schedule = found(await findSchedule(db, [publication.siteId], publication.scheduleId));
  const inReach = await peopleInReach(context, 'schedule.read', publication.siteId);
  const shifts = publishedShifts(publication).filter(shift => inReach(shift.agentId));
  const agentIds = [...new Set(shifts.map(shift => shift.agentId))];
  return {
    publication: await presentPublication(db, publication, await userNames(db)),
    shifts: toColumns(schedule, agentIds, shifts),
  };
}

/** Makes a published version the draft again, as one edit that can be undone. */
export async function restorePublication(context: Context, id: string) {
  return mutate(context, 'schedule.restore', async db => {
    const publication = found(await findPublication(db, reach(context, 'schedule.manage'), id));
    const schedule = found(await findSchedule(db, [publication.siteId], publication.scheduleId));
    const changes = shiftChanges(await draftShifts(db, schedule), publishedShifts(publication));
    const label = `Go back to version ${publication.version}`;
    const value = await applyAsOneEdit(context, db, schedule, { label, changes, base: null });
    return { value, subjectKind: 'schedule', subjectId: schedule.id, siteId: schedule.siteId };
  });
}

async function presentPublication(
  db: Db,
  publication: PublicationSummary,
  nameOf: (userId: string | null) => string,
): Promise<Publication> {
  return {
    id: publication.id,
    scheduleId: publication.scheduleId,
    weekStart: publication.weekStart,
    version: publication.version,
    contentHash: publication.contentHash,
    note: publication.note,
    publishedBy: nameOf(publication.publishedBy),
    publishedAt: publication.publishedAt,
    simulation: await readSimulation(db, publication),
  };
}
