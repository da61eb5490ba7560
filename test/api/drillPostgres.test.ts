import { describe, expect, it } from 'vitest';
import { postgresPrograms } from '../bench/drill/cluster.ts';
import { machinesDrill } from '../bench/drill/machines.ts';
import { restartRounds } from '../bench/drill/postgres.ts';
import { testEngines } from '../data/databases.ts';

// Short versions of `npm run drill` on a PostgreSQL of their own; they belong to the PostgreSQL part.
const onPostgres =
  testEngines.some(({ engine }) => engine === 'postgres') && postgresPrograms() !== undefined;

describe.runIf(onPostgres)('on PostgreSQL', { timeout: 240_000 }, () => {
  it('lives through immediate restarts of the database, says 503 meanwhile, and loses nothing', async () => {
    const report = await restartRounds(2);
    expect(report).toMatchObject({ lost: [], torn: [], wrong: [] });
    expect(report.answers.unavailable).toBeGreaterThan(0);
    expect(report.acknowledged).toBeGreaterThan(0);
  });

  it('loses no job and no request when one of two web and two worker processes ends', async () => {
    const report = await machinesDrill(2);
    expect(report).toMatchObject({ lost: [], torn: [], wrong: [] });
    // Whether the killed worker held a job at that moment is chance in so few rounds; test/api/jobQueue makes it sure.
    expect(report.forecasts).toBeGreaterThan(0);
    expect(report.acknowledged).toBeGreaterThan(0);
  });
});
