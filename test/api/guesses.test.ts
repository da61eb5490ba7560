import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from '../../api/contract/routes.ts';
import { startServer } from '../../api/server.ts';
import { Refusal } from '../../api/service/refusal.ts';
import { assertNotThrottled, recordFailure } from '../../api/service/signInThrottle.ts';
import { openTestStore, type TestStore, testEngines } from '../data/databases.ts';
import { contextOf } from './context.ts';
import { ADMINISTRATOR, createBrowser, PASSWORD } from './harness.ts';

const HOUR = 3600;
const GUESSES_AN_HOUR = 10_000;

/** On one database: `session.test.ts` sends a burst of guesses to the whole service on both. */
const [engine] = testEngines;
if (!engine) throw new Error('no database to test on');
/** Where each guess asks another process, the first tenth of the hour. */
const GUESSES = engine.engine === 'postgres' ? GUESSES_AN_HOUR / 10 : GUESSES_AN_HOUR;

describe('ten thousand guesses at a password', { timeout: 240_000 }, () => {
  let test: TestStore;
  let now = 1_780_000_000;

  beforeAll(async () => {
    test = await openTestStore(engine);
  });

  afterAll(() => test.dispose());

  /** One guess as the sign-in makes it, without the hashing: whether it got as far as that. */
  async function guess(address: string): Promise<boolean> {
    const context = contextOf(test.store, () => now, address);
    try {
      await assertNotThrottled(context, ADMINISTRATOR.email);
    } catch (error) {
      if (error instanceof Refusal && error.id === 'tooManyRequests') return false;
      throw error;
    }
    await recordFailure(context, ADMINISTRATOR.email, 'session.start');
    return true;
  }

  it('within an hour: at most a hundred reach the hash, and nobody is locked out', async () => {
    let hashed = 0;
    for (let i = 0; i < GUESSES; i++) {
      if (i > 0 && i % (GUESSES_AN_HOUR / HOUR) < 1) now += 1;
      if (await guess('203.0.113.9')) hashed++;
    }
    expect(hashed).toBeGreaterThanOrEqual(10);
    expect(hashed).toBeLessThanOrEqual(100);
    // The owner from anywhere else at once, and from the very same address after the pause.
    await assertNotThrottled(
      contextOf(test.store, () => now, '198.51.100.7'),
      ADMINISTRATOR.email,
    );
    now += 901;
    await assertNotThrottled(
      contextOf(test.store, () => now, '203.0.113.9'),
      ADMINISTRATOR.email,
    );
  });

  it('many accounts from one address: a hundred in a quarter of an hour', async () => {
    now += HOUR;
    let hashed = 0;
    for (let i = 0; i < 300; i++) {
      const context = contextOf(test.store, () => now, '203.0.113.10');
      const account = `person${i}@example.org`;
      try {
        await assertNotThrottled(context, account);
        await recordFailure(context, account, 'session.start');
        hashed++;
      } catch (error) {
        expect(error).toMatchObject({ id: 'tooManyRequests' });
      }
    }
    expect(hashed).toBe(100);
  });
});

describe('weak passwords', () => {
  it('are refused at set-up with what is wrong with them, those of the operator’s list as well', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'coverline-data-'));
    const breached = 'nobody would ever guess this one';
    const hash = createHash('sha1').update(breached).digest('hex').toUpperCase();
    writeFileSync(join(dataDir, 'breached-passwords.txt'), `${hash}:12\r\n`);
    const server = await startServer({ databaseUrl: ':memory:', dataDir, port: 0, logLevel: 'silent' });
    try {
      const browser = createBrowser(server.url);
      const setUp = (password: string) =>
        browser.attempt(ROUTES.setUp, { body: { ...ADMINISTRATOR, password } });
      for (const [password, reason] of [
        ['Password123456', 'guessed'],
        [breached, 'breach'],
      ] as const) {
        expect(await setUp(password)).toMatchObject({
          ok: false,
          problem: {
            status: 400,
            issues: [{ path: 'body.password', message: expect.stringContaining(reason) }],
          },
        });
      }
      expect((await setUp(PASSWORD)).ok).toBe(true);
    } finally {
      await server.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});
