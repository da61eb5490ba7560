import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What the command line asks for. */
export interface BenchArguments {
  readonly set: 'roster24' | 'shift-design';
  readonly folder: string;
  /** Instance numbers asked for; null means every file of the folder. */
  readonly instances: readonly number[] | null;
  readonly timeLimitSeconds: number;
  readonly seeds: number;
  readonly threads: number;
  readonly out: string;
  readonly bestKnownFile: string;
}

export interface InstanceFile {
  readonly number: number;
  readonly name: string;
  readonly path: string;
}

export const USAGE = `usage: npm run bench -- schedule --set roster24|shift-design [--instances 1-24|1,3,5] [--time-limit 60s|10m]
       [--seeds 5] [--threads 1|2] [--folder DIR] [--out DIR]
The time limit is CPU time (per thread). Public instances are read from COVERLINE_SHARED, by default ../shared.`;

/** @throws Error saying which option is wrong */
export function parseArguments(args: readonly string[]): BenchArguments {
  const options = new Map<string, string>();
  for (let i = 0; i < args.length; i += 2) {
    const name = args[i] ?? '';
    const value = args[i + 1];
    if (!OPTIONS.includes(name)) throw new Error(`unknown option ${name}`);
    if (value === undefined) throw new Error(`${name} needs a value`);
    options.set(name, value);
  }
  const set = options.get('--set') ?? 'roster24';
  if (set !== 'roster24' && set !== 'shift-design')
    throw new Error(`--set must be roster24 or shift-design, not ${set}`);
  const shared = resolve(process.env.COVERLINE_SHARED ?? '../shared', 'instances');
  const instances = options.get('--instances');
  return {
    set,
    folder: resolve(options.get('--folder') ?? join(shared, set)),
    instances: instances === undefined ? null : parseNumbers(instances),
    timeLimitSeconds: parseSeconds(options.get('--time-limit') ?? '60s'),
    seeds: parseCount('--seeds', options.get('--seeds') ?? '1'),
    threads: Math.min(2, parseCount('--threads', options.get('--threads') ?? '1')),
    out: resolve(options.get('--out') ?? join('build', 'bench', 'schedule')),
    bestKnownFile: join(
      shared,
      set === 'roster24' ? 'best-known-roster24.csv' : 'best-known-shift-design.csv',
    ),
  };
}

const OPTIONS = ['--set', '--instances', '--time-limit', '--seeds', '--threads', '--folder', '--out'];

function parseNumbers(text: string): number[] {
  return text.split(',').flatMap(part => {
    const [first, last = first] = part.split('-').map(Number);
    if (!Number.isInteger(first) || !Number.isInteger(last) || first === undefined || last === undefined)
      throw new Error(`--instances: ${part} is no number and no range`);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

function parseSeconds(text: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(s|m)?$/.exec(text) ?? [];
  if (amount === undefined) throw new Error(`--time-limit: ${text} is not like 60s or 10m`);
  return Number(amount) * (unit === 'm' ? 60 : 1);
}

function parseCount(name: string, text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new Error(`${name} must be a whole number of at least 1`);
  return count;
}

/** The files to solve, by number, and the numbers asked for that the folder lacks. */
export function findInstances({ set, folder, instances }: BenchArguments): {
  readonly files: readonly InstanceFile[];
  readonly missing: readonly number[];
} {
  if (!existsSync(folder))
    throw new Error(`there is no folder ${folder}; give --folder or set COVERLINE_SHARED`);
  const extension = set === 'roster24' ? '.txt' : '.dzn';
  const files = readdirSync(folder)
    .filter(file => file.endsWith(extension))
    .map(file => {
      const name = file.slice(0, -extension.length);
      return { name, path: join(folder, file), number: Number(/(\d+)$/.exec(name)?.[1] ?? Number.NaN) };
    })
    .sort((a, b) => a.number - b.number || a.name.localeCompare(b.name));
  if (!instances) return { files, missing: [] };
  return {
    files: files.filter(file => instances.includes(file.number)),
    missing: instances.filter(number => !files.some(file => file.number === number)),
  };
}

/** Best known value per instance number (rosters) or file name (shift design); empty without the file. */
export function readBestKnown({ set, bestKnownFile }: BenchArguments): ReadonlyMap<string, number> {
  if (!existsSync(bestKnownFile)) return new Map();
  const [, ...lines] = readFileSync(bestKnownFile, 'utf8').trim().split(/\r?\n/);
  return new Map(
    lines.map(line => {
      const fields = line.split(',');
      return set === 'roster24' ? [fields[0] ?? '', Number(fields[5])] : [fields[1] ?? '', Number(fields[4])];
    }),
  );
}
