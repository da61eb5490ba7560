import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CommandInput } from '../../../api/cli/args.ts';
import { readIdentityProvider } from '../../../api/cli/identityProvider.ts';
import { secret, shownDatabase, storeSettings } from '../../../api/cli/settings.ts';

const URL = 'postgres://coverline@db/coverline?sslmode=verify-full';
const nothing = new CommandInput(new Map(), []);

describe('secrets of the environment', () => {
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'coverline-test-'));
    vi.stubEnv('DATABASE_URL', '');
  });

  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  const file = (text: string) => {
    const path = join(folder, 'secret');
    writeFileSync(path, text);
    return path;
  };

  it('are read from a variable or from the file that another one names', () => {
    expect(secret('SET_UP_TOKEN')).toBeUndefined();
    vi.stubEnv('SET_UP_TOKEN', 'in the variable');
    expect(secret('SET_UP_TOKEN')).toBe('in the variable');
    vi.stubEnv('SET_UP_TOKEN_FILE', file('in the file\n'));
    expect(() => secret('SET_UP_TOKEN')).toThrow('SET_UP_TOKEN and SET_UP_TOKEN_FILE are both set');
    vi.stubEnv('SET_UP_TOKEN', '');
    expect(secret('SET_UP_TOKEN')).toBe('in the file');
    vi.stubEnv('SET_UP_TOKEN_FILE', join(folder, 'nowhere'));
    expect(() => secret('SET_UP_TOKEN')).toThrow('SET_UP_TOKEN_FILE: ENOENT');
  });

  it('give the database its address, and its password apart from that', () => {
    vi.stubEnv('DATABASE_URL_FILE', file(`${URL}\n`));
    expect(storeSettings(nothing).databaseUrl).toBe(URL);
    vi.stubEnv('DATABASE_PASSWORD', 'p@ss/word%41');
    const told = storeSettings(nothing).databaseUrl;
    expect(decodeURIComponent(new globalThis.URL(told).password)).toBe('p@ss/word%41');
    expect(shownDatabase(told)).not.toContain('word');
    vi.stubEnv('DATABASE_PASSWORD', '');
    vi.stubEnv('DATABASE_PASSWORD_FILE', '/run/secrets/database');
    expect(storeSettings(nothing).databaseUrl).toBe(`${URL}&password_file=%2Frun%2Fsecrets%2Fdatabase`);
  });

  it('complete the file of the identity provider', async () => {
    const provider = {
      issuer: 'https://login.example.org',
      clientId: 'coverline',
      label: 'Riverside',
      groupsClaim: 'groups',
      grants: {},
    };
    const path = join(folder, 'provider.json');
    writeFileSync(path, JSON.stringify(provider));
    const read = () => readIdentityProvider(path, 'https://wfm.example.org');
    await expect(read()).rejects.toThrow('the client secret is missing');
    vi.stubEnv('IDENTITY_PROVIDER_SECRET_FILE', file('hidden\n'));
    expect(await read()).toMatchObject({ ...provider, clientSecret: 'hidden' });
  });
});
