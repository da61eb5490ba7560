import { beforeAll, describe, expect, it } from 'vitest';
import { readAgents } from '../../../api/cli/agentsFile.ts';
import { readRequirement } from '../../../api/cli/requirementFile.ts';
import { coverline, scratchFolder, writeScratch } from './coverline.ts';

const folder = scratchFolder();

/** Quarter-hour rows of local time, as a spreadsheet would write them. */
function needCsv(firstDate: string, days: number, need: (hour: number) => number | null): string {
  const rows = ['interval_start,required'];
  for (let i = 0; i < days * 96; i++) {
    const at = new Date(Date.parse(`${firstDate}T00:00:00Z`) + i * 900_000).toISOString();
    const required = need((i % 96) / 4);
    if (required !== null) rows.push(`${at.slice(0, 10)} ${at.slice(11, 16)},${required}`);
  }
  return `${rows.join('\n')}\n`;
}

const agentsCsv = (count: number, more = '') =>
  `id,name,skills,min_hours,target_hours${more === '' ? '' : ',time_off'}\n${Array.from(
    { length: count },
    (_, i) => `a${i},Agent ${i},queue,24,40${i === 0 && more !== '' ? `,${more}` : more === '' ? '' : ','}`,
  ).join('\n')}\n`;

const RULES = [
  { kind: 'minimumRest', parameters: { hours: 11 } },
  { kind: 'oneShiftPerDay' },
  { kind: 'availability' },
  { kind: 'contractHours' },
  { kind: 'minimumDaysOffPerWeek', parameters: { days: 2 } },
];
const office = (hour: number) => (hour >= 8 && hour < 17 ? 3 : null);

const files = {
  need: writeScratch(folder, 'need.csv', needCsv('2026-05-04', 7, office)),
  agents: writeScratch(folder, 'agents.csv', agentsCsv(8)),
  rules: writeScratch(folder, 'rules.json', JSON.stringify({ rules: RULES })),
};

interface Call {
  readonly need?: string;
  readonly agents?: string;
  readonly rules?: string;
  readonly more?: readonly string[];
}

function schedule({ need = files.need, agents = files.agents, rules = files.rules, more = [] }: Call) {
  const budget = more.includes('--time-limit') ? [] : ['--moves', '3000'];
  return coverline([
    'schedule',
    ...['--requirement', need, '--agents', agents, '--rules', rules, '--seed', '1'],
    ...budget,
    ...more,
  ]);
}

async function answer(call: Call) {
  const { exitCode, stdout, stderr } = await schedule({ ...call, more: [...(call.more ?? []), '--json'] });
  return { exitCode, stderr, result: stdout === '' ? null : JSON.parse(stdout) };
}

const warnings = (result: { warnings: readonly { message: string }[] }) =>
  result.warnings.map(fault => fault.message).join('\n');

beforeAll(() => coverline(['help']), 120_000);

describe('coverline schedule', { timeout: 60_000 }, () => {
  it('reads the same from CSV and JSON, and gives whole local days', async () => {
    const json = writeScratch(
      folder,
      'need.json',
      JSON.stringify({
        start: '2026-05-04',
        stepMinutes: 15,
        queues: [{ id: 'queue', required: Array.from({ length: 672 }, (_, i) => office((i % 96) / 4)) }],
      }),
    );
    const agents = writeScratch(
      folder,
      'agents.json',
      JSON.stringify(
        Array.from({ length: 8 }, (_, i) => ({
          id: `a${i}`,
          name: `Agent ${i}`,
          skills: ['queue'],
          contract: { minHoursPerWeek: 24, targetHoursPerWeek: 40 },
        })),
      ),
    );
    const [csv, same] = [
      await answer({}),
      await answer({ need: json, agents, rules: writeScratch(folder, 'list.json', JSON.stringify(RULES)) }),
    ];
    expect(csv.exitCode).toBe(0);
    expect(csv.result.grid).toEqual({ start: 1_777_852_800, stepSeconds: 900, timeZone: 'UTC', count: 672 });
    expect(same.result.schedule.assignments).toEqual(csv.result.schedule.assignments);
    expect(csv.result.coverage.underShare).toBeLessThan(0.05);
  });

  it('searches on several threads within the time limit, with the same bytes for the same moves', async () => {
    const started = performance.now();
    const timed = await answer({ more: ['--time-limit', '4s', '--threads', '2'] });
    expect(timed.exitCode).toBe(0);
    expect(timed.result.moves).toBeGreaterThan(1000);
    // Far from the limit's end, so that only a search without end could miss it.
    expect(performance.now() - started).toBeLessThan(40_000);
    const [first, second] = [
      await schedule({ more: ['--threads', '2', '--json'] }),
      await schedule({ more: ['--threads', '2', '--json'] }),
    ];
    expect(second.stdout).toBe(first.stdout);
  });

  it('keeps time off, recent shifts and wishes of a JSON file', async () => {
    const shift = { start: '2026-05-03 22:00', end: '2026-05-04 06:00' };
    const people = Array.from({ length: 8 }, (_, i) => ({
      id: `a${i}`,
      skills: ['queue'],
      ...(i === 0 && { timeOff: [{ start: '2026-05-04', end: '2026-05-06', paidMinutes: 1440 }] }),
      ...(i === 1 && { recentShifts: [shift] }),
      ...(i === 2 && { preferences: [{ kind: 'dayOff', date: '2026-05-09', weight: 1000 }] }),
    }));
    const agents = writeScratch(folder, 'people.json', JSON.stringify(people));
    const { exitCode, result } = await answer({ agents });
    expect(exitCode).toBe(0);
    const starts = (id: string): readonly number[] =>
      result.schedule.assignments
        .filter((a: { agentId: string }) => a.agentId === id)
        .map((a: { start: number }) => a.start);
    const at = (text: string) => Date.parse(`${text}Z`) / 1000;
    expect(starts('a0').every(start => start >= at('2026-05-07T00:00'))).toBe(true);
    expect(starts('a1').every(start => start >= at('2026-05-04T17:00'))).toBe(true);
    expect(
      starts('a2').some(start => start >= at('2026-05-09T00:00') && start < at('2026-05-10T00:00')),
    ).toBe(false);
  });
});

describe('bad input to coverline schedule', { timeout: 60_000 }, () => {
  it.each(['none.csv', 'none.json'])(
    'no agents (%s): everything is uncovered, and that is said',
    async name => {
      const agents = writeScratch(folder, name, name.endsWith('json') ? '[]' : 'id,skills\n');
      const { exitCode, result } = await answer({ agents });
      expect(exitCode).toBe(0);
      expect(warnings(result)).toContain('there are no agents: everything stays uncovered');
      expect(result.coverage.underShare).toBe(1);
    },
  );

  it('fewer hours than demand: the best found with what is uncovered, for people', async () => {
    const agents = writeScratch(folder, 'few.csv', agentsCsv(2));
    const { exitCode, stdout } = await schedule({ agents });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Note: agents: fewer hours than demand: 80 h of contracts, 189 h required/);
    expect(stdout).toMatch(/Uncovered: queue, Mon 2026-05-04 08:00 to .* missing/);
  });

  it('contradictory rules: the rules by name, once for all agents, the best roster, and exit code 1', async () => {
    const rules = writeScratch(
      folder,
      'contradiction.json',
      JSON.stringify([
        ...RULES,
        { kind: 'minimumWeeklyHours', parameters: { hours: 40 } },
        { kind: 'maximumDailyHours', parameters: { hours: 6 } },
      ]),
    );
    const { exitCode, stdout, stderr } = await schedule({ rules });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /Agent 0: no roster keeps these 3 rules together: .*2 days off.*less than 40 h.*more than 6 h.*the same for a1, a2/,
    );
    expect(stdout).toContain('The best found in spite of that');
    expect(stdout).toMatch(/^Broken: Agent /m);
  });

  it('overlapping time off: counted once, and named', async () => {
    const agents = writeScratch(
      folder,
      'overlap.csv',
      agentsCsv(8, '2026-05-04;2026-05-04 12:00/2026-05-05 12:00'),
    );
    const { result, exitCode } = await answer({ agents });
    expect(exitCode).toBe(0);
    expect(warnings(result)).toContain('two entries of time off overlap; they count as one absence');
  });

  it('a shift longer than the horizon: named', async () => {
    const long = {
      id: 'long',
      name: 'Long',
      type: 'day',
      lengthsMinutes: [2000],
      starts: [{ earliestMinute: 0, latestMinute: 0, stepMinutes: 15 }],
      breaks: [],
    };
    const rules = writeScratch(
      folder,
      'long.json',
      JSON.stringify({ rules: RULES.slice(0, 2), templates: [long] }),
    );
    const need = writeScratch(folder, 'day.csv', needCsv('2026-05-04', 1, office));
    const { result } = await answer({ rules, need });
    expect(warnings(result)).toContain('2000 min is longer than the horizon of 1440 min');
  });

  it.each([
    ['spring', '2026-03-23', 668, '4 rows lie in the hour that the clock skips; they are left out'],
    ['autumn', '2026-10-19', 676, 'from 2026-10-25 02:00+01:00 to 2026-10-25 03:00; it counts as closed'],
  ])('a week with a clock change in %s: as many intervals as it has', async (_, date, count, note) => {
    const need = writeScratch(
      folder,
      `${date}.csv`,
      needCsv(date, 7, () => 1),
    );
    const { result, exitCode } = await answer({ need, more: ['--time-zone', 'Europe/Berlin'] });
    expect(exitCode).toBe(0);
    expect(result.grid.count).toBe(count);
    expect(result.notes.join()).toContain(note);
  });

  it('a requirement with gaps: closed, and said when it looks like lost rows', async () => {
    const rows = needCsv('2026-05-04', 2, office)
      .split('\n')
      .filter(row => !/05-04 1[01]:/.test(row) || row.includes('10:00'));
    const { result, exitCode } = await answer({ need: writeScratch(folder, 'gaps.csv', rows.join('\n')) });
    expect(exitCode).toBe(0);
    expect(result.coverage.queues[0].required.slice(40, 49)).toEqual([3, ...new Array(7).fill(null), 3]);
    expect(result.notes).toEqual([
      expect.stringMatching(
        /no row for queue "queue" from 2026-05-04 10:15 to 2026-05-04 12:00; it counts as closed$/,
      ),
    ]);
  });

  it.each([
    ['a word', 'interval_start,required\n2026-05-04 08:00,many\n', /row 2, required: found "many"/],
    ['a negative number', 'interval_start,required\n2026-05-04 08:00,-1\n', /row 2, required: found "-1"/],
    [
      'a row twice',
      'interval_start,required\n2026-05-04 08:00,1\n2026-05-04 08:15,1\n2026-05-04 08:00,2\n',
      /row 4: 2026-05-04 08:00 is given twice/,
    ],
    [
      'rows off the grid',
      'interval_start,required\n2026-05-04 08:00,1\n2026-05-04 08:15,1\n2026-05-04 08:40,1\n',
      /row 4: 2026-05-04 08:40 is not on the grid of 15 minutes/,
    ],
    [
      'days for intervals',
      'interval_start,required\n2026-05-04,1\n2026-05-05,1\n',
      /expected a time such as|1440 minutes apart; expected intervals/,
    ],
    ['no column', 'interval_start,need\n2026-05-04 08:00,1\n', /no column "required"/],
  ])('a requirement with %s: the row and what was expected', async (name, text, message) => {
    const need = writeScratch(folder, `${name.replaceAll(' ', '-')}.csv`, text);
    await expect(readRequirement(need, 'UTC', 1)).rejects.toThrow(message);
  });

  it.each([
    ['id,skills,hours\na,queue,40\n', /unknown column "hours"; known are id, name/],
    ['id,skills\na,\n', /row 2, skills: expected such as nurse:4;appointments/],
    ['id,skills\na,queue:9\n', /row 2, skills: found "queue:9"; expected a level from 1 to 5/],
  ])('agents %j: the row and what was expected', async (text, message) => {
    await expect(readAgents(writeScratch(folder, 'wrong.csv', text), 'UTC')).rejects.toThrow(message);
  });
});
