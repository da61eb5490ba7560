import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemId } from '../../api/contract/problem.ts';
import { ROUTES } from '../../api/contract/routes.ts';
import { createRandom } from '../../forecasting/calendar/random.ts';
import { addDays, localDay } from '../../forecasting/calendar/time.ts';
import { testEngines } from '../data/databases.ts';
import { finished } from './centre.ts';
import { startTestService, type TestService } from './harness.ts';

const ZONE = 'America/Chicago';
const FIRST = '2026-01-05';
const DAYS = 84;
const WEEK = addDays(FIRST, DAYS);
const random = createRandom(11);
/** Reminder messages sent on each day, weeks ahead included. */
const SENT = Array.from({ length: DAYS + 7 }, () => Math.round(1000 * random.uniform()));

/** Contacts of an hour: half of them depend on the messages of the day. */
function truth(day: number, hour: number): number {
  return (60 + 5 * (hour % 4)) * (0.5 + (SENT[day] ?? 0) / 1000);
}

function historyCsv(): string {
  const lines = ['interval_start,queue,offered,handled,abandoned,aht_seconds'];
  for (let d = 0; d < DAYS; d++)
    for (let hour = 8; hour < 18; hour++) {
      const offered = Math.round(truth(d, hour));
      lines.push(
        `${addDays(FIRST, d)} ${String(hour).padStart(2, '0')}:00,Appointments,${offered},${offered},0,300`,
      );
    }
  return `${lines.join('\n')}\n`;
}

const values = (from: number, to: number, known: boolean) =>
  SENT.slice(from, to).map((value, i) => ({ date: addDays(FIRST, from + i), value, known }));

describe.each(testEngines)('drivers on $engine', { timeout: 120_000 }, engine => {
  let service: TestService;
  let siteId = '';
  let queueId = '';
  let driverId = '';
  let plain: readonly (number | null)[] = [];

  const call: TestService['administrator']['call'] = (route, input, options) =>
    service.administrator.call(route, input, options);

  beforeAll(async () => {
    service = await startTestService(engine);
    const site = await call(ROUTES.createSite, {
      body: { name: 'Riverside', timeZone: ZONE, currency: 'USD', country: 'US', region: 'IL' },
    });
    siteId = site.id;
    const weekly = Array.from({ length: 7 }, () => [{ startMinute: 480, endMinute: 1080 }]);
    const queue = await call(ROUTES.createQueue, {
      body: { siteId, name: 'Appointments', stepSeconds: 3600, openingHours: { weekly } },
    });
    queueId = queue.id;
    const upload = await call(ROUTES.uploadImport, {
      query: { fileName: 'calls.csv', siteId },
      upload: historyCsv(),
    });
    const { mapping } = await call(ROUTES.previewImport, { params: { id: upload.id } });
    const { jobId } = await call(ROUTES.commitImport, {
      params: { id: upload.id },
      body: { mapping: { ...mapping, timeZone: ZONE }, onRejected: 'refuse' },
    });
    expect((await finished(service.administrator, jobId)).problem).toBeNull();
    plain = (await forecast()).series.offered;
  });

  afterAll(() => service.dispose());

  async function forecast() {
    const { jobId } = await call(ROUTES.createForecasts, {
      body: {
        name: 'Week',
        queueIds: [queueId],
        start: localDay(WEEK, ZONE).startEpochSeconds,
        days: 7,
      },
    });
    const job = await finished(service.administrator, jobId);
    expect(job.problem).toBeNull();
    const id = job.resultIds[0] ?? '';
    return { id, series: await call(ROUTES.getForecastSeries, { params: { id } }) };
  }

  /** Share of the week's calls by which the days are missed. */
  function dayError(offered: readonly (number | null)[]): number {
    let error = 0;
    let total = 0;
    for (let d = 0; d < 7; d++) {
      let expected = 0;
      for (let hour = 8; hour < 18; hour++) expected += truth(DAYS + d, hour);
      const said = offered.slice(24 * d, 24 * d + 24).reduce<number>((sum, value) => sum + (value ?? 0), 0);
      error += Math.abs(said - expected);
      total += expected;
    }
    return error / total;
  }

  it('are made, renamed and listed with the days that are known and planned', async () => {
    const made = await call(ROUTES.createDriver, {
      body: { siteId, queueId: null, name: 'Messages', unit: 'messages' },
    });
    expect(made).toMatchObject({ siteId, queueId: null, known: null, planned: null });
    driverId = made.id;
    await call(ROUTES.updateDriver, { params: { id: driverId }, body: { name: 'Reminders sent' } });
    await call(ROUTES.putDriverValues, {
      params: { id: driverId },
      body: { values: values(0, DAYS, true) },
    });
    const { items } = await call(ROUTES.listDrivers, { query: { siteId, queueId } });
    expect(items).toEqual([
      {
        ...made,
        name: 'Reminders sent',
        known: { from: FIRST, to: addDays(WEEK, -1), days: DAYS },
        planned: null,
      },
    ]);
    const again = await service.administrator.attempt(ROUTES.createDriver, {
      body: { siteId, queueId, name: 'Reminders sent', unit: '' },
    });
    expect(again.ok ? '' : again.problem.detail).toContain('a driver named “Reminders sent” already');
  });

  it('take values as a whole or not at all, and name what does not fit', async () => {
    const params = { id: driverId };
    const before = await call(ROUTES.listDriverValues, { params });
    const pasted = await service.administrator.attempt(ROUTES.pasteDriverValues, {
      params,
      body: { text: `${WEEK}\t5\n${addDays(WEEK, 1)}\tmany\n`, plannedFrom: WEEK },
    });
    if (pasted.ok) throw new Error('taken');
    expect(problemId(pasted.problem)).toBe('unprocessable');
    expect(pasted.problem.issues).toEqual([
      { path: 'line 2, value', message: 'found “many”, expected a number of 0 or more' },
    ]);
    const twice = await service.administrator.attempt(ROUTES.putDriverValues, {
      params,
      body: { values: [...values(DAYS, DAYS + 2, false), ...values(DAYS, DAYS + 1, false)] },
    });
    expect(twice.ok ? [] : twice.problem.issues).toEqual([
      { path: 'body.values.2.date', message: `found ${WEEK} again; expected each day once, row 0 has it` },
    ]);
    expect(await call(ROUTES.listDriverValues, { params })).toEqual(before);
  });

  it('without a plan for the days ahead claim nothing about them, and say so', async () => {
    const { series } = await forecast();
    expect(series.drivers).toEqual([{ id: driverId, name: 'Reminders sent' }]);
    // What was measured of the days to come would be known too late.
    await call(ROUTES.putDriverValues, {
      params: { id: driverId },
      body: { values: values(DAYS, DAYS + 7, true) },
    });
    const late = await forecast();
    expect(late.series.offered).toEqual(series.offered);
    expect(dayError(late.series.offered)).toBeGreaterThan(0.8 * dayError(plain));
    expect(late.series.modelReason).toContain('Reminders sent');
  });

  it('with a plan make the week better, and each number names the driver and its factor', async () => {
    const text = values(DAYS, DAYS + 7, false)
      .map(({ date, value }) => `${date.split('-').reverse().join('.')};${value}`)
      .join('\n');
    const driver = await call(ROUTES.pasteDriverValues, {
      params: { id: driverId },
      body: { text, plannedFrom: WEEK },
    });
    expect(driver.planned).toEqual({ from: WEEK, to: addDays(WEEK, 6), days: 7 });
    const { id, series } = await forecast();
    expect(series.driversUsed).toBe(true);
    expect(dayError(series.offered)).toBeLessThan(0.5 * dayError(plain));
    const busiest = SENT.slice(DAYS).indexOf(Math.max(...SENT.slice(DAYS)));
    const at = series.start + (24 * busiest + 10) * 3600;
    const { final, parts } = await call(ROUTES.explainForecast, { params: { id }, query: { at } });
    const named = parts.filter(part => part.kind === 'driver');
    expect(named.map(part => part.name)).toEqual(['Reminders sent']);
    expect(named[0]?.value).toBeGreaterThan(1.2);
    expect(parts.reduce((product, part) => product * part.value, 1)).toBeCloseTo(final ?? 0, 6);
  });

  it('lose their effect when they are removed, with an entry in the audit trail', async () => {
    await call(ROUTES.removeDriver, { params: { id: driverId } });
    expect((await call(ROUTES.listDrivers, { query: { siteId } })).items).toEqual([]);
    const { series } = await forecast();
    expect(series.drivers).toEqual([]);
    expect(series.offered).toEqual(plain);
    const { items } = await call(ROUTES.searchAudit, { query: { action: 'driver.', limit: 100 } });
    expect(new Set(items.map(entry => entry.action))).toEqual(
      new Set(['driver.create', 'driver.update', 'driver.putValues', 'driver.remove']),
    );
  });
});
