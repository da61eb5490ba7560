import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../../data/db/connect.ts';
import { root } from '../../architecture/imports.ts';
import { type CommandResult, clinicHistory, coverline, scratchFolder, writeScratch } from './coverline.ts';

const folder = scratchFolder();
const data = ['--data', join(folder, 'data')];
const history = writeScratch(folder, 'calls.csv', clinicHistory('2026-01-05', 28));

function withInput(args: readonly string[], input: string): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'api/cli/coverline.mjs'), ...args], {
      env: { ...process.env, DATABASE_URL: '' },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', exitCode => resolve({ exitCode, stdout, stderr }));
    child.stdin.end(input);
  });
}

beforeAll(() => coverline(['help']), 120_000);

describe('the stored centre from the terminal', () => {
  it('migrates, imports once, and undoes exactly', async () => {
    expect((await coverline(['migrate', ...data])).exitCode).toBe(0);
    const call = () =>
      coverline([
        'import',
        history,
        '--site',
        'Clinic',
        '--queue',
        'Calls',
        '--time-zone',
        'America/Chicago',
        '--json',
        ...data,
      ]);
    const first = JSON.parse((await call()).stdout);
    expect(first).toMatchObject({ kind: 'committed', report: { rowsNew: 20 * 36, rowsRejected: 0 } });
    expect(JSON.parse((await call()).stdout).kind).toBe('unchanged');
    const undone = await coverline(['import', '--undo', first.batchId, ...data]);
    expect(undone.stdout).toContain(`${20 * 36} intervals removed`);
    const again = await coverline(['import', '--undo', first.batchId, ...data]);
    expect(again).toMatchObject({ exitCode: 1 });
    expect(again.stderr).toContain('undone already');
  });

  it('needs no queue named for the first file of an empty centre, but a zone that exists', async () => {
    const call = (zone: string) =>
      coverline(['import', history, '--time-zone', zone, '--json', '--data', join(folder, 'first')]);
    const nowhere = await call('Mars/Olympus');
    expect(nowhere).toMatchObject({ exitCode: 2, stdout: '' });
    expect(nowhere.stderr).toContain('--time-zone must be an IANA zone');
    const imported = JSON.parse((await call('America/Chicago')).stdout);
    expect(imported).toMatchObject({ kind: 'committed', report: { rowsNew: 20 * 36 } });
  });

  it('refuses a file with errors whole, and says how to mend it', async () => {
    const bad = writeScratch(
      folder,
      'bad.csv',
      'interval_start,offered\n2026-02-02 08:00,5\n2026-02-02 08:15,-3\n',
    );
    const { exitCode, stdout } = await coverline([
      'import',
      bad,
      '--site',
      'Clinic',
      '--queue',
      'Calls',
      ...data,
    ]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('Nothing was imported');
    expect(stdout).toContain('line 3');
  });

  it('creates accounts with the password from standard input', async () => {
    const args = ['user', 'create', '--email', 'ana@example.org', '--role', 'planner', ...data];
    expect(await withInput(args, 'short\n')).toMatchObject({ exitCode: 1 });
    expect(await withInput(args, 'correct horse battery staple\n')).toMatchObject({ exitCode: 0 });
    expect(await withInput(args, 'correct horse battery staple\n')).toMatchObject({ exitCode: 1 });
    const list = await coverline(['user', 'list', '--json', ...data]);
    expect(JSON.parse(list.stdout)[0]).toMatchObject({
      email: 'ana@example.org',
      roles: 'planner',
      disabled: 'no',
    });
  });

  it('backs up, and restores what was there', async () => {
    expect((await coverline(['backup', ...data])).exitCode).toBe(0);
    const [backup = ''] = readdirSync(join(folder, 'data', 'backup'));
    await withInput(
      ['user', 'create', '--email', 'ben@example.org', '--role', 'agent', ...data],
      'correct horse battery staple\n',
    );
    const restored = await coverline(['restore', join(folder, 'data', 'backup', backup), ...data]);
    expect(restored).toMatchObject({ exitCode: 0, stderr: '' });
    const list = await coverline(['user', 'list', '--json', ...data]);
    expect(JSON.parse(list.stdout).map((user: { email: string }) => user.email)).toEqual(['ana@example.org']);
  });

  it('verifies the audit trail of a restored database, and names the first broken entry', async () => {
    const verify = (...more: readonly string[]) => coverline(['audit', 'verify', ...more, ...data]);
    const whole = await verify();
    expect(whole).toMatchObject({ exitCode: 0, stderr: '' });
    const [, events = '', head = ''] =
      /^whole: (\d+) events, last hash ([0-9a-f]{64})\n$/.exec(whole.stdout) ?? [];
    expect(Number(events)).toBeGreaterThan(1);
    expect((await verify('--known', head)).exitCode).toBe(0);
    const store = openStore(`sqlite:${join(folder, 'data', 'coverline.db')}`);
    for (const change of ['update', 'delete']) {
      await sql`drop trigger ${sql.ref(`audit_event_no_${change}`)}`.execute(store.db);
    }
    await sql`delete from audit_event where sequence = ${Number(events)}`.execute(store.db);
    const cut = await verify('--known', head);
    expect(cut).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('cut off') });
    await sql`update audit_event set detail = '{}' where sequence = 1`.execute(store.db);
    await store.close();
    const broken = await verify();
    expect(broken).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('broken at event 1') });
    expect((await coverline(['audit', 'check', ...data])).exitCode).toBe(2);
  });

  it('refuses to restore what is not a database', async () => {
    const { exitCode, stderr } = await coverline(['restore', history, ...data]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('is not a sound Coverline database');
  });

  it('says what single sign-on needs before it starts', async () => {
    const file = writeScratch(folder, 'provider.json', '{ "issuer": "not an address" }');
    const alone = await coverline(['serve', '--identity-provider', file, ...data]);
    expect(alone).toMatchObject({ exitCode: 2, stdout: '' });
    expect(alone.stderr).toContain('single sign-on needs --public-url');
    const wrong = await coverline([
      'serve',
      '--identity-provider',
      file,
      '--public-url',
      'https://wfm.example.org',
      ...data,
    ]);
    expect(wrong.exitCode).toBe(1);
    expect(wrong.stderr).toContain('issuer');
    expect(wrong.stderr).toContain('clientId');
  });

  it('examines itself', async () => {
    const { stdout } = await coverline(['doctor', '--json', ...data]);
    const checks: readonly { name: string; ok: boolean }[] = JSON.parse(stdout);
    for (const name of ['Node', 'Database', 'Schema']) {
      expect(checks.find(check => check.name === name)?.ok, name).toBe(true);
    }
    // The trail was broken above, and it says so.
    expect(checks.find(check => check.name === 'Audit trail')?.ok).toBe(false);
  });
});
