import { describe, expect, it } from 'vitest';
import { type CallRecord, localDay, seriesFromCalls } from '../../../forecasting/index.ts';

const ZONE = 'America/New_York';
const MIDNIGHT = localDay('2024-03-04', ZONE).startEpochSeconds;
const at = (hours: number, fields: Partial<CallRecord> = {}): CallRecord => ({
  arrivalEpochSeconds: MIDNIGHT + hours * 3600,
  outcome: 'handled',
  handleSeconds: 200,
  ...fields,
});

describe('seriesFromCalls', () => {
  it('counts whole local days, zero where nobody called', () => {
    const { series } = seriesFromCalls([at(9), at(9.1, { handleSeconds: 400 }), at(13)], {
      timeZone: ZONE,
      stepSeconds: 1800,
    });
    expect(series.start).toBe(MIDNIGHT);
    expect(series.offered).toHaveLength(48);
    expect(series.offered[18]).toBe(2);
    expect(series.ahtSeconds[18]).toBe(300);
    expect(series.offered[0]).toBe(0);
    expect(series.ahtSeconds[0]).toBeNull();
  });

  it('keeps queues apart, drops phantoms and short abandons', () => {
    const calls = [
      at(9, { queue: 'a' }),
      at(9, { queue: 'b' }),
      at(9, { queue: 'a', outcome: 'excluded' }),
      at(9, { queue: 'a', outcome: 'abandoned', waitSeconds: 3 }),
      at(9, { queue: 'a', outcome: 'abandoned', waitSeconds: 30 }),
    ];
    const { series } = seriesFromCalls(calls, {
      timeZone: ZONE,
      stepSeconds: 3600,
      queue: 'a',
      shortAbandonSeconds: 5,
    });
    expect(series.offered[9]).toBe(2);
    expect(series.abandoned?.[9]).toBe(1);
    expect(series.handled?.[9]).toBe(1);
  });

  it('takes a day without any call between busy days of its weekday as missing', () => {
    const calls: CallRecord[] = [];
    for (let day = 0; day < 28; day++) {
      if (day !== 14) for (let i = 0; i < 40; i++) calls.push(at(day * 24 + 9 + i / 10));
    }
    // Days 7 onward lie after the clock change; the day is found by its local date.
    const { series, findings } = seriesFromCalls(calls, { timeZone: ZONE, stepSeconds: 3600 });
    expect(findings.map(finding => finding.kind)).toEqual(['gap']);
    const missing = series.offered.filter(n => n === null);
    expect(missing).toHaveLength(24);
  });

  it('refuses an empty list', () => {
    expect(() => seriesFromCalls([], { timeZone: ZONE, stepSeconds: 1800 })).toThrow('at least 1 contact');
  });
});
