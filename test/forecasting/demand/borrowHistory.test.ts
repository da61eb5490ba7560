import { describe, expect, it } from 'vitest';
import { forecastQueue, type IntervalSeries } from '../../../forecasting/index.ts';
import { expectedContacts, midnight, syntheticSeries } from './synthetic.ts';

const OPTIONS = { days: 120, hours: [7, 20] as const };
const SMALL = syntheticSeries({ ...OPTIONS, perDay: 60, seed: 2 });
const SIMILAR = [3, 4].map(seed => syntheticSeries({ ...OPTIONS, perDay: 500, seed }));
const ORIGIN = midnight(SMALL, 100);

/** The small queue as if it had opened this many days before the origin. */
function young(days: number): IntervalSeries {
  const from = (midnight(SMALL, 100 - days) - SMALL.start) / SMALL.stepSeconds;
  return { ...SMALL, offered: SMALL.offered.map((n, i) => (i < from ? null : n)) };
}

function errorOf(series: IntervalSeries, similarQueues: readonly IntervalSeries[]): number {
  const forecast = forecastQueue(series, { originEpochSeconds: ORIGIN, horizonDays: 7, similarQueues });
  let error = 0;
  for (const [d, day] of forecast.days.entries()) {
    for (let slot = 0; slot < 48; slot++) {
      const truth = expectedContacts({ ...OPTIONS, perDay: 60 }, (100 + d) % 7, slot);
      error += Math.abs(forecast.offered[day.firstIndex + slot]! - truth);
    }
  }
  return error;
}

describe('similar queues', () => {
  it('bring the forecast of a queue ten days old nearer to its truth, and a note says so', () => {
    expect(errorOf(young(10), SIMILAR)).toBeLessThan(0.8 * errorOf(young(10), []));
    const forecast = forecastQueue(young(10), {
      originEpochSeconds: ORIGIN,
      horizonDays: 7,
      similarQueues: SIMILAR,
    });
    expect(forecast.notes.join(' ')).toContain('56 days before it were borrowed from similar queues');
  });

  it('change nothing once the queue has eight weeks of its own', () => {
    expect(errorOf(young(70), SIMILAR)).toBe(errorOf(young(70), []));
  });

  it('are read only before the origin', () => {
    const cut = (ORIGIN - SMALL.start) / SMALL.stepSeconds;
    const poisoned = SIMILAR.map(one => ({
      ...one,
      offered: one.offered.map((n, i) => (i >= cut ? 1e7 : n)),
    }));
    expect(errorOf(young(10), poisoned)).toBe(errorOf(young(10), SIMILAR));
  });

  it('must have the same interval length', () => {
    expect(() => errorOf(young(10), [{ ...SIMILAR[0]!, stepSeconds: 900 }])).toThrow(
      'similar queues must have',
    );
  });
});
