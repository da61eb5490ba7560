import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DatabaseInUseError, lockForService } from '../../../data/db/serverLock.ts';

describe('one service on a SQLite file', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'coverline-lock-'));
    path = join(folder, 'coverline.db');
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('refuses a second one, says who holds it, and lets the next in when that has ended', () => {
    const unlock = lockForService(path);
    expect(() => lockForService(path)).toThrow(DatabaseInUseError);
    expect(() => lockForService(path)).toThrow(`(process ${process.pid} on `);
    unlock();
    lockForService(path)();
  });

  it('is given back by a process that was killed', async () => {
    const module = new URL('../../../data/db/serverLock.ts', import.meta.url).href;
    const script = `const { lockForService } = await import('${module}');
      lockForService(${JSON.stringify(path)}); console.log('held'); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]);
    await new Promise(resolve => child.stdout.once('data', resolve));
    expect(() => lockForService(path)).toThrow(`(process ${child.pid} on `);
    const gone = new Promise(resolve => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    lockForService(path)();
  });
});
