import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isBreached } from '../../../api/auth/breachedPasswords.ts';

describe('isBreached', () => {
  let folder = '';
  const file = () => join(folder, 'breached-passwords.txt');

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'coverline-test-'));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('finds nothing without a file or in an empty one', async () => {
    expect(await isBreached(file(), 'any')).toBe(false);
    writeFileSync(file(), '');
    expect(await isBreached(file(), 'any')).toBe(false);
  });

  it('finds what is listed and nothing else, whatever the counts and the ends of lines', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 60 }),
        fc.array(fc.constantFrom('', ':1', ':37615252'), { minLength: 1, maxLength: 5 }),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        async (passwords, counts, ending, lastEnds) => {
          const absent = passwords.slice(0, passwords.length / 2);
          const listed = passwords.slice(absent.length);
          const lines = listed
            .map(password => createHash('sha1').update(password).digest('hex').toUpperCase())
            .toSorted()
            .map((hash, at) => `${hash}${counts[at % counts.length]}`);
          writeFileSync(file(), `${lines.join(ending)}${lastEnds ? ending : ''}`);
          for (const password of listed) expect(await isBreached(file(), password)).toBe(true);
          for (const password of absent) expect(await isBreached(file(), password)).toBe(false);
        },
      ),
      { numRuns: 40 },
    );
  });
});
