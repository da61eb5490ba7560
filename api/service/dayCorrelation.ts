import { historyExtent } from '../../data/store/intervalHistory.ts';
import { findQueue } from '../../data/store/queues.ts';
import { dayCorrelation } from '../../forecasting/demand/reconcile.ts';
import type { IntervalSeries } from '../../forecasting/history/series.ts';
import { type Context, reach } from './context.ts';
import { readQueueHistory } from './queueHistory.ts';
import { found, Refusal } from './refusal.ts';

const LOOK_BACK_SECONDS = 182 * 86_400;
const MOST_QUEUES = 20;

/** How far busy days of queues fall together; queues without history go by themselves. */
export async function readDayCorrelation(
  context: Context,
  queueIds: readonly string[],
): Promise<{ readonly queueIds: string[]; readonly correlation: number[][] }> {
  if (queueIds.length > MOST_QUEUES) {
    throw new Refusal('invalid', `query.queueIds: at most ${MOST_QUEUES} queues at a time`);
  }
  const { db } = context.environment.store;
  const scope = reach(context, 'forecast.read');
  const series = new Map<string, IntervalSeries>();
  for (const id of queueIds) {
    const queue = found(await findQueue(db, scope, id));
    const extent = await historyExtent(db, queue.number);
    const history =
      extent &&
      (await readQueueHistory(db, queue, { fromEpochSeconds: extent.lastStart - LOOK_BACK_SECONDS }));
    if (history) series.set(id, history.series);
  }
  const known = [...series.keys()];
  const matrix = dayCorrelation([...series.values()]);
  const at = (a: string, b: string) => matrix[known.indexOf(a)]?.[known.indexOf(b)] ?? 0;
  return {
    queueIds: [...queueIds],
    correlation: queueIds.map(a => queueIds.map(b => (a === b ? 1 : at(a, b)))),
  };
}
