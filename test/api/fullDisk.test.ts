import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from '../../api/contract/routes.ts';
import type { TestEngine } from '../data/databases.ts';
import { testEngines } from '../data/databases.ts';
import { addCentre, type Centre, quarterHoursCsv } from './centre.ts';
import { startTestService, type TestService } from './harness.ts';

const MEGABYTE = 1_048_576;

/** Mounts a disk of 24 MB in memory; false where mounting is not allowed. */
function mountSmallDisk(folder: string): boolean {
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', folder], {
    encoding: 'utf8',
  });
  if (mounted.status === 0) return true;
  console.warn(`full disk tests skipped: a small disk cannot be mounted (${mounted.stderr.trim()})`);
  return false;
}

function unmount(folder: string): void {
  spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true, force: true });
}

/** Whether it can be done here, found out by doing it. */
function mayMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'coverline-small-disk-'));
  const mounted = mountSmallDisk(folder);
  unmount(folder);
  return mounted;
}

const usesSqlite = testEngines.some(({ engine }) => engine === 'sqlite');

describe.runIf(usesSqlite && mayMount())('a full disk', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'coverline-small-disk-'));
  const filler = join(folder, 'filler');
  let service: TestService;
  let centre: Centre;
  let seconds = 1_780_000_000;

  beforeAll(async () => {
    mountSmallDisk(folder);
    const engine: TestEngine = {
      engine: 'sqlite',
      create: async () => ({ url: `sqlite:${join(folder, 'coverline.db')}`, drop: async () => {} }),
    };
    service = await startTestService(engine, { dataDir: folder, now: () => seconds });
    centre = await addCentre(service.administrator);
  });

  afterAll(async () => {
    await service.dispose();
    unmount(folder);
  });

  /** Fills the disk but for so many bytes. */
  function fill(leaveBytes: number): void {
    const { bavail, bsize } = statfsSync(folder);
    const file = openSync(filler, 'w');
    for (let left = bavail * bsize - leaveBytes; left > 0; left -= MEGABYTE)
      writeSync(file, Buffer.alloc(Math.min(left, MEGABYTE)));
    closeSync(file);
  }

  it('refuses an import before it begins where there is no room for it', async () => {
    const refused = await service.administrator.attempt(ROUTES.uploadImport, {
      query: { fileName: 'calls.csv', siteId: centre.siteId },
      upload: quarterHoursCsv('2026-02-02', 1),
    });
    expect(refused).toMatchObject({ ok: false, problem: { status: 507, type: '/problems/diskFull' } });
    expect(refused).toMatchObject({
      problem: { detail: expect.stringMatching(/needs 269 MB of free disk/) },
    });
    expect((await service.administrator.call(ROUTES.listImports, { query: {} })).items).toEqual([]);
  });

  it('says 507 to who writes, goes on reading, and writes again when there is room', async () => {
    fill(MEGABYTE);
    const made: string[] = [];
    for (;;) {
      const answer = await service.administrator.attempt(ROUTES.createTeam, {
        body: { siteId: centre.siteId, name: `Team ${made.length}` },
      });
      if (answer.ok) made.push(answer.value.id);
      else {
        expect(answer.problem).toMatchObject({ status: 507, type: '/problems/diskFull' });
        break;
      }
    }
    const teams = async () =>
      (await service.administrator.call(ROUTES.listTeams, { query: {} })).items.map(team => team.id);
    // Each time late enough that the session is noted as seen, until there is no room even for that.
    for (let i = 0; i < 40; i++) {
      seconds += 80;
      expect((await teams()).toSorted()).toEqual(made.toSorted());
    }
    expect(await service.anonymous.call(ROUTES.getReadiness, {})).toEqual({ status: 'degraded' });
    rmSync(filler);
    const again = await service.administrator.call(ROUTES.createTeam, {
      body: { siteId: centre.siteId, name: 'After' },
    });
    expect((await teams()).toSorted()).toEqual([...made, again.id].toSorted());
    expect(await service.administrator.call(ROUTES.verifyAudit, {})).toMatchObject({ intact: true });
  });
});
