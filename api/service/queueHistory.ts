import type { Db } from '../../data/db/connect.ts';
import { listFindingDecisions } from '../../data/store/findings.ts';
import { readSeries } from '../../data/store/intervalHistory.ts';
import type { Queue } from '../../data/store/queues.ts';
import { listSpecialDays } from '../../data/store/specialDays.ts';
import type { SpecialDay } from '../../forecasting/calendar/opening.ts';
import type { IntervalSeries } from '../../forecasting/history/series.ts';

/** All that a forecast of a queue may learn from, as plain data. */
export interface QueueHistory {
  readonly series: IntervalSeries;
  readonly specialDays: readonly SpecialDay[];
  /** Ids of findings whose values a person decided to keep. */
  readonly keepFindings: readonly string[];
}

/** The history of a queue with edits taken over; undefined when nothing is stored. */
export async function readQueueHistory(
  db: Db,
  queue: Queue,
  range: { readonly fromEpochSeconds?: number; readonly toEpochSeconds?: number } = {},
): Promise<QueueHistory | undefined> {
  const series = await readSeries(db, queue, range);
  if (!series) return undefined;
  const [days, decisions] = await Promise.all([
    listSpecialDays(db, 'all', queue.siteId, queue.id),
    listFindingDecisions(db, 'all', queue.id),
  ]);
  const offered = [...series.offered];
  for (const decision of decisions) {
    if (decision.decision !== 'edit' || !Array.isArray(decision.replacement)) continue;
    const first = (decision.fromEpochSeconds - series.start) / series.stepSeconds;
    decision.replacement.forEach((value, i) => {
      const at = first + i;
      if (Number.isInteger(at) && at >= 0 && at < offered.length && typeof value === 'number')
        offered[at] = value;
    });
  }
  return {
    series: { ...series, offered },
    specialDays: days.map(({ date, name, kind, hours }) => ({ date, name, kind, ...(hours && { hours }) })),
    keepFindings: decisions
      .filter(({ decision }) => decision === 'keep')
      .map(({ kind, fromEpochSeconds, toEpochSeconds }) => `${kind}:${fromEpochSeconds}:${toEpochSeconds}`),
  };
}
