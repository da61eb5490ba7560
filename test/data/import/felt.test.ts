import { describe, expect, it } from 'vitest';
import { feltRecords, numbered, readFelt } from '../../../data/import/felt.ts';

const QUEUES = [
  { id: 'q1', name: 'Appointments', aliases: ['APPT'] },
  { id: 'q2', name: 'Nurse triage', aliases: [] },
];
const read = (text: string) => readFelt(feltRecords(text), QUEUES);

describe('a file of surveys and tickets', () => {
  it('reads days, weeks and months, by names and aliases in any spelling', () => {
    const table = read(
      [
        'Date;Queue;FCR;First name;openTickets;Answers',
        '2026-05-04;appt;78%;Ann;37;52',
        '2026-W19;nurse_triage;0.81;;;164',
        '2026-02;Appointments;;;12;',
      ].join('\n'),
    );
    expect(table.problems).toEqual([]);
    expect(table.ignoredColumns).toEqual(['First name']);
    expect(table.cells.map(({ line: _, ...cell }) => Object.values(cell).join(' '))).toEqual([
      'q1 firstCallResolution 2026-05-04 2026-05-04 0.78 52',
      'q1 openTickets 2026-05-04 2026-05-04 37 52',
      'q2 firstCallResolution 2026-05-04 2026-05-10 0.81 164',
      'q1 openTickets 2026-02-01 2026-02-28 12 ',
    ]);
  });

  it('reads a period from two columns, and dates with midnight behind them as spreadsheets give', () => {
    const rows = numbered([
      ['from', 'to', 'queue', 'nps'],
      ['', '', '', ''],
      ['2026-05-04 00:00:00', '2026-05-17 00:00:00', 'Nurse triage', '-12'],
    ]);
    expect(readFelt(rows, QUEUES).cells).toMatchObject([
      { line: 3, measure: 'netPromoterScore', date: '2026-05-04', toDate: '2026-05-17', value: -12 },
    ]);
  });

  // ISO 8601: 2026 has 53 weeks, 2027 has 52; 2026-W01 begins on 2025-12-29.
  it.each([
    ['2026-W53', '2026-12-28'],
    ['2026-W01', '2025-12-29'],
  ])('knows that %s begins on %s', (week, monday) => {
    expect(read(`week,queue,csat\n${week},Appointments,4.2`).cells).toMatchObject([{ date: monday }]);
  });

  it.each([
    ['date', '04/05/2026,Appointments,0.8,', '04/05/2026'],
    ['date', '2026-02-30,Appointments,0.8,', '2026-02-30'],
    ['date', '2027-W53,Appointments,0.8,', '2027-W53'],
    ['queue', '2026-05-04,Cardiology,0.8,', 'Cardiology'],
    ['fcr', '2026-05-04,Appointments,82,', '82'],
    ['fcr', '2026-05-04,Appointments,good,', 'good'],
    ['answers', '2026-05-04,Appointments,0.8,2.5', '2.5'],
  ])('says what is wrong in column %s of %s', (column, row, found) => {
    const table = read(`date,queue,fcr,answers\n2026-05-03,Appointments,0.8,\n${row}`);
    expect(table.problems).toMatchObject([{ line: 3, column, found }]);
    expect(table.problems[0]?.expected.length).toBeGreaterThan(10);
  });

  it('refuses the same queue and period twice, and a file without the columns it needs', () => {
    const twice = read('date,queue,fcr\n2026-05-04,Appointments,0.8\n2026-05-04,appt,0.9');
    expect(twice.problems).toMatchObject([{ line: 3, expected: 'one row; line 2 has it' }]);
    expect(read('when,where\n1,2').problems.map(problem => problem.column)).toEqual([
      'date',
      'queue',
      'measure',
    ]);
  });
});
