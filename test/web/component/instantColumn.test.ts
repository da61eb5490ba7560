import { describe, expect, it } from 'vitest';
import { instantColumn } from '../../../web/component/instantColumn.ts';

/** Four in the afternoon in UTC is eight in the morning in Los Angeles, eight hours behind in winter. */
const AFTERNOON = Date.UTC(2026, 0, 5, 16) / 1000;

describe('a column of instants', () => {
  const column = instantColumn<{ readonly at: number | null }>({
    id: 'at',
    header: 'When',
    at: row => row.at,
    timeZone: 'America/Los_Angeles',
    absent: 'never',
  });

  it('is sorted by time and taken away as the wall clock of its zone, with the year', () => {
    expect(column.value({ at: AFTERNOON })).toBe(AFTERNOON);
    expect(column.taken?.({ at: AFTERNOON })).toBe('2026-01-05 08:00');
    expect(column.cell?.({ at: AFTERNOON })).toBe('Mon, Jan 5, 08:00');
  });

  it('has words on the page and nothing in the file where there is no instant', () => {
    expect(column.cell?.({ at: null })).toBe('never');
    expect(column.taken?.({ at: null })).toBeNull();
  });
});
