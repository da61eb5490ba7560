import { findAgent, listAgents } from '../../data/store/agents.ts';
import { findSite } from '../../data/store/sites.ts';
import { createTimeOff, decideTimeOff, listTimeOff, type TimeOff } from '../../data/store/timeOff.ts';
import { localDay } from '../../forecasting/calendar/time.ts';
import { peopleOf, reachesPerson } from '../auth/principal.ts';
import { TIME_OFF_KINDS, type TimeOff as TimeOffAnswer } from '../contract/people.ts';
import { type Context, mutate, reach } from './context.ts';
import { found, Refusal } from './refusal.ts';
import { unlessConflict } from './unlessConflict.ts';

/** Time off that touches a range of days, of the people in reach. */
export async function readTimeOff(
  context: Context,
  filter: {
    readonly from: string;
    readonly to: string;
    readonly siteId?: string | undefined;
    readonly agentId?: string | undefined;
  },
): Promise<readonly TimeOffAnswer[]> {
  const { db } = context.environment.store;
  const scope = reach(context, 'people.read');
  const people = peopleOf(context.principal, 'people.read');
  const agents = await listAgents(db, scope, filter.siteId === undefined ? {} : { siteId: filter.siteId });
  const visible = new Set(agents.filter(agent => reachesPerson(people, agent)).map(agent => agent.id));
  // A day on either side, because the range is meant in each site's own zone.
  const entries = await listTimeOff(db, scope, {
    ...(filter.siteId !== undefined && { siteId: filter.siteId }),
    ...(filter.agentId !== undefined && { agentId: filter.agentId }),
    fromEpochSeconds: localDay(filter.from, 'UTC').startEpochSeconds - 86_400,
    toEpochSeconds: localDay(filter.to, 'UTC').endEpochSeconds + 86_400,
  });
  return entries.filter(entry => visible.has(entry.agentId)).map(presentTimeOff);
}

interface TimeOffFields {
  readonly agentId: string;
  readonly category: string;
  readonly start: number;
  readonly end: number;
}

/** Enters approved time off. */
export async function addTimeOff(context: Context, input: TimeOffFields): Promise<TimeOffAnswer> {
  assertSpan(input);
  return mutate(context, 'timeOff.create', async db => {
    const agent = found(await findAgent(db, reach(context, 'timeOff.decide'), input.agentId));
    if (!reachesPerson(peopleOf(context.principal, 'timeOff.decide'), agent)) throw new Refusal('notFound');
    const entry = await createTimeOff(db, {
      siteId: agent.siteId,
      agentId: agent.id,
      start: input.start,
      endsAt: input.end,
      category: input.category,
      status: 'approved',
      requestedBy: context.principal.userId,
      requestedAt: context.environment.now(),
    });
    return {
      value: presentTimeOff(entry),
      subjectKind: 'timeOff',
      subjectId: entry.id,
      siteId: agent.siteId,
    };
  });
}

/** Approves or declines a request. */
export async function settleTimeOff(
  context: Context,
  id: string,
  decision: { readonly status: 'approved' | 'declined'; readonly note: string },
): Promise<TimeOffAnswer> {
  const scope = reach(context, 'timeOff.decide');
  return mutate(context, 'timeOff.decide', async db => {
    const entry = found((await listTimeOff(db, scope)).find(known => known.id === id));
    const agent = found(await findAgent(db, scope, entry.agentId));
    if (!reachesPerson(peopleOf(context.principal, 'timeOff.decide'), agent)) throw new Refusal('notFound');
    unlessConflict(
      await decideTimeOff(db, scope, id, entry.revision, {
        status: decision.status,
        userId: context.principal.userId,
        at: context.environment.now(),
      }),
    );
    const settled = found(
      (await listTimeOff(db, scope, { agentId: agent.id })).find(known => known.id === id),
    );
    return {
      value: presentTimeOff(settled),
      subjectKind: 'timeOff',
      subjectId: id,
      siteId: agent.siteId,
      detail: { ...decision },
    };
  });
}

/** Asks for time off for the own person. */
export async function requestOwnTimeOff(
  context: Context,
  input: Omit<TimeOffFields, 'agentId'>,
): Promise<TimeOffAnswer> {
  assertSpan(input);
  return mutate(context, 'timeOff.request', async db => {
    const agent = await ownAgent(context, db);
    const entry = await createTimeOff(db, {
      siteId: agent.siteId,
      agentId: agent.id,
      start: input.start,
      endsAt: input.end,
      category: input.category,
      requestedBy: context.principal.userId,
      requestedAt: context.environment.now(),
    });
    return {
      value: presentTimeOff(entry),
      subjectKind: 'timeOff',
      subjectId: entry.id,
      siteId: agent.siteId,
    };
  });
}

/** Withdraws an own request. */
export async function withdrawOwnTimeOff(context: Context, id: string): Promise<void> {
  await mutate(context, 'timeOff.withdraw', async db => {
    const agent = await ownAgent(context, db);
    const entry = found((await listTimeOff(db, 'all', { agentId: agent.id })).find(known => known.id === id));
    unlessConflict(
      await decideTimeOff(db, 'all', id, entry.revision, {
        status: 'withdrawn',
        userId: context.principal.userId,
        at: context.environment.now(),
      }),
    );
    return { value: undefined, subjectKind: 'timeOff', subjectId: id, siteId: agent.siteId };
  });
}

/** The agent that the caller is. @throws Refusal when the account is nobody's. */
export async function ownAgent(context: Context, db: Parameters<typeof findAgent>[0]) {
  const { agentId } = context.principal;
  const agent = agentId === null ? undefined : await findAgent(db, 'all', agentId);
  if (!agent) throw new Refusal('wrongState', 'this account is not linked to an agent');
  return agent;
}

/** The time zone in which an agent's days are counted. */
export async function zoneOfSite(db: Parameters<typeof findSite>[0], siteId: string): Promise<string> {
  return found(await findSite(db, 'all', siteId)).timeZone;
}

function assertSpan(span: { readonly start: number; readonly end: number }): void {
  if (span.end <= span.start) throw new Refusal('invalid', 'body.end must be after body.start');
}

export function presentTimeOff(entry: TimeOff): TimeOffAnswer {
  return {
    id: entry.id,
    agentId: entry.agentId,
    category: TIME_OFF_KINDS.find(kind => kind === entry.category) ?? 'other',
    start: entry.start,
    end: entry.endsAt,
    status: entry.status,
    requestedAt: entry.requestedAt,
    decidedBy: entry.decidedBy,
    decidedAt: entry.decidedAt,
  };
}
