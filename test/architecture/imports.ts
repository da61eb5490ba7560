import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A source file with the project-relative paths and package names that it imports. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

/** A rule broken: where, and what was found. */
export interface Violation {
  readonly path: string;
  readonly found: string;
  readonly rule: string;
}

const IMPORT = /(?:\bfrom\s+|\bimport\s*\(\s*|^\s*import\s+)['"]([^'"]+)['"]/gm;

/** Every TypeScript source below the given top-level folders. */
export function readSources(folders: readonly string[], base = root): readonly SourceFile[] {
  return folders.flatMap(folder =>
    readdirSync(join(base, folder), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map(entry => {
        const file = join(entry.parentPath, entry.name);
        return sourceFile(relative(base, file).split(sep).join('/'), readFileSync(file, 'utf8'));
      }),
  );
}

/** A source file from its text; relative imports become project-relative paths. */
export function sourceFile(path: string, text: string): SourceFile {
  const imports = [...text.matchAll(IMPORT)].map(match => {
    const target = match[1] ?? '';
    return target.startsWith('.') ? join(dirname(path), target).split(sep).join('/') : target;
  });
  return { path, text, imports };
}

const TOP = ['forecasting', 'data', 'api', 'web'] as const;
const FORECASTING_ORDER = [
  'calendar',
  'history',
  'demand',
  'staffing',
  'simulation',
  'scheduling',
  'capacity',
  'intraday',
  'review',
];

function zoneOf(path: string): string | undefined {
  // The build's own configuration runs in Node.
  if (path === 'web/vite.config.ts') return undefined;
  if (path.startsWith('api/contract/')) return 'contract';
  return TOP.find(top => path.startsWith(`${top}/`));
}

const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  forecasting: ['forecasting'],
  contract: ['contract', 'forecasting'],
  data: ['data', 'forecasting'],
  api: ['api', 'contract', 'data', 'forecasting'],
  web: ['web', 'contract', 'forecasting'],
};

/** The directions of imports that the house allows (the table in the architecture decision, restated as code). */
export function checkImports(files: readonly SourceFile[]): readonly Violation[] {
  return files.flatMap(file =>
    file.imports.flatMap(target => {
      const rule = brokenRule(file.path, target);
      return rule ? [{ path: file.path, found: target, rule }] : [];
    }),
  );
}

function brokenRule(path: string, target: string): string | undefined {
  const from = zoneOf(path);
  if (!from) return undefined;
  if (target.startsWith('node:') && (from === 'forecasting' || from === 'contract' || from === 'web')) {
    return `${from} runs in the browser: no Node imports`;
  }
  const to = zoneOf(target);
  if (!to) return undefined;
  if (!ALLOWED[from]?.includes(to)) return `${from} may not import ${to}`;
  if (from === 'api' && to === 'data' && path.startsWith('api/http/')) {
    return 'api/http reaches data only through api/service';
  }
  if (from === 'forecasting') return brokenOrder(path, target);
  if (from === 'web') return brokenFeature(path, target);
  return undefined;
}

function brokenOrder(path: string, target: string): string | undefined {
  const from = FORECASTING_ORDER.indexOf(path.split('/')[1] ?? '');
  const to = FORECASTING_ORDER.indexOf(target.split('/')[1] ?? '');
  if (from >= 0 && target === 'forecasting/index.ts') return 'the domain does not import its own barrel';
  if (from >= 0 && to > from) return 'inside forecasting a folder imports only folders above it';
  return undefined;
}

function brokenFeature(path: string, target: string): string | undefined {
  const own = /^web\/feature\/([^/]+)\//.exec(path)?.[1];
  const other = /^web\/feature\/([^/]+)\//.exec(target)?.[1];
  if (other && own && own !== other) return 'features never import each other';
  if (other && !own && /^web\/(component|lib|locale)\//.test(path))
    return 'shared web code imports no feature';
  return undefined;
}

const IMPURE: readonly (readonly [RegExp, string])[] = [
  [/\bMath\.random\b/, 'randomness is an argument'],
  [/\bDate\.now\b|\bperformance\.now\b/, 'the clock is an argument'],
  [/\bnew Date\(\s*\)/, 'the clock is an argument'],
];

/** Clock and randomness inside the pure domain. */
export function checkPurity(files: readonly SourceFile[]): readonly Violation[] {
  return files
    .filter(file => file.path.startsWith('forecasting/'))
    .flatMap(file =>
      IMPURE.flatMap(([pattern, rule]) => {
        const found = pattern.exec(file.text);
        return found ? [{ path: file.path, found: found[0], rule }] : [];
      }),
    );
}

/** House style that no linter states: one subject a file, no barrels, no default exports, no skipped or lone tests. */
export function checkStyle(files: readonly SourceFile[], maxLines: number): readonly Violation[] {
  return files.flatMap(file => {
    const violations: Violation[] = [];
    const lines = file.text.split('\n').length - 1;
    if (lines > maxLines) {
      violations.push({ path: file.path, found: `${lines} lines`, rule: `at most ${maxLines} lines` });
    }
    const barrel = /^export \* from/m.exec(file.text);
    if (barrel && file.path !== 'forecasting/index.ts') {
      violations.push({ path: file.path, found: barrel[0], rule: 'no barrels but forecasting/index.ts' });
    }
    const single = /\b(?:it|test|describe)\.only\b/.exec(file.text);
    if (single) violations.push({ path: file.path, found: single[0], rule: 'no test singled out' });
    return violations;
  });
}
