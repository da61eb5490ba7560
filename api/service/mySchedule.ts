import type { Db } from '../../data/db/connect.ts';
import { toIcal } from '../../data/export/ical.ts';
import { findAgent } from '../../data/store/agents.ts';
import { createIcalLink, findIcalLink, listIcalLinks, revokeIcalLink } from '../../data/store/icalLinks.ts';
import { findPublication, listPublications } from '../../data/store/publications.ts';
import { listTimeOff } from '../../data/store/timeOff.ts';
import { addDays, localDay } from '../../forecasting/calendar/time.ts';
import type { Assignment } from '../../forecasting/scheduling/schedule.ts';
import { hashSecret, newSecret } from '../auth/secret.ts';
import { assignmentSchema } from '../contract/assignment.ts';
import { type Context, mutate } from './context.ts';
import { publishedShifts } from './publishedShifts.ts';
import { found, Refusal } from './refusal.ts';
import { ownAgent, presentTimeOff, zoneOfSite } from './timeOff.ts';

/** Weeks of published shifts that a calendar shows before and after now. */
const CALENDAR_WEEKS = 8;
const WEEK_SECONDS = 604_800;

/** The caller's own published shifts and time off. */
export async function readMySchedule(
  context: Context,
  range: { readonly from: string; readonly to: string },
) {
  const { db } = context.environment.store;
  const agent = await ownAgent(context, db);
  const timeZone = await zoneOfSite(db, agent.siteId);
  const from = localDay(range.from, timeZone).startEpochSeconds;
  const to = localDay(range.to, timeZone).endEpochSeconds;
  if (to - from > 400 * 86_400) throw new Refusal('invalid', 'query.to: ask for at most 400 days at once');
  const { shifts, publishedAt } = await publishedShiftsOf(db, agent, from, to);
  const timeOff = await listTimeOff(db, [agent.siteId], {
    agentId: agent.id,
    fromEpochSeconds: from,
    toEpochSeconds: to,
  });
  return {
    agentId: agent.id,
    timeZone,
    shifts: shifts.map(shift => assignmentSchema.parse(shift)),
    publishedAt,
    timeOff: timeOff.map(presentTimeOff),
  };
}

/** The shifts of the newest version of each week that touches a range. */
async function publishedShiftsOf(
  db: Db,
  agent: { readonly id: string; readonly siteId: string },
  from: number,
  to: number,
): Promise<{ readonly shifts: readonly Assignment[]; readonly publishedAt: number | null }> {
  const summaries = await listPublications(db, [agent.siteId], { siteId: agent.siteId, limit: 1000 });
  const earliest = addDays(new Date(from * 1000).toISOString().slice(0, 10), -36);
  const latest = new Date(to * 1000).toISOString().slice(0, 10);
  const newest = new Map<string, (typeof summaries)[number]>();
  for (const summary of summaries) {
    if (summary.weekStart < earliest || summary.weekStart > latest) continue;
    if (!newest.has(summary.weekStart)) newest.set(summary.weekStart, summary);
  }
  const shifts: Assignment[] = [];
  let publishedAt: number | null = null;
  for (const summary of newest.values()) {
    const publication = await findPublication(db, [agent.siteId], summary.id);
    if (!publication) continue;
    const own = publishedShifts(publication).filter(
      shift => shift.agentId === agent.id && shift.end > from && shift.start < to,
    );
    shifts.push(...own);
    if (own.length > 0) publishedAt = Math.max(publishedAt ?? 0, publication.publishedAt);
  }
  return { shifts: shifts.sort((a, b) => a.start - b.start), publishedAt };
}

/** The caller's live calendar links. */
export async function readCalendarLinks(context: Context) {
  const { db } = context.environment.store;
  const agent = await ownAgent(context, db);
  const links = await listIcalLinks(db, [agent.siteId], agent.id);
  return links.filter(link => link.revokedAt === null).map(({ id, createdAt }) => ({ id, createdAt }));
}

/** Makes a calendar address; only its hash is stored. */
export async function addCalendarLink(context: Context) {
  const secret = newSecret();
  return mutate(context, 'calendarLink.create', async db => {
    const agent = await ownAgent(context, db);
    const link = await createIcalLink(db, {
      siteId: agent.siteId,
      agentId: agent.id,
      tokenHash: hashSecret(secret),
      createdAt: context.environment.now(),
    });
    const value = { id: link.id, path: `/api/calendar/${secret}.ics` };
    return { value, subjectKind: 'calendarLink', subjectId: link.id, siteId: agent.siteId };
  });
}

/** Revokes one of the caller's calendar addresses. */
export async function removeCalendarLink(context: Context, id: string): Promise<void> {
  await mutate(context, 'calendarLink.revoke', async db => {
    const agent = await ownAgent(context, db);
    const links = await listIcalLinks(db, [agent.siteId], agent.id);
    if (!links.some(link => link.id === id)) throw new Refusal('notFound');
    if (!(await revokeIcalLink(db, [agent.siteId], id, context.environment.now())))
      throw new Refusal('notFound');
    return { value: undefined, subjectKind: 'calendarLink', subjectId: id, siteId: agent.siteId };
  });
}

/** An agent's published shifts as iCalendar, by the secret in its address. Names no other person. */
export async function readCalendar(context: Context, secret: string): Promise<string> {
  const { store, now } = context.environment;
  const link = found(await findIcalLink(store.db, hashSecret(secret.replace(/\.ics$/, ''))));
  const agent = found(await findAgent(store.db, [link.siteId], link.agentId));
  const span = CALENDAR_WEEKS * WEEK_SECONDS;
  const { shifts, publishedAt } = await publishedShiftsOf(store.db, agent, now() - span, now() + span);
  return toIcal(
    'Shifts',
    shifts.map(shift => ({
      id: `${shift.id}@coverline`,
      start: shift.start,
      end: shift.end,
      title: 'Shift',
      description: shift.activities
        .filter(activity => activity.kind !== 'work')
        .map(({ kind, start }) => `${kind} ${new Date(start * 1000).toISOString()}`)
        .join('\n'),
      // Grows with every publication, so that calendars take the newer time of a shift that moved.
      sequence: Math.floor((publishedAt ?? 0) / 60),
    })),
    now(),
  );
}
