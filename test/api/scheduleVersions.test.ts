import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AssignmentEntry } from '../../api/contract/assignment.ts';
import type { Caller } from '../../api/contract/client.ts';
import { ROUTES } from '../../api/contract/routes.ts';
import { editConflictSchema } from '../../api/contract/scheduleEdit.ts';
import { localDay } from '../../forecasting/calendar/time.ts';
import { testEngines } from '../data/databases.ts';
import { addCentre, type Centre } from './centre.ts';
import { startTestService, type TestService } from './harness.ts';

const WEEK = '2026-06-01';
const HOUR = 3600;
const MONDAY = localDay(WEEK, 'America/Chicago').startEpochSeconds;

describe.each(testEngines)('a week that two planners edit and publish on $engine', engine => {
  let service: TestService;
  let centre: Centre;
  let scheduleId = '';
  let colleague: Caller;
  const ada: Caller['call'] = (route, input, options) => service.administrator.call(route, input, options);

  beforeAll(async () => {
    service = await startTestService(engine);
    centre = await addCentre(service.administrator);
    colleague = await service.signInAs([{ role: 'planner', reach: { kind: 'site', siteId: centre.siteId } }]);
    const body = {
      siteId: centre.siteId,
      name: 'By hand',
      weekStart: WEEK,
      days: 7,
      staffingPlanIds: [],
      ruleSetId: null,
    };
    scheduleId = (await ada(ROUTES.createSchedule, { body })).id;
  });

  afterAll(() => service.dispose());

  const agent = (index: number) => centre.agentIds[index] ?? '';
  function shift(index: number, from: number, to: number): AssignmentEntry {
    const [start, end] = [MONDAY + from * HOUR, MONDAY + to * HOUR];
    const activities = [{ kind: 'work' as const, start, end, paid: true }];
    return { id: `shift-${index}`, agentId: agent(index), start, end, templateId: null, activities };
  }
  const edit = (
    before: AssignmentEntry | null,
    after: AssignmentEntry,
    revision: number,
    by: Caller = service.administrator,
  ) =>
    by.attempt(ROUTES.editSchedule, {
      params: { id: scheduleId },
      body: {
        label: 'by hand',
        changes: [{ before, after }],
        base: [{ agentId: after.agentId, date: WEEK, revision }],
      },
    });
  const read = () => ada(ROUTES.getSchedule, { params: { id: scheduleId } });
  /** Hours of Monday by agent. */
  const hours = async () => {
    const { shifts } = await read();
    return shifts.shiftAgent
      .map((a, s) => {
        const [from, to] = [(shifts.shiftStart[s] ?? 0) / HOUR, (shifts.shiftEnd[s] ?? 0) / HOUR];
        return `${centre.agentIds.indexOf(shifts.agentIds[a] ?? '')}: ${from}-${to}`;
      })
      .sort();
  };

  it('tells in a conflict who changed that day last, and when', async () => {
    const first = await edit(null, shift(0, 8, 16), 0);
    if (!first.ok) throw new Error(first.problem.title);
    const revision = first.value.days[0]?.revision ?? 0;
    const theirs = await edit(shift(0, 8, 16), shift(0, 9, 17), revision, colleague);
    if (!theirs.ok) throw new Error(theirs.problem.title);
    // Somebody else's day changes later: it is not that day's last change.
    expect(await edit(null, shift(1, 8, 16), 0)).toMatchObject({ ok: true });
    const late = await edit(shift(0, 8, 16), shift(0, 7, 15), revision);
    if (late.ok) throw new Error('the edit of a changed day was taken');
    expect(late.problem.status).toBe(409);
    const [day] = editConflictSchema.array().parse(late.problem.current);
    expect(day).toMatchObject({ agentId: agent(0), date: WEEK, changedBy: 'Person 1' });
    expect(day?.theirs).toEqual([shift(0, 9, 17)]);
    const params = { id: scheduleId, sequence: String(first.value.sequence) };
    const { items } = await ada(ROUTES.listEditsSince, { params });
    expect(items.map(item => item.createdBy)).toEqual(['Person 1', 'Ada']);
    expect(day?.changedAt).toBe(items[0]?.createdAt);
    expect((await read()).lastSequence).toBe(items.at(-1)?.sequence);
  });

  it('shows what publishing changes with both times, and goes back to a version as one edit', async () => {
    const params = { id: scheduleId };
    const publish = async (note: string) => {
      const { schedule } = await read();
      return ada(ROUTES.publishSchedule, { params, body: { note }, ifMatch: String(schedule.revision) });
    };
    const version = await publish('as agreed');
    expect(version.publishedBy).toBe('Ada');
    const { dayRevisions, shifts } = await read();
    const revision = dayRevisions[shifts.agentIds.indexOf(agent(1))]?.[0] ?? 0;
    expect(await edit(shift(1, 8, 16), shift(1, 10, 14), revision)).toMatchObject({ ok: true });
    expect(await edit(null, shift(2, 6, 12), 0)).toMatchObject({ ok: true });
    const preview = await ada(ROUTES.previewPublication, { params });
    expect(preview.changes.toSorted((a, b) => b.before.length - a.before.length)).toEqual([
      { agentId: agent(1), date: WEEK, before: [shift(1, 8, 16)], after: [shift(1, 10, 14)] },
      { agentId: agent(2), date: WEEK, before: [], after: [shift(2, 6, 12)] },
    ]);

    const back = await ada(ROUTES.restorePublication, { params: { id: version.id } });
    expect(await hours()).toEqual(['0: 9-17', '1: 8-16']);
    expect((await ada(ROUTES.previewPublication, { params })).changes).toEqual([]);
    await ada(ROUTES.undoEdit, { params: { id: scheduleId, sequence: String(back.sequence) } });
    expect(await hours()).toEqual(['0: 9-17', '1: 10-14', '2: 6-12']);
    // Going back to what is there already is no edit.
    const second = await publish('');
    const nothing = await ada(ROUTES.restorePublication, { params: { id: second.id } });
    expect(nothing.sequence).toBeNull();
    expect(nothing.revision).toBe((await read()).schedule.revision);
  });
});
