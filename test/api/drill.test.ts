import { describe, expect, it } from 'vitest';
import { postgresPrograms } from '../bench/drill/cluster.ts';
import { crashRounds } from '../bench/drill/crash.ts';
import { machinesDrill } from '../bench/drill/machines.ts';
import { restartRounds } from '../bench/drill/postgres.ts';
import { testEngines } from '../data/databases.ts';

// Short versions of `npm run drill`. Those on a PostgreSQL of their own belong to the PostgreSQL part.
const onPostgres =
  testEngines.some(({ engine }) => engine === 'postgres') && postgresPrograms() !== undefined;

describe.each(testEngines)('killed in the middle of importing, editing and publishing on $engine', engine => {
  it('loses nothing that was acknowledged and leaves nothing half-written', {
    timeout: 240_000,
  }, async () => {
    const report = await crashRounds(engine, 3);
    expect(report.lost).toEqual([]);
    expect(report.torn).toEqual([]);
    expect(report.acknowledged).toBeGreaterThan(0);
  });
});

describe.runIf(onPostgres)('on PostgreSQL', { timeout: 240_000 }, () => {
  it('lives through immediate restarts of the database, says 503 meanwhile, and loses nothing', async () => {
    const report = await restartRounds(2);
    expect(report).toMatchObject({ lost: [], torn: [], wrong: [] });
    expect(report.answers.unavailable).toBeGreaterThan(0);
    expect(report.acknowledged).toBeGreaterThan(0);
  });

  it('loses no job and no request when one of two web and two worker processes ends', async () => {
    const report = await machinesDrill(3);
    expect(report).toMatchObject({ lost: [], torn: [], wrong: [] });
    // Whether the killed worker held a job at that moment is chance in so few rounds; test/api/jobQueue makes it sure.
    expect(report.forecasts).toBeGreaterThan(0);
    expect(report.acknowledged).toBeGreaterThan(0);
  });
});
