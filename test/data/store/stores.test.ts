import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../../data/db/connect.ts';
import { createAgents, findAgent, listAgents, updateAgent } from '../../../data/store/agents.ts';
import {
  addForecastLayer,
  listForecastLayers,
  updateForecastLayer,
} from '../../../data/store/forecastLayers.ts';
import { createForecast, findForecast, listForecasts } from '../../../data/store/forecasts.ts';
import { createQueue, findQueue, listQueues, type Queue, updateQueue } from '../../../data/store/queues.ts';
import { claimSetting, readSetting, writeSetting } from '../../../data/store/settings.ts';
import {
  createSite,
  deleteSite,
  findSite,
  listSites,
  type Site,
  updateSite,
} from '../../../data/store/sites.ts';
import { listSpecialDays, putSpecialDays } from '../../../data/store/specialDays.ts';
import { createStaffingPlan, findStaffingPlan } from '../../../data/store/staffingPlans.ts';
import { ALWAYS_OPEN } from '../../../forecasting/calendar/opening.ts';
import { openTestStore, type TestStore, testEngines } from '../databases.ts';

const AT = 1_780_000_000;

describe.each(testEngines)('stores of the organisation and its plans on $engine', engine => {
  let test: TestStore;
  let store: Store;
  let site: Site;
  let other: Site;
  let queue: Queue;

  beforeAll(async () => {
    test = await openTestStore(engine);
    store = test.store;
    site = await createSite(store.db, { name: 'North', timeZone: 'America/Chicago', createdAt: AT });
    other = await createSite(store.db, { name: 'South', timeZone: 'America/Denver', createdAt: AT });
    queue = await createQueue(store.db, {
      siteId: site.id,
      name: 'Triage',
      timeZone: 'America/Chicago',
      stepSeconds: 900,
      openingHours: ALWAYS_OPEN,
      goals: { serviceLevelTarget: 0.8, answerWithinSeconds: 30 },
      aliases: ['TRIAGE_Q', 'nurse; "line"'],
      createdAt: AT,
    });
  });

  afterAll(() => test.dispose());

  it('gives back exactly what was stored', async () => {
    expect(await findSite(store.db, 'all', site.id)).toEqual(site);
    expect(await findQueue(store.db, 'all', queue.id)).toEqual(queue);
    expect(queue.number).toBeGreaterThan(0);
  });

  it('answers alike for a row of another site and a row that does not exist', async () => {
    const elsewhere = [other.id];
    expect(await findQueue(store.db, elsewhere, queue.id)).toBeUndefined();
    expect(await findQueue(store.db, elsewhere, 'no-such-id')).toBeUndefined();
    expect(await findQueue(store.db, [], queue.id)).toBeUndefined();
    expect(await updateQueue(store.db, elsewhere, queue.id, 1, { name: 'X' })).toEqual({ kind: 'missing' });
    expect(await listQueues(store.db, elsewhere)).toEqual([]);
    expect((await listSites(store.db, elsewhere)).map(s => s.name)).toEqual(['South']);
  });

  it('refuses a change based on an old revision', async () => {
    const first = await updateQueue(store.db, [site.id], queue.id, 1, {
      name: 'Nurse triage',
      patience: { meanSeconds: 120 },
    });
    expect(first).toEqual({ kind: 'updated', revision: 2 });
    const late = await updateQueue(store.db, [site.id], queue.id, 1, { name: 'Lost' });
    expect(late).toEqual({ kind: 'conflict', revision: 2 });
    const now = await findQueue(store.db, 'all', queue.id);
    expect(now?.name).toBe('Nurse triage');
    expect(now?.patience).toEqual({ meanSeconds: 120 });
  });

  it('refuses opening hours that end before they start', async () => {
    const weekly = [[{ startMinute: 600, endMinute: 540 }], [], [], [], [], [], []];
    await expect(updateQueue(store.db, 'all', queue.id, 2, { openingHours: { weekly } })).rejects.toThrow(
      /opening hours.*end after it starts/,
    );
  });

  it('stores a special day once, and its new kind the second time', async () => {
    const day = { siteId: site.id, date: '2026-07-04', name: 'Independence Day', kind: 'holiday' } as const;
    await putSpecialDays(store.db, [day, { ...day, queueId: queue.id, kind: 'event' }]);
    await putSpecialDays(store.db, [{ ...day, kind: 'closure', hours: [] }]);
    const days = await listSpecialDays(store.db, 'all', site.id);
    expect(days).toHaveLength(2);
    expect(days.find(d => d.queueId === null)).toMatchObject({ kind: 'closure', hours: [] });
    expect(days.find(d => d.queueId === queue.id)).toMatchObject({ kind: 'event' });
    expect(days.find(d => d.queueId === queue.id)).not.toHaveProperty('hours');
  });

  it('lets exactly one of many claim a setting', async () => {
    const claims = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        claimSetting(store.db, { scope: '', name: 'first-run', value: i, at: AT }),
      ),
    );
    expect(claims.filter(Boolean)).toHaveLength(1);
    await writeSetting(store.db, { scope: '', name: 'first-run', value: { done: true }, at: AT + 1 });
    expect(await readSetting(store.db, '', 'first-run')).toEqual({ done: true });
    expect(await readSetting(store.db, site.id, 'first-run')).toBeUndefined();
  });

  it('stores a forecast with its columns and its layers', async () => {
    const forecast = await createForecast(store.db, {
      siteId: site.id,
      queueId: queue.id,
      name: 'Week 23',
      originEpochSeconds: AT,
      start: AT,
      stepSeconds: 900,
      timeZone: 'America/Chicago',
      count: 3,
      method: { name: 'seasonalNaive' },
      inputs: { rows: 10 },
      seed: 4_294_967_295,
      softwareVersion: '0.1.0',
      columns: { offered: [1.5, null, 0], ahtSeconds: [300.25, null, null] },
      createdAt: AT,
    });
    expect(await findForecast(store.db, [site.id], forecast.id)).toEqual(forecast);
    const [summary] = await listForecasts(store.db, [site.id], { queueId: queue.id });
    expect(summary).not.toHaveProperty('columns');
    const layer = await addForecastLayer(store.db, {
      forecastId: forecast.id,
      siteId: site.id,
      name: 'Campaign',
      content: { percent: 10 },
      createdBy: null,
      createdAt: AT,
    });
    const second = await addForecastLayer(store.db, {
      forecastId: forecast.id,
      siteId: site.id,
      name: 'Closure',
      content: { set: 0 },
      createdBy: null,
      createdAt: AT,
    });
    expect(second.ordinal).toBe(layer.ordinal + 1);
    await updateForecastLayer(store.db, 'all', layer.id, 1, { enabled: false });
    const layers = await listForecastLayers(store.db, 'all', forecast.id);
    expect(layers.map(l => [l.name, l.enabled])).toEqual([
      ['Campaign', false],
      ['Closure', true],
    ]);
  });

  it('refuses columns that do not fit the grid', async () => {
    const plan = {
      siteId: site.id,
      queueId: queue.id,
      name: 'Plan',
      start: AT,
      stepSeconds: 900,
      timeZone: 'America/Chicago',
      count: 2,
      goals: {},
      assumptions: {},
      method: 'erlangA',
      softwareVersion: '0.1.0',
      createdAt: AT,
    };
    await expect(createStaffingPlan(store.db, { ...plan, columns: { requiredAgents: [1] } })).rejects.toThrow(
      'column requiredAgents must have 2 values; found 1',
    );
    const made = await createStaffingPlan(store.db, { ...plan, columns: { requiredAgents: [1, null] } });
    expect(await findStaffingPlan(store.db, 'all', made.id)).toEqual(made);
  });

  it('numbers agents without gaps or repeats, also when many are added at once', async () => {
    const groups = await Promise.all(
      Array.from({ length: 5 }, (_, g) =>
        createAgents(
          store.db,
          Array.from({ length: 20 }, (_, i) => ({ siteId: site.id, name: `Agent ${g}-${i}`, createdAt: AT })),
        ),
      ),
    );
    const numbers = groups.flat().map(agent => agent.number);
    expect(new Set(numbers).size).toBe(100);
    expect(await listAgents(store.db, [site.id], { activeOnly: true })).toHaveLength(100);
    const [agent] = groups[0] ?? [];
    if (!agent) throw new Error('no agent');
    expect(await updateAgent(store.db, 'all', agent.id, 1, { active: false, skills: ['triage'] })).toEqual({
      kind: 'updated',
      revision: 2,
    });
    expect(await findAgent(store.db, 'all', agent.id)).toEqual({
      ...agent,
      active: false,
      skills: ['triage'],
      revision: 2,
    });
  });

  it('removes a site with everything in it, and nothing of another', async () => {
    const gone = await createSite(store.db, { name: 'Gone', timeZone: 'UTC', createdAt: AT });
    const goneQueue = await createQueue(store.db, {
      siteId: gone.id,
      name: 'Triage',
      timeZone: 'UTC',
      stepSeconds: 900,
      openingHours: ALWAYS_OPEN,
      createdAt: AT,
    });
    expect(await updateSite(store.db, 'all', gone.id, { region: 'TX' })).toBe(true);
    expect(await deleteSite(store.db, [site.id], gone.id)).toBe(false);
    expect(await deleteSite(store.db, 'all', gone.id)).toBe(true);
    expect(await findQueue(store.db, 'all', goneQueue.id)).toBeUndefined();
    expect(await findQueue(store.db, 'all', queue.id)).toBeDefined();
  });
});
