import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const MODULE = new URL('../../../api/cli/prepare.mjs', import.meta.url).href;

describe('the lock on installing and building', () => {
  let folder: string;
  let lock: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'coverline-prepare-'));
    lock = join(folder, 'lock');
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const script = (work: string) =>
    `import { withLock } from ${JSON.stringify(MODULE)};
     withLock(${JSON.stringify(lock)}, () => { ${work} });`;
  const start = (work: string) => spawn(process.execPath, ['--input-type=module', '-e', script(work)]);

  it('is free again when its holder was killed', async () => {
    const killed = start("process.stdout.write('held'); while (true);");
    await once(killed.stdout, 'data');
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    expect(existsSync(lock)).toBe(true);
    const next = spawnSync(process.execPath, ['--input-type=module', '-e', script("console.log('worked')")]);
    expect(String(next.stdout)).toBe('worked\n');
    expect(String(next.stderr)).toBe('');
    expect(existsSync(lock)).toBe(false);
  });

  it('is waited for while its holder lives, which is said once', async () => {
    mkdirSync(lock);
    writeFileSync(join(lock, 'owner'), String(process.pid));
    const waiting = start("console.log('worked')");
    const [said] = await once(waiting.stderr, 'data');
    expect(String(said)).toContain(`Waiting for process ${process.pid}`);
    expect(waiting.exitCode).toBeNull();
    rmSync(lock, { recursive: true });
    const [worked] = await once(waiting.stdout, 'data');
    expect(String(worked)).toBe('worked\n');
  });
});
