import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from '../../api/contract/routes.ts';
import { openStore } from '../../data/db/connect.ts';
import { enqueueJob } from '../../data/store/jobs.ts';
import { testEngines } from '../data/databases.ts';
import { addCentre } from './centre.ts';
import { startTestService, type TestService } from './harness.ts';
import { everyPage } from './pages.ts';

describe.each(testEngines)('lists that come page by page on $engine', engine => {
  let service: TestService;
  const WEEKS = ['2026-06-01', '2026-06-15', '2026-06-08', '2026-06-08', '2026-06-08'];

  beforeAll(async () => {
    service = await startTestService(engine);
    const { siteId } = await addCentre(service.administrator);
    for (const weekStart of WEEKS) {
      await service.administrator.call(ROUTES.createSchedule, {
        body: { siteId, name: 'Week', weekStart, days: 7, staffingPlanIds: [], ruleSetId: null },
      });
    }
    const store = openStore(service.databaseUrl);
    // Due in the far future, so that nothing runs them, and made in the same second.
    for (let i = 0; i < 4; i++)
      await enqueueJob(store.db, {
        kind: 'backup',
        input: {},
        createdAt: 1_780_000_000,
        runAfter: 4_000_000_000,
      });
    await store.close();
  });

  afterAll(() => service.dispose());

  it.each([1, 2, 3, 5])('give every schedule once and in order, %i at a time', async limit => {
    const whole = await service.administrator.call(ROUTES.listSchedules, { query: {} });
    expect(whole.items.map(schedule => schedule.weekStart)).toEqual(WEEKS.toSorted().toReversed());
    expect(whole.nextCursor).toBeNull();
    const paged = await everyPage(
      query => service.administrator.call(ROUTES.listSchedules, { query }),
      limit,
    );
    expect(paged).toEqual(whole.items);
  });

  it('give jobs of the same second once each', async () => {
    const whole = await service.administrator.call(ROUTES.listJobs, { query: {} });
    expect(whole.items.length).toBeGreaterThanOrEqual(4);
    const paged = await everyPage(query => service.administrator.call(ROUTES.listJobs, { query }), 1);
    expect(paged).toEqual(whole.items);
  });

  it('end after a cursor that is none of ours, or refuse it', async () => {
    const query = { cursor: 'nothing' };
    for (const route of [
      ROUTES.listSchedules,
      ROUTES.listJobs,
      ROUTES.listForecasts,
      ROUTES.listStaffingPlans,
    ])
      expect((await service.administrator.call(route, { query })).items).toEqual([]);
    const refused = await service.administrator.attempt(ROUTES.listImports, { query });
    expect(refused).toMatchObject({ ok: false, problem: { type: '/problems/invalid' } });
  });
});
