import { describe, expect, it } from 'vitest';
import { testEngines } from '../data/databases.ts';
import { machinesDrill } from './machines.ts';

// SQLite serves one process; without TEST_DATABASE_URL there is nothing to share, and `databases.ts` says so.
const shared = testEngines.filter(({ engine }) => engine === 'postgres');

describe.runIf(shared.length > 0)('two web and two worker processes on one database', () => {
  it.each(shared)(
    'lose no job and write each result once when one of each is killed',
    { timeout: 240_000 },
    async engine => {
      const report = await machinesDrill(engine, 8);
      expect(report.wrong).toEqual([]);
      expect(report.takenOver).toBeGreaterThan(0);
    },
  );
});
