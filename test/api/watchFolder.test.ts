import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from '../../api/contract/routes.ts';
import { testEngines } from '../data/databases.ts';
import { addCentre, quarterHoursCsv } from './centre.ts';
import { startTestService, type TestService } from './harness.ts';

const LOOK_EVERY_SECONDS = 0.1;
const PATIENT = { timeout: 30_000, interval: 50 };

describe.each(testEngines)('a watched folder on $engine', { timeout: 120_000 }, engine => {
  const folder = mkdtempSync(join(tmpdir(), 'coverline-watched-'));
  const watch = { path: folder, siteName: 'Riverside', lookEverySeconds: LOOK_EVERY_SECONDS };
  let service: TestService;

  const drop = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const filesIn = (part: string) => (existsSync(join(folder, part)) ? readdirSync(join(folder, part)) : []);

  beforeAll(async () => {
    service = await startTestService(engine, { watch });
    await addCentre(service.administrator);
  });

  afterAll(async () => {
    await service.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it('waits until a file is written whole, imports it and puts it away', async () => {
    const [head = '', ...lines] = quarterHoursCsv('2026-05-04', 1).split('\n');
    drop('monday.csv', `${head}\n`);
    for (const line of lines) {
      appendFileSync(join(folder, 'monday.csv'), `${line}\n`);
      await sleep(20);
    }
    await expect.poll(() => filesIn('done'), PATIENT).toHaveLength(1);
    expect(filesIn('done')[0]).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2} monday\.csv$/);
    expect(filesIn('.')).not.toContain('monday.csv');
    const { items } = await service.administrator.call(ROUTES.listImports, { query: {} });
    expect(items).toMatchObject([{ fileName: 'monday.csv', status: 'committed', report: { rowsNew: 40 } }]);
  });

  it('refuses a file as a whole, says why beside it and in the audit trail', async () => {
    const good = quarterHoursCsv('2026-05-05', 1);
    drop('broken.csv', good.replace(/,(\d+),(\d+),(\d+),(\d+)\n$/, ',many,$2,$3,$4\n'));
    await expect.poll(() => filesIn('refused'), PATIENT).toHaveLength(2);
    const reason = filesIn('refused').find(name => name.endsWith('broken.csv.reason.txt')) ?? '';
    const text = readFileSync(join(folder, 'refused', reason), 'utf8');
    expect(text).toContain('1 rows cannot be imported; nothing was written');
    expect(text).toContain('offered');
    expect((await service.administrator.call(ROUTES.listImports, { query: {} })).items).toHaveLength(1);
    const { items } = await service.administrator.call(ROUTES.searchAudit, { query: { limit: 50 } });
    expect(items.map(entry => entry.action)).toContain('folder.refuse');
  });

  it('takes up after a restart what was dropped meanwhile; the same file again changes nothing', async () => {
    await service.restart({ services: ['web'] });
    drop('again.csv', quarterHoursCsv('2026-05-04', 1));
    await service.restart({ watch: { ...watch, reading: { preset: 'teleopti' } } });
    await expect.poll(() => filesIn('refused'), PATIENT).toHaveLength(4);
    await service.restart({ watch });
    drop('again.csv', quarterHoursCsv('2026-05-04', 1));
    await expect.poll(() => filesIn('done'), PATIENT).toHaveLength(2);
    const { items } = await service.administrator.call(ROUTES.listImports, { query: {} });
    expect(items).toHaveLength(1);
    // The preset that the first of these two starts named.
    const reason = filesIn('refused').find(name => name.endsWith('again.csv.reason.txt')) ?? '';
    expect(readFileSync(join(folder, 'refused', reason), 'utf8')).toContain('was to be a teleopti file');
  });
});
