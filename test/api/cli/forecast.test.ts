import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { clinicHistory, coverline, scratchFolder, writeScratch } from './coverline.ts';

const folder = scratchFolder();
const history = writeScratch(folder, 'calls.csv', clinicHistory('2026-01-05', 16 * 7));
const zone = ['--time-zone', 'America/Chicago'];

beforeAll(() => coverline(['help']), 120_000);

describe('coverline forecast', () => {
  it('writes every open interval of the horizon with its bands', async () => {
    const { exitCode, stdout } = await coverline([
      'forecast',
      '--history',
      history,
      ...zone,
      '--origin',
      '2026-04-20T00:00',
      '--horizon',
      '7d',
      '--levels',
      '80,95',
      '--csv',
    ]);
    expect(exitCode).toBe(0);
    const [header, ...rows] = stdout.trim().split('\n');
    expect(header).toBe('interval_start,offered,lower_80,upper_80,lower_95,upper_95,aht_seconds');
    expect(rows).toHaveLength(5 * 36);
    expect(rows[0]).toMatch(/^2026-04-20 08:00,/);
    for (const row of rows) {
      const [, offered = 0, lower80 = 0, upper80 = 0, lower95 = 0, upper95 = 0] = row.split(',').map(Number);
      expect(lower95).toBeLessThanOrEqual(lower80);
      expect(lower80).toBeLessThanOrEqual(offered);
      expect(offered).toBeLessThanOrEqual(upper80);
      expect(upper80).toBeLessThanOrEqual(upper95);
    }
  });

  it('uses only rows before the origin: a poisoned future changes no byte', async () => {
    const call = (file: string) =>
      coverline(['forecast', '--history', file, ...zone, '--origin', '2026-03-30T00:00', '--csv']);
    const poisoned = writeScratch(
      folder,
      'poisoned.csv',
      readFileSync(history, 'utf8').replace(/^(2026-0[4-9].*),\d+,\d+$/gm, '$1,999999,1'),
    );
    expect((await call(poisoned)).stdout).toBe((await call(history)).stdout);
  });

  it.each([
    ['time zone', ['--time-zone', 'Mars/Olympus'], '--time-zone must be an IANA zone'],
    ['origin', [...zone, '--origin', 'tomorrow'], '--origin: found "tomorrow"; expected a time such as'],
    ['levels', [...zone, '--levels', '80,200'], '--levels must be per cents between 0 and 100'],
    ['option', [...zone, '--horzon', '7d'], 'did you mean --horizon?'],
  ])('explains a wrong %s', async (_, args, message) => {
    const { exitCode, stderr, stdout } = await coverline(['forecast', '--history', history, ...args]);
    expect(stderr).toContain(message);
    expect(exitCode).toBeGreaterThan(0);
    expect(stdout).toBe('');
  });
});

describe('coverline backtest', () => {
  it('prints a certificate with the naive forecasts beside it', async () => {
    const { exitCode, stdout } = await coverline([
      'backtest',
      '--history',
      history,
      ...zone,
      '--origins',
      '3',
      '--horizons',
      '1d,7d',
      '--json',
    ]);
    expect(exitCode).toBe(0);
    const paper = JSON.parse(stdout);
    expect(paper.horizons.map((h: { horizonDays: number }) => h.horizonDays)).toEqual([1, 7]);
    expect(paper.horizons[1].naive.map((n: { method: string }) => n.method)).toContain('seasonal-naive');
    expect(paper.horizons[1].forecast.wape).toBeGreaterThan(0);
  });
});
