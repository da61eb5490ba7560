import type { Selectable } from 'kysely';
import { anyJson, decodeOptional, encodeOptional, type JsonValue } from '../db/codec.ts';
import type { Db } from '../db/connect.ts';
import { newId } from '../db/id.ts';
import { inScope, type SiteScope } from '../db/scope.ts';
import type { HistoryFindingTable } from '../db/table/history.ts';
import { deleteInScope } from '../db/update.ts';

/** What a planner decided about a finding in a queue's history. The history itself is never changed by it. */
export interface FindingDecision {
  readonly id: string;
  readonly siteId: string;
  readonly queueId: string;
  readonly kind: string;
  readonly fromEpochSeconds: number;
  readonly toEpochSeconds: number;
  /** accept = treat as the finding says, keep = leave the values as they are, edit = use `replacement`. */
  readonly decision: 'accept' | 'keep' | 'edit';
  readonly replacement: JsonValue | null;
  readonly note: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: number;
}

/** Stores a decision; a later one about the same finding replaces it. */
export async function decideFinding(db: Db, input: Omit<FindingDecision, 'id'>): Promise<void> {
  const columns = {
    decision: input.decision,
    replacement: encodeOptional(anyJson, input.replacement),
    note: input.note,
    decidedBy: input.decidedBy,
    decidedAt: input.decidedAt,
  };
  await db
    .insertInto('historyFinding')
    .values({
      id: newId(),
      siteId: input.siteId,
      queueId: input.queueId,
      kind: input.kind,
      fromEpochSeconds: input.fromEpochSeconds,
      toEpochSeconds: input.toEpochSeconds,
      ...columns,
    })
    .onConflict(conflict =>
      conflict.columns(['queueId', 'kind', 'fromEpochSeconds', 'toEpochSeconds']).doUpdateSet(columns),
    )
    .execute();
}

/** The decisions about a queue, by time. */
export async function listFindingDecisions(
  db: Db,
  scope: SiteScope,
  queueId: string,
): Promise<readonly FindingDecision[]> {
  const rows = await db
    .selectFrom('historyFinding')
    .selectAll()
    .where('queueId', '=', queueId)
    .where(inScope(scope))
    .orderBy('fromEpochSeconds')
    .orderBy('kind')
    .execute();
  return rows.map(toDecision);
}

/** Takes a decision back. */
export async function forgetFindingDecision(db: Db, scope: SiteScope, id: string): Promise<boolean> {
  return deleteInScope(db, 'historyFinding', scope, id);
}

const DECISIONS: readonly FindingDecision['decision'][] = ['accept', 'keep', 'edit'];

function toDecision(row: Selectable<HistoryFindingTable>): FindingDecision {
  return {
    ...row,
    decision: DECISIONS.find(decision => decision === row.decision) ?? 'keep',
    replacement: decodeOptional(anyJson, row.replacement),
  };
}
