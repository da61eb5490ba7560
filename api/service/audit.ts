import { type AuditEvent, searchAudit, verifyAudit } from '../../data/store/audit.ts';
import { listUsers } from '../../data/store/users.ts';
import { type Context, reach, recordEvent } from './context.ts';
import { type PageQuery, pageFrom, pageStart } from './page.ts';

/** What to look for. */
export interface AuditQuery extends PageQuery {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly actorId?: string | undefined;
  readonly action?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly outcome?: 'done' | 'denied' | 'failed' | undefined;
}

/** A page of the trail, newest first. */
export async function readAudit(context: Context, query: AuditQuery) {
  const { db } = context.environment.store;
  const limit = query.limit ?? 100;
  const before = pageStart(query);
  const events = await searchAudit(db, reach(context, 'audit.read'), {
    ...(query.from !== undefined && { from: query.from }),
    ...(query.to !== undefined && { to: query.to }),
    ...(query.actorId !== undefined && { actorId: query.actorId }),
    ...(query.action !== undefined && { actionPrefix: query.action }),
    ...(query.subjectId !== undefined && { subjectId: query.subjectId }),
    ...(query.outcome !== undefined && { outcome: query.outcome }),
    ...(before !== undefined && { beforeSequence: before }),
    limit: limit + 1,
  });
  const names = new Map((await listUsers(db)).map(user => [user.id, user.name]));
  const page = pageFrom(events, limit, event => event.sequence);
  return { ...page, items: page.items.map(event => present(event, names)) };
}

function present(event: AuditEvent, names: ReadonlyMap<string, string>) {
  return {
    sequence: event.sequence,
    at: event.at,
    actorKind: event.actorKind,
    actorId: event.actorId,
    actorName: event.actorId === null ? null : (names.get(event.actorId) ?? null),
    action: event.action,
    outcome: event.outcome,
    subjectKind: event.subjectKind,
    subjectId: event.subjectId,
    siteId: event.siteId,
    requestId: event.requestId,
    detail: event.detail,
    hash: event.hash,
  };
}

/** Recomputes the whole chain. */
export async function verifyTrail(context: Context) {
  const verdict = await verifyAudit(context.environment.store.db);
  return verdict.kind === 'whole'
    ? { intact: true, checked: verdict.events, firstBrokenSequence: null, head: verdict.headHash }
    : { intact: false, checked: verdict.events, firstBrokenSequence: verdict.brokenAt, head: null };
}

/** The trail of a time range as CSV, oldest first, with what is needed to check the chain outside. */
export async function exportAudit(context: Context, range: { readonly from: number; readonly to: number }) {
  const events: AuditEvent[] = [];
  let beforeSequence: number | undefined;
  for (;;) {
    const page = await searchAudit(context.environment.store.db, reach(context, 'audit.read'), {
      ...range,
      ...(beforeSequence !== undefined && { beforeSequence }),
      limit: 5000,
    });
    events.push(...page);
    const last = page.at(-1);
    if (page.length < 5000 || !last) break;
    beforeSequence = last.sequence;
  }
  await recordEvent(context, 'audit.export', 'done', { subjectKind: 'audit', detail: { ...range } });
  return events.toReversed();
}
