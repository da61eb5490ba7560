import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../architecture/imports.ts';
import { coverline } from './coverline.ts';

describe('coverline', () => {
  it('ends quietly when nobody reads its output any more, as before a pipe into head', async () => {
    const child = spawn(process.execPath, [
      join(root, 'api/cli/coverline.mjs'),
      ...['staff', '--calls', '100', '--aht', '300'],
    ]);
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    const exitCode = await new Promise(resolve => child.on('close', resolve));
    expect(stderr.replace('Compiling the server …\n', '')).toBe('');
    expect(exitCode).toBe(0);
  });

  it('lists its commands and guesses what was meant', async () => {
    const help = await coverline(['--help']);
    for (const name of ['forecast', 'backtest', 'staff', 'schedule', 'plan', 'compare'])
      expect(help.stdout).toContain(name);
    const wrong = await coverline(['forcast']);
    expect(wrong).toMatchObject({ exitCode: 2, stdout: '' });
    expect(wrong.stderr).toContain('did you mean "forecast"?');
    expect(wrong.stderr).not.toContain('coverline forcast --help');
  });
});
