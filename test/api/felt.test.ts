import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from '../../api/contract/routes.ts';
import { testEngines } from '../data/databases.ts';
import { addCentre } from './centre.ts';
import { startTestService, type TestService } from './harness.ts';

describe.each(testEngines)('surveys and tickets on $engine', { timeout: 60_000 }, engine => {
  let service: TestService;
  let siteId = '';
  let queueId = '';

  const call: TestService['administrator']['call'] = (route, input, options) =>
    service.administrator.call(route, input, options);
  const file = (text: string) => ({ query: { siteId, fileName: 'survey.csv' }, upload: text });
  const stored = async () => {
    const { items } = await call(ROUTES.listFelt, { query: { from: '2026-01-01', to: '2026-12-31' } });
    return items.map(({ measure, date, toDate, value }) => `${measure} ${date} ${toDate} ${value}`);
  };

  beforeAll(async () => {
    service = await startTestService(engine);
    ({ siteId, queueId } = await addCentre(service.administrator));
    const value = { queueId, measure: 'satisfaction', date: '2026-05-04', value: 4, answers: 10 } as const;
    await call(ROUTES.putFelt, { body: { values: [value] } });
  });

  afterAll(() => service.dispose());

  it('shows what a file would do without doing it', async () => {
    const report = await call(ROUTES.checkFelt, file('date,queue,csat,x\n2026-05-04,Appointments,4.5,1\n'));
    expect(report).toMatchObject({ rowsRead: 1, valuesChanged: 1, ignoredColumns: ['x'], batchId: null });
    expect(await stored()).toEqual(['satisfaction 2026-05-04 2026-05-04 4']);
  });

  it('imports nothing of a file with one bad cell', async () => {
    const text = 'date,queue,csat\n2026-05-05,Appointments,4.5\n2026-05-06,Appointments,9\n';
    expect(await call(ROUTES.checkFelt, file(text))).toMatchObject({
      problemsTotal: 1,
      problems: [{ line: 3, column: 'csat', found: '9' }],
    });
    const refused = await service.administrator.attempt(ROUTES.importFelt, file(text));
    expect(refused).toMatchObject({ ok: false, problem: { status: 422 } });
    expect(await stored()).toHaveLength(1);
  });

  it('keeps a month beside its first day, and undoes a batch exactly, the latest first', async () => {
    const first = await call(
      ROUTES.importFelt,
      file(
        'date,queue,csat,open_tickets\n2026-05-04,Appointments,4.5,61\n2026-05,Appointments,4.2,\n2026-05-01,Appointments,3,\n',
      ),
    );
    expect(first).toMatchObject({ valuesNew: 3, valuesChanged: 1, from: '2026-05-01', to: '2026-05-31' });
    const second = await call(ROUTES.importFelt, file('date,queue,csat\n2026-05-04,Appointments,4.9\n'));
    const again = await call(ROUTES.importFelt, file('date,queue,csat\n2026-05-04,Appointments,4.9\n'));
    expect(again).toMatchObject({ valuesSame: 1, batchId: null });
    expect(await stored()).toHaveLength(4);
    const undo = (id: string | null) =>
      service.administrator.attempt(ROUTES.undoImport, { params: { id: id ?? '' } });
    expect(await undo(first.batchId)).toMatchObject({
      ok: false,
      problem: { detail: expect.stringContaining('undo that one first') },
    });
    expect(await undo(second.batchId)).toMatchObject({ ok: true });
    expect(await undo(first.batchId)).toMatchObject({ ok: true });
    expect(await stored()).toEqual(['satisfaction 2026-05-04 2026-05-04 4']);
    const { items } = await call(ROUTES.listImports, { query: {} });
    expect(items.map(({ fileName, status }) => [fileName, status])).toEqual([
      ['survey.csv', 'undone'],
      ['survey.csv', 'undone'],
    ]);
  });

  it('keeps what each site promises about its tickets, fifty open and half an hour at first', async () => {
    const read = (id: string) => call(ROUTES.getTicketGoals, { query: { siteId: id } });
    const other = await addCentre(service.administrator, 'Lakeside');
    expect(await read(siteId)).toEqual({ mostOpen: 50, answerWithinMinutes: 30 });
    await call(ROUTES.putTicketGoals, { body: { siteId, mostOpen: 20, answerWithinMinutes: 45 } });
    await call(ROUTES.putTicketGoals, { body: { siteId, mostOpen: 25, answerWithinMinutes: 60 } });
    expect(await read(siteId)).toEqual({ mostOpen: 25, answerWithinMinutes: 60 });
    expect(await read(other.siteId)).toEqual({ mostOpen: 50, answerWithinMinutes: 30 });
    const { items } = await call(ROUTES.searchAudit, { query: { action: 'ticketGoals.put' } });
    expect(items[0]).toMatchObject({
      siteId,
      detail: { before: { mostOpen: 20 }, after: { mostOpen: 25, answerWithinMinutes: 60 } },
    });
  });

  it('lets a director see them and a manager change them, each in reach', async () => {
    const at = (role: 'director' | 'manager', reachOf: string) =>
      service.signInAs([{ role, reach: { kind: 'site', siteId: reachOf } }]);
    const other = await addCentre(service.administrator, 'Hillside');
    const body = { siteId, mostOpen: 10, answerWithinMinutes: 15 };
    const director = await at('director', siteId);
    expect(await director.call(ROUTES.getTicketGoals, { query: { siteId } })).toMatchObject({ mostOpen: 25 });
    const attempts = [
      [director, 403],
      [await at('manager', other.siteId), 404],
    ] as const;
    for (const [person, status] of attempts) {
      const refused = await person.attempt(ROUTES.putTicketGoals, { body });
      expect(refused).toMatchObject({ ok: false, problem: { status } });
    }
    const manager = await at('manager', siteId);
    expect(await manager.call(ROUTES.putTicketGoals, { body })).toMatchObject({ mostOpen: 10 });
  });

  it('says in words what is no table', async () => {
    const old = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]);
    const answer = await service.administrator.attempt(ROUTES.checkFelt, {
      query: { siteId, fileName: 'survey.xls' },
      upload: old,
    });
    expect(answer).toMatchObject({
      ok: false,
      problem: { detail: expect.stringContaining('save it as .xlsx') },
    });
  });
});
