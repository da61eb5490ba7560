import { describe, expect, it } from 'vitest';
import { coverline, scratchFolder, writeScratch } from './coverline.ts';

const folder = scratchFolder();

describe('coverline staff', () => {
  // Golden values of the exact Erlang A (checked by simulation when the survey of peers was made).
  it('agrees with the exact model, alone and from a file', async () => {
    const one = await coverline([
      'staff',
      '--calls',
      '250',
      '--aht',
      '5m',
      '--patience',
      '2m',
      '--answer-within',
      '30s',
      '--json',
    ]);
    expect(JSON.parse(one.stdout)[0]).toMatchObject({ agents: 41, binding: 'serviceLevel' });
    const file = writeScratch(
      folder,
      'cases.csv',
      'label,calls,interval_seconds,aht_seconds,patience_seconds,service_level,answer_within_seconds,shrinkage\n' +
        'a,12,1800,600,180,0.8,30,\nb,60,1800,360,90,80%,30,0.3\n',
    );
    const { stdout, exitCode } = await coverline(['staff', '--input', file, '--json']);
    expect(exitCode).toBe(0);
    const cases = JSON.parse(stdout);
    expect(
      cases.map((c: { agents: number; scheduledAgents: number }) => [c.agents, c.scheduledAgents]),
    ).toEqual([
      [6, 6],
      [14, 20],
    ]);
  });

  it('says so when no number of agents is enough', async () => {
    const { exitCode, stdout } = await coverline([
      'staff',
      '--calls',
      '10',
      '--aht',
      '60s',
      '--service-level',
      '100%',
      '--answer-within',
      '0',
    ]);
    expect(stdout).toContain('No number of agents is enough');
    expect(exitCode).toBe(1);
  });

  it('names the field that is wrong', async () => {
    const negative = await coverline(['staff', '--calls=-5', '--aht', '60s']);
    expect(negative.stderr).toContain('calls');
    const missing = await coverline(['staff', '--calls', '5']);
    expect(missing).toMatchObject({ exitCode: 2 });
    expect(missing.stderr).toContain('aht is needed');
    const endless = await coverline(['staff', '--calls', '5', '--aht', '0']);
    expect(endless.stderr).toContain('staff: aht must be a finite number above 0; found 0');
  });

  it('names the row of a file that is wrong', async () => {
    const file = writeScratch(folder, 'wrong.csv', 'calls,aht_seconds\n5,300\n-3,300\n');
    const { exitCode, stderr } = await coverline(['staff', '--input', file]);
    expect(stderr).toContain('wrong.csv, row 3: calls must be a finite number of at least 0; found -3');
    expect(exitCode).toBe(1);
  });
});
