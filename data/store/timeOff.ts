import type { Selectable } from 'kysely';
import type { Db } from '../db/connect.ts';
import { newId } from '../db/id.ts';
import { inScope, type SiteScope } from '../db/scope.ts';
import type { TimeOffTable } from '../db/table/people.ts';
import { type UpdateOutcome, updateIfUnchanged } from '../db/update.ts';

/** Where a request for time off stands. */
export type TimeOffStatus = 'requested' | 'approved' | 'declined' | 'withdrawn';

/** Time off as `[start, endsAt)` in epoch seconds. The category is kept, never the reason. */
export interface TimeOff {
  readonly id: string;
  readonly siteId: string;
  readonly agentId: string;
  readonly start: number;
  readonly endsAt: number;
  readonly category: string;
  readonly status: TimeOffStatus;
  readonly requestedBy: string | null;
  readonly requestedAt: number;
  readonly decidedBy: string | null;
  readonly decidedAt: number | null;
  readonly revision: number;
}

/** Notes a request, or time off that is already approved. */
export async function createTimeOff(
  db: Db,
  input: Pick<TimeOff, 'siteId' | 'agentId' | 'start' | 'endsAt' | 'category' | 'requestedAt'> &
    Partial<Pick<TimeOff, 'status' | 'requestedBy'>>,
): Promise<TimeOff> {
  if (input.endsAt <= input.start) throw new RangeError('time off must end after it starts');
  const timeOff: TimeOff = {
    status: 'requested',
    requestedBy: null,
    ...input,
    id: newId(),
    decidedBy: null,
    decidedAt: null,
    revision: 1,
  };
  await db.insertInto('timeOff').values(timeOff).execute();
  return timeOff;
}

/** Time off in scope that overlaps the range, by start. */
export async function listTimeOff(
  db: Db,
  scope: SiteScope,
  filter: {
    readonly siteId?: string;
    readonly agentId?: string;
    readonly statuses?: readonly TimeOffStatus[];
    readonly fromEpochSeconds?: number;
    readonly toEpochSeconds?: number;
  } = {},
): Promise<readonly TimeOff[]> {
  let query = db.selectFrom('timeOff').selectAll().where(inScope(scope));
  if (filter.siteId !== undefined) query = query.where('siteId', '=', filter.siteId);
  if (filter.agentId !== undefined) query = query.where('agentId', '=', filter.agentId);
  if (filter.statuses) query = query.where('status', 'in', filter.statuses);
  if (filter.fromEpochSeconds !== undefined) query = query.where('endsAt', '>', filter.fromEpochSeconds);
  if (filter.toEpochSeconds !== undefined) query = query.where('start', '<', filter.toEpochSeconds);
  return (await query.orderBy('start').orderBy('id').execute()).map(toTimeOff);
}

/** Decides on a request (or withdraws it) if it still has `expectedRevision`. */
export async function decideTimeOff(
  db: Db,
  scope: SiteScope,
  id: string,
  expectedRevision: number,
  decision: {
    readonly status: Exclude<TimeOffStatus, 'requested'>;
    readonly userId: string | null;
    readonly at: number;
  },
): Promise<UpdateOutcome> {
  return updateIfUnchanged(db, 'timeOff', scope, id, expectedRevision, {
    status: decision.status,
    decidedBy: decision.userId,
    decidedAt: decision.at,
  });
}

const STATUSES: readonly TimeOffStatus[] = ['requested', 'approved', 'declined', 'withdrawn'];

function toTimeOff(row: Selectable<TimeOffTable>): TimeOff {
  return { ...row, status: STATUSES.find(status => status === row.status) ?? 'requested' };
}
