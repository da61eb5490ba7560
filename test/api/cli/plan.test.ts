import { beforeAll, describe, expect, it } from 'vitest';
import { clinicHistory, coverline, scratchFolder, writeScratch } from './coverline.ts';

const folder = scratchFolder();
const history = writeScratch(folder, 'calls.csv', clinicHistory('2026-01-05', 16 * 7));
const zone = ['--time-zone', 'America/Chicago'];

beforeAll(() => coverline(['help']), 120_000);

describe('coverline plan and schedule', () => {
  it('plans a week from a history alone, the same bytes for the same seed and moves', async () => {
    const call = () =>
      coverline([
        'plan',
        '--history',
        history,
        ...zone,
        '--patience',
        '3m',
        '--moves',
        '60000',
        '--seed',
        '7',
        '--json',
      ]);
    const [first, second] = [await call(), await call()];
    expect(first.exitCode).toBe(0);
    expect(second.stdout).toBe(first.stdout);
    const plan = JSON.parse(first.stdout);
    expect(plan.result.schedule.assignments.length).toBeGreaterThan(10);
    expect(plan.requirement.required.filter((v: number | null) => v !== null)).toHaveLength(5 * 36);
  });

  it('prints forecast, requirement, schedule and coverage for people', async () => {
    const { stdout, exitCode } = await coverline(['plan', '--history', history, ...zone, '--moves', '30000']);
    expect(exitCode).toBe(0);
    for (const part of ['Required h', 'Requirement by Erlang A', 'agent-hours required', 'Agent '])
      expect(stdout).toContain(part);
  });

  it('schedules a requirement under rules, and names the rules that are wrong', async () => {
    const need = ['interval_start,required'];
    for (let slot = 32; slot < 68; slot++) {
      need.push(
        `2026-05-04 ${String(Math.floor(slot / 4)).padStart(2, '0')}:${String((slot % 4) * 15).padStart(2, '0')},3`,
      );
    }
    const requirement = writeScratch(folder, 'need.csv', `${need.join('\n')}\n`);
    const agents = writeScratch(
      folder,
      'agents.csv',
      `id,name,skills,target_hours\n${[1, 2, 3, 4, 5].map(i => `a${i},Agent ${i},queue,40`).join('\n')}\n`,
    );
    const rules = writeScratch(
      folder,
      'rules.json',
      JSON.stringify({
        rules: [{ kind: 'minimumRest', parameters: { hours: 11 } }, { kind: 'oneShiftPerDay' }],
      }),
    );
    const call = (file: string) =>
      coverline([
        'schedule',
        '--requirement',
        requirement,
        '--agents',
        agents,
        '--rules',
        file,
        ...zone,
        '--weeks',
        '1',
        '--moves',
        '20000',
        '--seed',
        '1',
        '--json',
      ]);
    const { exitCode, stdout } = await call(rules);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).coverage.underShare).toBeLessThan(0.2);
    const bad = await call(writeScratch(folder, 'bad.json', '{ "rules": [{ "kind": "minimumRst" }] }'));
    expect(bad.stderr).toContain('rules[0].kind: unknown rule "minimumRst"');
    expect(bad.exitCode).toBe(1);
  });
});
