import { describe, expect, it } from 'vitest';
import { localDay } from '../../../forecasting/calendar/time.ts';
import { ledgerOf } from '../../../forecasting/scheduling/ledger.ts';
import type { Assignment } from '../../../forecasting/scheduling/schedule.ts';

const ZONE = 'Europe/Berlin';

function shift(date: string, hour: number, hours: number): Assignment {
  const start = localDay(date, ZONE).startEpochSeconds + hour * 3600;
  const end = start + hours * 3600;
  const activities = [{ kind: 'work' as const, start, end, paid: true }];
  return { id: `${date} ${hour}`, agentId: 'a', start, end, templateId: null, activities };
}

describe('ledgerOf', () => {
  it('counts two weekend days as one weekend, and each shift as late or night but not both', () => {
    const ledger = ledgerOf(
      [
        shift('2026-05-09', 8, 8), // Saturday
        shift('2026-05-10', 13, 8), // Sunday until 21:00: no late
        shift('2026-05-11', 13.5, 8), // until 21:30: late
        shift('2026-05-12', 18, 8), // until 02:00: late
        shift('2026-05-13', 22, 8), // until 06:00: night
        shift('2026-05-14', 3, 8), // from 03:00: night, on Ascension Day
      ],
      ZONE,
      new Set(['2026-05-14']),
    );
    expect(ledger).toEqual({ weekends: 1, lates: 2, nights: 2, holidays: 1, wishesGranted: 0 });
  });

  it('is empty for nobody’s shifts', () => {
    expect(ledgerOf([], ZONE, new Set())).toEqual({
      weekends: 0,
      lates: 0,
      nights: 0,
      holidays: 0,
      wishesGranted: 0,
    });
  });
});
