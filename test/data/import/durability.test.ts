import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../../data/db/connect.ts';
import { assertSound } from '../../../data/db/copy.ts';
import type { ImportRequest } from '../../../data/import/importFile.ts';
import { importInThread } from '../../../data/import/importInThread.ts';
import { listImportBatches } from '../../../data/store/importBatches.ts';
import { openTestStore, type TestStore, testEngines } from '../databases.ts';
import { type Centre, detected, makeCentre, pieces, stored } from './centre.ts';

const ROUNDS = 4;
const ROWS = 28 * 96;

describe.each(testEngines)('imports on $engine that are cut short', engine => {
  let test: TestStore;
  let store: Store;

  beforeAll(async () => {
    test = await openTestStore(engine);
    store = test.store;
  });

  afterAll(() => test.dispose());

  function requestFor(centre: Centre, text: string): ImportRequest {
    return {
      siteId: centre.site.id,
      queues: [centre.queue],
      mapping: { ...detected(text).mapping, queueId: centre.queue.id },
      fileName: null,
      userId: null,
      at: 1,
      dryRun: false,
      onRejected: 'refuse',
    };
  }

  it.runIf(engine.engine === 'postgres')('say what the database said when it cannot be reached', async () => {
    const text = 'interval_start,offered\n2026-05-04 08:00,1\n';
    const centre = await makeCentre(store);
    const gone = new URL(test.url);
    gone.port = '1';
    const failed = importInThread(gone.href, pieces(Buffer.from(text)), requestFor(centre, text));
    await expect(failed).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  /** Runs the child until it has acknowledged `until` imports and some more time has passed, then kills it. */
  async function killedAfter(request: ImportRequest, until: number, delay: number): Promise<number> {
    const child = spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        fileURLToPath(new URL('./importChild.ts', import.meta.url)),
        test.url,
        JSON.stringify(request),
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let acknowledged = 0;
    let errors = '';
    const closed = once(child, 'close');
    child.stderr.on('data', data => {
      errors += String(data);
    });
    const enough = new Promise<void>(resolve => {
      child.stdout.on('data', data => {
        acknowledged = Number(String(data).trim().split('\n').pop());
        if (acknowledged >= until) setTimeout(resolve, delay);
      });
      child.once('exit', () => resolve());
    });
    await enough;
    child.kill('SIGKILL');
    // What was written into the pipe before the kill still counts as acknowledged.
    await closed;
    if (child.signalCode !== 'SIGKILL') throw new Error(`the child ended by itself: ${errors.slice(0, 500)}`);
    return acknowledged;
  }

  it('lose nothing acknowledged and leave nothing half written when the process is killed', async () => {
    const sample = 'interval_start,offered\n2026-02-01 00:00,1\n2026-02-01 00:15,2\n2026-02-01 00:30,3\n';
    for (let round = 0; round < ROUNDS; round++) {
      const centre = await makeCentre(store);
      const acknowledged = await killedAfter(requestFor(centre, sample), 1 + (round % 3), round * 37);
      const values = new Set((await stored(centre)).map(row => row.offered));
      expect(await stored(centre)).toHaveLength(ROWS);
      // One file writes one value everywhere: two values would be a torn import.
      expect(values.size).toBe(1);
      const [value = 0] = values;
      expect(value).toBeGreaterThanOrEqual(acknowledged);
      const batches = await listImportBatches(store.db, [centre.site.id]);
      expect(batches).toHaveLength(value ?? 0);
    }
    if (store.engine === 'sqlite') assertSound(store.path);
  }, 180_000);

  it('leave nothing behind when they are called off', async () => {
    const centre = await makeCentre(store);
    const text = `interval_start,offered\n${Array.from({ length: 90 }, (_, i) => `2026-02-01 ${String(Math.floor(i / 4)).padStart(2, '0')}:${String((i % 4) * 15).padStart(2, '0')},${i}`).join('\n')}\n`;
    const controller = new AbortController();
    let progress = 0;
    const running = importInThread(test.url, pieces(Buffer.from(text), 50), requestFor(centre, text), {
      signal: controller.signal,
      onProgress: () => {
        progress++;
        controller.abort(new Error('called off'));
      },
    });
    await expect(running).rejects.toThrow('called off');
    expect(progress).toBeGreaterThan(0);
    expect(await stored(centre)).toEqual([]);
    const done = await importInThread(test.url, pieces(Buffer.from(text), 50), requestFor(centre, text));
    expect(done).toMatchObject({ kind: 'committed', report: { rowsNew: 90 } });
    expect(await stored(centre)).toHaveLength(90);
  });

  it('pass on from the thread what is wrong with a file, also before all of it has been sent', async () => {
    const centre = await makeCentre(store);
    const text = 'interval_start,offered\n2026-02-01 00:00,1\n2026-02-01 00:15,2\n';
    const broken = Buffer.from(`${text}"2026-02-01 00:30,3\n${'2026-02-01 00:45,4\n'.repeat(20_000)}`);
    const outcome = await importInThread(test.url, pieces(broken, 1000), requestFor(centre, text));
    expect(outcome).toMatchObject({ kind: 'unreadable', line: 4 });
  });

  it('leave no staging file', async () => {
    if (store.engine !== 'sqlite') return;
    const left = readdirSync(dirname(store.path)).filter(name => name.includes('.import-'));
    expect(left).toEqual([]);
  });
});
