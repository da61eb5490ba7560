import type { Db } from '../../data/db/connect.ts';
import { type IntervalRow, type MEASURES, readIntervals } from '../../data/store/intervalHistory.ts';
import type { Queue } from '../../data/store/queues.ts';
import type { IntervalGrid } from '../../forecasting/calendar/grid.ts';
import type { IntervalActuals } from '../../forecasting/review/actuals.ts';

/** What happened on a grid, as the review wants it. A measure that the source never gave is left out as a whole. */
export async function readActuals(db: Db, queue: Queue, grid: IntervalGrid): Promise<IntervalActuals> {
  const end = grid.start + grid.count * grid.stepSeconds;
  const rows = await readIntervals(db, queue.number, grid.start, end);
  const column = (measure: (typeof MEASURES)[number]) => {
    const values = new Array<number | null>(grid.count).fill(null);
    let known = false;
    for (const row of rows) {
      const index = (row.start - grid.start) / grid.stepSeconds;
      if (!Number.isInteger(index)) continue;
      values[index] = measureOf(row, measure);
      known ||= values[index] !== null;
    }
    return known ? values : undefined;
  };
  const none = () => new Array<number | null>(grid.count).fill(null);
  const optional = {
    handled: column('handled'),
    abandoned: column('abandoned'),
    shortAbandoned: column('shortAbandoned'),
    answeredWithin: column('answeredWithin'),
    answerWaitSeconds: column('answerWaitSeconds'),
    handleSeconds: column('handleSeconds'),
  };
  const known = Object.fromEntries(Object.entries(optional).filter(([, values]) => values !== undefined));
  return {
    start: grid.start,
    stepSeconds: grid.stepSeconds,
    timeZone: grid.timeZone,
    offered: column('offered') ?? none(),
    ...known,
  };
}

function measureOf(row: IntervalRow, measure: (typeof MEASURES)[number]): number | null {
  if (measure !== 'handleSeconds' || row.handleSeconds !== null) return row[measure];
  return row.talkSeconds === null ? null : row.talkSeconds + (row.holdSeconds ?? 0) + (row.wrapSeconds ?? 0);
}

/** Value ÷ weight per interval; null where either is missing or the weight is 0. */
export function perInterval(
  values: readonly (number | null)[] | undefined,
  weights: readonly (number | null)[] | undefined,
  count: number,
): (number | null)[] {
  return Array.from({ length: count }, (_, i) => {
    const value = values?.[i];
    const weight = weights?.[i];
    return value == null || weight == null || weight === 0 ? null : value / weight;
  });
}
