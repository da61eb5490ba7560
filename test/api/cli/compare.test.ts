import { describe, expect, it } from 'vitest';
import { coverline, scratchFolder, writeScratch } from './coverline.ts';

const folder = scratchFolder();
const zone = ['--time-zone', 'America/Chicago'];

describe('coverline compare', () => {
  it('sets plan beside actual by day', async () => {
    const plan = writeScratch(
      folder,
      'plan.csv',
      'interval_start,offered,required\n2026-05-04 08:00,100,10\n2026-05-04 08:15,50,8\n',
    );
    const actual = writeScratch(
      folder,
      'actual.csv',
      'interval_start,offered,handled,answered_within\n2026-05-04 08:00,110,100,80\n2026-05-04 08:15,40,40,40\n',
    );
    const { stdout } = await coverline(['compare', '--plan', plan, '--actuals', actual, ...zone, '--json']);
    expect(JSON.parse(stdout)[0]).toMatchObject({
      period: '2026-05-04',
      forecast_offered: 150,
      offered: 150,
      error_share: 0,
      required_hours: 4.5,
      service_level: 0.8,
    });
    expect(JSON.parse(stdout)[0].wape).toBeCloseTo(20 / 150, 12);
  });

  it('refuses a table without what it compares, and a zone that is none', async () => {
    const plan = writeScratch(folder, 'calls.csv', 'interval_start,calls\n2026-05-04 08:00,100\n');
    const other = ['compare', '--plan', plan, '--actuals', plan];
    const without = await coverline([...other, ...zone]);
    expect(without.stderr).toContain('there is no column offered; found interval_start, calls');
    expect(without.exitCode).toBe(1);
    const nowhere = await coverline([...other, '--time-zone', 'Mars/Olympus']);
    expect(nowhere.stderr).toContain('--time-zone must be an IANA zone');
    expect(nowhere.exitCode).toBe(2);
  });
});
