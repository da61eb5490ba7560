import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../../data/db/connect.ts';
import { SAMPLE_QUEUES } from '../../../data/sample/centre.ts';
import { SampleGenerator } from '../../../data/sample/intervals.ts';
import {
  findSample,
  type LoadedSample,
  loadSample,
  playSampleDay,
  removeSample,
  sampleWorld,
} from '../../../data/sample/loadSample.ts';
import { listAgents } from '../../../data/store/agents.ts';
import { listFeltMeasures } from '../../../data/store/feltMeasures.ts';
import { listImportBatches } from '../../../data/store/importBatches.ts';
import {
  historyExtent,
  meanHandleSeconds,
  readIntervals,
  readSeries,
} from '../../../data/store/intervalHistory.ts';
import { listShiftTemplates } from '../../../data/store/shiftTemplates.ts';
import { listSpecialDays } from '../../../data/store/specialDays.ts';
import { listWorkRuleSets } from '../../../data/store/workRuleSets.ts';
import { addDays, localDay, weekdayOf } from '../../../forecasting/calendar/time.ts';
import { parseRuleSet } from '../../../forecasting/scheduling/ruleSet.ts';
import { openTestStore, type TestStore, testEngines } from '../databases.ts';

const LAST_DATE = '2026-05-03';
const SEED = 20_260_503;

const world = sampleWorld(SEED, LAST_DATE);

function queueOf(key: string) {
  const queue = SAMPLE_QUEUES.find(candidate => candidate.key === key);
  if (!queue) throw new Error(`no queue ${key}`);
  return queue;
}

function sumOffered(key: string, date: string, days = 1): number {
  const generator = new SampleGenerator(world);
  return generator
    .days(queueOf(key), date, addDays(date, days - 1))
    .reduce((sum, row) => sum + (row.offered ?? 0), 0);
}

describe('the sample generator', () => {
  it('gives the same day whatever was asked for before', () => {
    const triage = queueOf('triage');
    const alone = new SampleGenerator(world).day(triage, '2026-04-14');
    const within = new SampleGenerator(world).days(triage, '2026-04-12', '2026-04-15');
    const day = localDay('2026-04-14', 'America/Chicago');
    expect(
      within.filter(row => row.start >= day.startEpochSeconds && row.start < day.endEpochSeconds),
    ).toEqual(alone);
    const other = new SampleGenerator({ ...world, seed: SEED + 1 }).day(triage, '2026-04-14');
    expect(other).not.toEqual(alone);
  });

  it('has 92 quarter-hours on the short day, 100 on the long one, and none when closed', () => {
    const generator = new SampleGenerator(world);
    expect(generator.day(queueOf('triage'), '2026-03-08')).toHaveLength(92);
    expect(generator.day(queueOf('triage'), '2025-11-02')).toHaveLength(100);
    expect(generator.day(queueOf('billing'), '2026-04-18')).toEqual([]);
    expect(generator.day(queueOf('billing'), '2026-04-17')).toHaveLength(36);
  });

  it('accounts for every contact', () => {
    for (const queue of SAMPLE_QUEUES) {
      for (const row of new SampleGenerator(world).days(queue, '2026-04-13', '2026-04-19')) {
        expect(row.offered).toBe((row.handled ?? 0) + (row.abandoned ?? 0));
        expect(row.shortAbandoned).toBeLessThanOrEqual(row.abandoned ?? 0);
        expect(row.answeredWithin).toBeLessThanOrEqual(row.handled ?? 0);
        expect(row.handleSeconds).toBe(
          (row.talkSeconds ?? 0) + (row.holdSeconds ?? 0) + (row.wrapSeconds ?? 0),
        );
      }
    }
  });

  it('shows the flu in triage, the outage everywhere, and nothing of them elsewhere', () => {
    const { fluPeakDate, outageDate } = world.events;
    const flu = sumOffered('triage', addDays(fluPeakDate, -3), 7);
    const before = sumOffered('triage', addDays(fluPeakDate, -59), 7);
    expect(flu / before).toBeGreaterThan(1.35);
    expect(weekdayOf(outageDate)).toBe(1);
    const generator = new SampleGenerator(world);
    const down = generator.day(queueOf('appointments'), outageDate);
    const usual = generator.day(queueOf('appointments'), addDays(outageDate, -7));
    const morning = (rows: typeof down) =>
      rows.slice(10, 20).reduce((sum, row) => sum + (row.offered ?? 0), 0);
    expect(morning(down)).toBeLessThan(0.1 * morning(usual));
  });

  it('gives a believable service level and abandonment over a year', () => {
    const rows = new SampleGenerator(world).days(queueOf('appointments'), '2025-05-04', LAST_DATE);
    const sum = (key: 'offered' | 'abandoned' | 'answeredWithin' | 'handled' | 'handleSeconds') =>
      rows.reduce((total, row) => total + (row[key] ?? 0), 0);
    expect(sum('answeredWithin') / sum('offered')).toBeGreaterThan(0.7);
    expect(sum('answeredWithin') / sum('offered')).toBeLessThan(0.95);
    expect(sum('abandoned') / sum('offered')).toBeGreaterThan(0.005);
    expect(sum('abandoned') / sum('offered')).toBeLessThan(0.1);
    // 265 s is the queue's mean in the sample's own description.
    expect(sum('handleSeconds') / sum('handled')).toBeCloseTo(265, -1);
  });
});

describe.each(testEngines)('the sample centre on $engine', engine => {
  let test: TestStore;
  let store: Store;
  let sample: LoadedSample;

  beforeAll(async () => {
    test = await openTestStore(engine);
    store = test.store;
    sample = await loadSample(store.db, { seed: SEED, lastDate: LAST_DATE, at: 1_777_900_000, userId: null });
  }, 120_000);

  afterAll(() => test.dispose());

  it('loads two years of four queues, sixty agents, shifts, rules and holidays', async () => {
    expect(sample.queues.map(queue => queue.name)).toEqual([
      'Appointments',
      'Nurse triage',
      'Pharmacy refills',
      'Billing',
    ]);
    const triage = sample.queues[1];
    if (!triage) throw new Error('no triage queue');
    const extent = await historyExtent(store.db, triage.number);
    // 730 days around the clock; two springs and two autumns cancel out.
    expect(extent?.rows).toBe(730 * 96);
    expect(extent?.lastStart).toBe(localDay(LAST_DATE, 'America/Chicago').endEpochSeconds - 900);
    expect((await readSeries(store.db, triage))?.offered).toHaveLength(730 * 96);
    const agents = await listAgents(store.db, [sample.site.id]);
    expect(agents).toHaveLength(60);
    expect(new Set(agents.map(agent => agent.name)).size).toBe(60);
    expect(await listShiftTemplates(store.db, 'all', sample.site.id)).toHaveLength(5);
    const [rules] = await listWorkRuleSets(store.db, 'all', sample.site.id);
    expect(parseRuleSet(rules?.content).kind).toBe('valid');
    const days = await listSpecialDays(store.db, 'all', sample.site.id, sample.queues[0]?.id);
    expect(days.find(day => day.date === '2025-12-25' && day.queueId !== null)?.hours).toEqual([]);
    expect(
      await listFeltMeasures(store.db, 'all', { siteId: sample.site.id, measure: 'satisfaction' }),
    ).not.toEqual([]);
  });

  it('plays a later day of actuals, part by part, without changing what was played', async () => {
    const date = addDays(LAST_DATE, 8);
    const day = localDay(date, 'America/Chicago');
    const noon = day.startEpochSeconds + 12 * 3600;
    const play = (untilEpochSeconds: number) =>
      store.db
        .transaction()
        .execute(trx => playSampleDay(trx, { date, untilEpochSeconds, userId: null, at: noon }));
    const first = await play(noon);
    // Triage from midnight, appointments from 7, pharmacy and billing from 8.
    expect(first).toMatchObject({ kind: 'committed', rowsNew: 48 + 20 + 16 + 16, rowsChanged: 0 });
    expect(await play(noon)).toMatchObject({ kind: 'unchanged' });
    const rest = await play(Number.POSITIVE_INFINITY);
    expect(rest).toMatchObject({ kind: 'committed', rowsChanged: 0 });
    const rows = await readIntervals(
      store.db,
      sample.queues[1]?.number ?? 0,
      day.startEpochSeconds,
      day.endEpochSeconds,
    );
    expect(rows).toHaveLength(96);
    expect(rows.every(row => row.handled === 0 || meanHandleSeconds(row) !== null)).toBe(true);
  });

  it('goes without a trace', async () => {
    expect(await store.db.transaction().execute(trx => removeSample(trx))).toBe(true);
    expect(await findSample(store.db)).toBeUndefined();
    expect(await historyExtent(store.db, sample.queues[0]?.number ?? 0)).toBeUndefined();
    expect(await listAgents(store.db, 'all')).toEqual([]);
    expect(await listImportBatches(store.db, 'all')).toEqual([]);
    expect(await store.db.transaction().execute(trx => removeSample(trx))).toBe(false);
  });
});
