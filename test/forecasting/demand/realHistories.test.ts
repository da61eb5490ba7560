import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CallRecord, forecastQueue, seriesFromCalls } from '../../../forecasting/index.ts';
import {
  historiesPresent,
  originAt,
  PROTOCOLS,
  readHistory,
  sharedFolder,
} from '../../bench/forecast/history.ts';
import { scoreHistory } from '../../bench/forecast/score.ts';

// Real histories are no part of the project; without them the reason is printed and these tests are left out.
describe.skipIf(!historiesPresent())('real histories, development origins', () => {
  // Measured with `npm run bench -- forecast --dev`, with room for a choice that falls otherwise.
  it.each([
    ['bank-us-15min', [44, 50], 0.085],
    ['ed-arrivals-hourly', [1103, 1247], 0.32],
  ] as const)('%s stays near what was measured, its bands hold', (name, origins, limit) => {
    const protocol = PROTOCOLS.find(one => one.name === name)!;
    const month = scoreHistory(readHistory(name, protocol.timeZone), origins).horizons[2]!;
    expect(month.accuracy.wape).toBeLessThan(limit);
    expect(month.accuracy.coverage[0]!.share).toBeGreaterThan(0.7);
    expect(month.accuracy.coverage[0]!.share).toBeLessThan(0.93);
  });

  it('names the filled-in days of the bank as copies', () => {
    const history = readHistory('bank-us-15min', 'America/New_York');
    const forecast = forecastQueue(history.series, {
      originEpochSeconds: originAt(history, 73),
      horizonDays: 7,
    });
    const copies = forecast.findings.filter(finding => finding.kind === 'copied-day');
    expect(copies.length).toBeGreaterThanOrEqual(3);
    for (const copy of copies) expect(history.imputed.has(copy.fromEpochSeconds + 12 * 3600)).toBe(true);
  });

  it('counts single calls of four weeks and forecasts the days after', () => {
    const lines = readFileSync(join(sharedFolder(), 'data', 'calls-january-1999.csv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1);
    const calls = lines.map((line): CallRecord => {
      const [arrival = '', queue = '', , , wait, outcome, service] = line.split(',');
      return {
        arrivalEpochSeconds: Date.parse(`${arrival.replace(' ', 'T')}Z`) / 1000,
        queue,
        waitSeconds: Number(wait),
        handleSeconds: Number(service),
        outcome: outcome === 'PHANTOM' ? 'excluded' : outcome === 'HANG' ? 'abandoned' : 'handled',
      };
    });
    const { series } = seriesFromCalls(calls, { timeZone: 'UTC', stepSeconds: 1800 });
    const counted = series.offered.reduce<number>((sum, n) => sum + (n ?? 0), 0);
    expect(counted).toBe(calls.filter(call => call.outcome !== 'excluded').length);
    const origin = Date.UTC(1999, 0, 25) / 1000;
    const forecast = forecastQueue(series, { originEpochSeconds: origin, horizonDays: 5 });
    const from = (forecast.start - series.start) / series.stepSeconds;
    let error = 0;
    let volume = 0;
    forecast.offered.forEach((value, i) => {
      const actual = series.offered[from + i] ?? 0;
      error += Math.abs(value - actual);
      volume += actual;
    });
    // 24 days of history for an overdispersed queue: well above the Poisson floor, well below a copy of last week.
    expect(error / volume).toBeLessThan(0.36);
  });
});
