import type { DayHistory } from '../history/dayHistory.ts';

/** The first `end` days of a history, as views: later rows cannot be read. */
export function headOf(history: DayHistory, end: number): DayHistory {
  const { table } = history;
  if (end === table.days) return history;
  const cells = end * table.slots;
  return {
    table: {
      ...table,
      days: end,
      counts: table.counts.subarray(0, cells),
      ahtSeconds: table.ahtSeconds.subarray(0, cells),
      open: table.open.subarray(0, cells),
    },
    counts: history.counts.subarray(0, cells),
    totals: history.totals.subarray(0, end),
    weight: history.weight.subarray(0, end),
    deviation: history.deviation.subarray(0, end),
    afterClosure: history.afterClosure.subarray(0, end + 1),
    shiftRow: history.shiftRow < end ? history.shiftRow : -1,
    shiftLog: history.shiftRow < end ? history.shiftLog : 0,
    marks: history.marks.filter(mark => mark.row < end),
  };
}
