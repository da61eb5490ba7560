import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from '../../api/contract/routes.ts';
import { readScheduleProblem } from '../../api/service/scheduleProblem.ts';
import { openStore } from '../../data/db/connect.ts';
import { findSchedule } from '../../data/store/schedules.ts';
import { addDays, localDay } from '../../forecasting/calendar/time.ts';
import { testEngines } from '../data/databases.ts';
import { addCentre, type Centre } from './centre.ts';
import { startTestService, type TestService } from './harness.ts';

const FIRST_WEEK = '2026-05-04';
const SECOND_WEEK = '2026-05-11';
const HOUR = 3600;

describe.each(testEngines)('the seam between two weeks on $engine', engine => {
  let service: TestService;
  let centre: Centre;

  const call: TestService['administrator']['call'] = (route, input, options) =>
    service.administrator.call(route, input, options);

  /** A schedule with the given shifts of `[agent, day, start hour]`, eight hours each. */
  async function scheduleWith(weekStart: string, shifts: readonly (readonly [string, number, number])[]) {
    const { id } = await call(ROUTES.createSchedule, {
      body: {
        siteId: centre.siteId,
        name: weekStart,
        weekStart,
        days: 7,
        staffingPlanIds: [],
        ruleSetId: null,
      },
    });
    const wanted = shifts.map(([agentId, day, hour]) => {
      const date = addDays(weekStart, day);
      const start = localDay(date, 'America/Chicago').startEpochSeconds + hour * HOUR;
      const end = start + 8 * HOUR;
      const activities = [{ kind: 'work' as const, start, end, paid: true }];
      return { date, shift: { id: `${agentId} ${date}`, agentId, start, end, templateId: null, activities } };
    });
    await call(ROUTES.editSchedule, {
      params: { id },
      body: {
        label: 'by hand',
        changes: wanted.map(({ shift }) => ({ before: null, after: shift })),
        base: wanted.map(({ shift, date }) => ({ agentId: shift.agentId, date, revision: 0 })),
      },
    });
    return id;
  }

  async function hardFindings(id: string) {
    const { items } = await call(ROUTES.listScheduleFindings, { params: { id } });
    return items.filter(finding => finding.severity === 'hard');
  }

  beforeAll(async () => {
    service = await startTestService(engine);
    centre = await addCentre(service.administrator);
  });

  afterAll(() => service.dispose());

  it('judges rest and days in a row with what was published before, and remembers who carried what', async () => {
    const [tired = '', rested = ''] = centre.agentIds;
    // Tuesday to Sunday, the Sunday until 23:00; then Monday at 07:00.
    const first = await scheduleWith(FIRST_WEEK, [
      ...[1, 2, 3, 4, 5].map(day => [tired, day, 9] as const),
      [tired, 6, 15],
    ]);
    const second = await scheduleWith(SECOND_WEEK, [
      [tired, 0, 7],
      [rested, 0, 7],
    ]);
    expect(await hardFindings(second)).toEqual([]);

    const { schedule } = await call(ROUTES.getSchedule, { params: { id: first } });
    await call(ROUTES.publishSchedule, {
      params: { id: first },
      body: { note: 'six days in a row' },
      ifMatch: String(schedule.revision),
    });
    const broken = await hardFindings(second);
    expect(broken.every(finding => finding.agentId === tired)).toBe(true);
    expect(broken.map(finding => finding.ruleId).sort()).toEqual(['maximumConsecutiveDays', 'minimumRest']);
    expect(broken.find(finding => finding.ruleId === 'minimumRest')?.message).toContain('8 h of rest');

    const store = openStore(service.databaseUrl);
    const stored = await findSchedule(store.db, 'all', second);
    if (!stored) throw new Error('the second week is gone');
    const { agents } = await readScheduleProblem(store.db, stored);
    await store.close();
    const past = agents.find(agent => agent.id === tired);
    expect(past?.recentShifts).toHaveLength(6);
    expect(past?.ledger).toEqual({ weekends: 1, lates: 1, nights: 0, holidays: 0, wishesGranted: 0 });
    expect(agents.find(agent => agent.id === rested)?.recentShifts).toBeUndefined();
  });
});
