import { beforeAll, describe, expect, it } from 'vitest';
import { coverline } from './coverline.ts';

beforeAll(() => coverline(['help']), 120_000);

interface DemoAnswer {
  readonly week: string;
  readonly queues: readonly {
    readonly queue: string;
    readonly requiredHours: number;
    readonly underHours: number;
  }[];
  readonly shifts: number;
  readonly publishedVersion: number;
  readonly reviewedDay: string;
  readonly review: readonly {
    readonly queue: string;
    readonly offered: number | null;
    readonly forecast: number | null;
  }[];
}

describe('coverline demo', () => {
  it('goes from the sample history to a reviewed day', async () => {
    const { exitCode, stdout, stderr } = await coverline(['demo', '--json', '--seed', '3']);
    expect(stderr).not.toContain('coverline demo:');
    expect(exitCode).toBe(0);
    const demo: DemoAnswer = JSON.parse(stdout);
    expect(demo.queues.map(queue => queue.queue).sort()).toEqual([
      'Appointments',
      'Billing',
      'Nurse triage',
      'Pharmacy refills',
    ]);
    expect(demo).toMatchObject({ publishedVersion: 1, reviewedDay: demo.week });
    expect(demo.shifts).toBeGreaterThan(100);
    for (const queue of demo.queues) {
      expect(queue.requiredHours).toBeGreaterThan(0);
      expect(queue.underHours).toBeLessThan(queue.requiredHours / 2);
    }
    // The made-up day comes from the same seeded centre, so a sound forecast is near it.
    for (const row of demo.review) {
      expect(Math.abs((row.forecast ?? 0) - (row.offered ?? 0))).toBeLessThan(0.4 * (row.offered ?? 0));
    }
  }, 240_000);
});
