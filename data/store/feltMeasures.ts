import type { Db } from '../db/connect.ts';
import { inScope, type SiteScope } from '../db/scope.ts';

/** What patients felt, per queue and period: a share, a score or a count, and how many answers it rests on. */
export interface FeltMeasure {
  readonly siteId: string;
  readonly queueId: string;
  /** `firstCallResolution`, `satisfaction`, `netPromoterScore`, `followUpsOnTime`, `openTickets`, … */
  readonly measure: string;
  /** First and last local date; the same for a single day. */
  readonly date: string;
  readonly toDate: string;
  readonly value: number;
  readonly answers: number | null;
  readonly batchId: string | null;
}

const ROWS_PER_STATEMENT = 500;

/** Stores measures; one that exists for the same queue, measure and period takes the new value. */
export async function putFeltMeasures(db: Db, measures: readonly FeltMeasure[]): Promise<void> {
  for (let from = 0; from < measures.length; from += ROWS_PER_STATEMENT) {
    await db
      .insertInto('feltMeasure')
      .values(measures.slice(from, from + ROWS_PER_STATEMENT))
      .onConflict(conflict =>
        conflict.columns(['queueId', 'measure', 'date', 'toDate']).doUpdateSet(eb => ({
          value: eb.ref('excluded.value'),
          answers: eb.ref('excluded.answers'),
          batchId: eb.ref('excluded.batchId'),
        })),
      )
      .execute();
  }
}

/** Measures in scope with periods inside `[from, to]`, by queue, measure and date. */
export async function listFeltMeasures(
  db: Db,
  scope: SiteScope,
  filter: {
    readonly siteId: string;
    readonly queueId?: string;
    readonly measure?: string;
    readonly from?: string;
    readonly to?: string;
  },
): Promise<readonly FeltMeasure[]> {
  let query = db
    .selectFrom('feltMeasure')
    .selectAll()
    .where('siteId', '=', filter.siteId)
    .where(inScope(scope));
  if (filter.queueId !== undefined) query = query.where('queueId', '=', filter.queueId);
  if (filter.measure !== undefined) query = query.where('measure', '=', filter.measure);
  if (filter.from !== undefined) query = query.where('date', '>=', filter.from);
  if (filter.to !== undefined) query = query.where('toDate', '<=', filter.to);
  return query.orderBy('queueId').orderBy('measure').orderBy('date').orderBy('toDate').execute();
}
