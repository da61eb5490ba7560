import { listFeltMeasures, putFeltMeasures } from '../../data/store/feltMeasures.ts';
import { listQueues } from '../../data/store/queues.ts';
import { FELT_MEASURES } from '../contract/felt.ts';
import { type Context, mutate, reach } from './context.ts';
import { found } from './refusal.ts';

/** What patients felt, per queue and day. */
export interface FeltValue {
  readonly queueId: string;
  readonly measure: (typeof FELT_MEASURES)[number];
  readonly date: string;
  readonly value: number;
  readonly answers: number | null;
}

/** Felt measures in a range of days. */
export async function readFelt(
  context: Context,
  filter: { readonly from: string; readonly to: string; readonly siteId?: string | undefined },
): Promise<readonly FeltValue[]> {
  const { db } = context.environment.store;
  const scope = reach(context, 'report.read');
  const queues = await listQueues(db, scope, filter.siteId);
  const siteIds = [...new Set(queues.map(queue => queue.siteId))];
  const lists = await Promise.all(
    siteIds.map(siteId => listFeltMeasures(db, scope, { siteId, from: filter.from, to: filter.to })),
  );
  return lists.flat().flatMap(({ queueId, measure, date, value, answers }) => {
    const known = FELT_MEASURES.find(name => name === measure);
    return known === undefined ? [] : [{ queueId, measure: known, date, value, answers }];
  });
}

/** Stores felt measures, all or none. */
export async function storeFelt(
  context: Context,
  values: readonly FeltValue[],
): Promise<{ readonly stored: number }> {
  const scope = reach(context, 'report.manage');
  return mutate(context, 'felt.put', async db => {
    const sites = new Map((await listQueues(db, scope)).map(queue => [queue.id, queue.siteId]));
    const measures = values.map(value => ({
      ...value,
      siteId: found(sites.get(value.queueId)),
      batchId: null,
    }));
    await putFeltMeasures(db, measures);
    return {
      value: { stored: measures.length },
      subjectKind: 'felt',
      siteId: measures[0]?.siteId ?? null,
      detail: { values: measures.length },
    };
  });
}
