import type { Caller } from '../../../api/contract/client.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { addDays, localDateOf, localDay, weekdayOf } from '../../../forecasting/index.ts';
import { made } from './visit.ts';

const HOUR = 3600;

interface Week {
  readonly siteId: string;
  readonly timeZone: string;
  readonly queueIds: readonly string[];
  /** Monday, a civil date. */
  readonly monday: string;
}

/** The week that the screens show: the first whole one after the history. */
export async function weekInHand(api: Caller): Promise<Week> {
  const [site] = (await api.call(ROUTES.listSites, {})).items;
  if (!site) throw new Error('the sample has no site');
  const queues = (await api.call(ROUTES.listQueues, {})).items;
  const last = localDateOf(Math.max(...queues.map(queue => queue.historyTo ?? 0)), site.timeZone);
  return {
    siteId: site.id,
    timeZone: site.timeZone,
    queueIds: queues.map(queue => queue.id),
    monday: addDays(last, (7 - weekdayOf(last)) % 7),
  };
}

interface HandMade {
  readonly scheduleId: string;
  /** Of every agent of the site, those with shifts first. */
  readonly names: readonly string[];
}

/** A schedule of the week in which the n-th agent works from 8 to 16 on the days (0 = Monday) named for them. */
export async function scheduleByHand(
  api: Caller,
  { siteId, timeZone, monday }: Week,
  daysOf: readonly (readonly number[])[],
  staffingPlanIds: readonly string[] = [],
): Promise<HandMade> {
  const schedule = await api.call(ROUTES.createSchedule, {
    body: {
      siteId,
      name: `Week of ${monday}`,
      weekStart: monday,
      days: 7,
      staffingPlanIds: [...staffingPlanIds],
      ruleSetId: null,
    },
  });
  const { items: agents } = await api.call(ROUTES.listAgents, { query: { siteId } });
  const wanted = agents.flatMap(({ id: agentId }, n) =>
    (daysOf[n] ?? []).map(day => {
      const date = addDays(monday, day);
      const start = localDay(date, timeZone).startEpochSeconds + 8 * HOUR;
      const end = start + 8 * HOUR;
      const activities = [{ kind: 'work' as const, start, end, paid: true }];
      const after = { id: `${agentId}-${day}`, agentId, start, end, templateId: null, activities };
      return { change: { before: null, after }, base: { agentId, date, revision: 0 } };
    }),
  );
  await api.call(ROUTES.editSchedule, {
    params: { id: schedule.id },
    body: {
      label: 'by hand',
      changes: wanted.map(({ change }) => change),
      base: wanted.map(({ base }) => base),
    },
  });
  return { scheduleId: schedule.id, names: agents.map(({ name }) => name) };
}

/** From the sample's history to a published week with a day of actuals, as the first run makes it by clicks. */
export async function planWeek(api: Caller): Promise<void> {
  const week = await weekInHand(api);
  const forecastIds = await made(
    api,
    await api.call(ROUTES.createForecasts, {
      body: {
        name: 'Week in hand',
        queueIds: [...week.queueIds],
        start: localDay(week.monday, week.timeZone).startEpochSeconds,
        days: 7,
      },
    }),
  );
  const planIds = await made(
    api,
    await api.call(ROUTES.createStaffingPlans, { body: { forecastIds: [...forecastIds] } }),
  );
  const workdays = [0, 1, 2, 3, 4];
  const everyone = Array.from({ length: 60 }, () => workdays);
  const { scheduleId } = await scheduleByHand(api, week, everyone, planIds);
  const params = { id: scheduleId };
  const current = await api.attempt(ROUTES.getSchedule, { params });
  if (!current.ok || current.revision === undefined) throw new Error('the schedule has no revision');
  await api.call(ROUTES.publishSchedule, { params, body: { note: 'First week' }, ifMatch: current.revision });
  await api.call(ROUTES.playSampleDay, { body: { date: week.monday } });
}
