import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../architecture/imports.ts';

export interface CommandResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the `coverline` command as a user would and waits for its end. */
export function coverline(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'api/cli/coverline.mjs'), ...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', exitCode => resolve({ exitCode, stdout, stderr }));
  });
}

/** A folder of its own for a test's files. */
export function scratchFolder(): string {
  return mkdtempSync(join(tmpdir(), 'coverline-cli-'));
}

/** Writes a file and returns its path. */
export function writeScratch(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/**
 * Quarter-hours of a made-up clinic, open Monday to Friday 08:00–17:00 local time, with a Monday peak.
 * Counts follow from the clock alone, so every run writes the same file.
 */
export function clinicHistory(firstDate: string, days: number): string {
  const lines = ['interval_start,offered,aht_seconds'];
  for (let d = 0; d < days; d++) {
    const at = new Date(Date.parse(`${firstDate}T00:00:00Z`) + d * 86_400_000);
    const weekday = (at.getUTCDay() + 6) % 7;
    if (weekday > 4) continue;
    for (let slot = 32; slot < 68; slot++) {
      const shape = 12 + 8 * Math.sin(((slot - 32) / 36) * Math.PI);
      const wobble = ((d * 7 + slot * 13) % 11) - 5;
      const calls = Math.max(0, Math.round(shape * (weekday === 0 ? 1.3 : 1) + wobble));
      const clock = `${String(Math.floor(slot / 4)).padStart(2, '0')}:${String((slot % 4) * 15).padStart(2, '0')}`;
      lines.push(`${at.toISOString().slice(0, 10)} ${clock},${calls},${280 + (slot % 5) * 10}`);
    }
  }
  return `${lines.join('\n')}\n`;
}
