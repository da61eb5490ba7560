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

  it('reads a report of a telephone system as it reads its own columns, one queue of several', async () => {
    const own = readFileSync(history, 'utf8').trim().split('\n').slice(1);
    const report = writeScratch(
      folder,
      'report.csv',
      [
        'Queue;Interval Start;Offered;Answered;Average Handle Time',
        ...own.flatMap(line => {
          const [start, offered, aht] = line.split(',');
          return [`Triage;${start};${offered};${offered};${aht}`, `Billing;${start};1;1;60`];
        }),
      ].join('\r\n'),
    );
    const call = (args: readonly string[]) =>
      coverline(['forecast', ...args, ...zone, '--origin', '2026-04-20T00:00', '--csv']);
    const wanted = await call(['--history', history]);
    const found = await call(['--history', report, '--queue', 'Triage']);
    expect(found.stderr).toContain('Offered = offered');
    expect(found.stdout).toBe(wanted.stdout);
    const several = await call(['--history', report]);
    expect(several.exitCode).toBe(2);
    expect(several.stderr).toContain('say --queue with one of Triage, Billing');
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

  it.each([
    [
      'a word for a number',
      'interval_start,offered\n2026-01-05 08:00,many\n',
      'row 2, offered: found "many"; expected a number',
    ],
    [
      'a date of no calendar',
      'interval_start,offered\n2026-02-30 08:00,5\n',
      '"2026-02-30" is not a date of the calendar',
    ],
    [
      'day-first dates',
      'interval_start,offered\n30/01/2026 08:00,5\n',
      'row 2, interval_start: found "30/01/2026 08:00"; expected a time such as',
    ],
    [
      'other columns',
      'when,how_many\n2026-02-03 08:00,5\n',
      'found the columns when, how_many; expected interval_start and offered',
    ],
    ['no rows', 'interval_start,offered\n', 'no rows'],
  ])('names row and column of %s', async (_, text, message) => {
    const file = writeScratch(folder, 'bad.csv', text);
    const { exitCode, stderr } = await coverline(['forecast', '--history', file, ...zone]);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(1);
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
  });
});

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
});

describe('coverline', () => {
  it('lists its commands and guesses what was meant', async () => {
    const help = await coverline(['--help']);
    for (const name of ['forecast', 'backtest', 'staff', 'schedule', 'plan', 'compare'])
      expect(help.stdout).toContain(name);
    const wrong = await coverline(['forcast']);
    expect(wrong).toMatchObject({ exitCode: 2, stdout: '' });
    expect(wrong.stderr).toContain('did you mean "forecast"?');
  });
});
