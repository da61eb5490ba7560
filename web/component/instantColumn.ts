import type { ReactNode } from 'react';
import { formatDayTime, isoDayTime, NO_VALUE } from '../lib/format.ts';
import type { TableColumn } from './DataTable.tsx';

interface InstantColumn<Row> {
  readonly id: string;
  readonly header: string;
  /** UTC epoch seconds. */
  readonly at: (row: Row) => number | null;
  readonly timeZone: string;
  /** How it is shown; as day and wall-clock time unless told. */
  readonly format?: (epochSeconds: number, timeZone: string) => string;
  /** Shown where there is no instant. */
  readonly absent?: string;
  readonly cell?: (row: Row) => ReactNode;
}

/** A column of instants: sorted by time, shown as a day and a wall-clock time, taken away as `2026-03-14 09:15`. */
export function instantColumn<Row>(column: InstantColumn<Row>): TableColumn<Row> {
  const { id, header, at, timeZone, format = formatDayTime, absent = NO_VALUE } = column;
  const shown = (row: Row) => {
    const instant = at(row);
    return instant === null ? absent : format(instant, timeZone);
  };
  const taken = (row: Row) => {
    const instant = at(row);
    return instant === null ? null : isoDayTime(instant, timeZone);
  };
  return { id, header, value: at, cell: column.cell ?? shown, taken };
}
