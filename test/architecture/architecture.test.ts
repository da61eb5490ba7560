import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { checkImports, checkPurity, checkStyle, readSources, root, sourceFile } from './imports.ts';

const SOURCES = ['forecasting', 'data', 'api', 'web'];

describe('architecture', () => {
  const files = readSources(SOURCES);

  it('reads the whole house', () => {
    for (const folder of ['forecasting/', 'data/', 'api/', 'web/']) {
      const count = files.filter(file => file.path.startsWith(folder)).length;
      expect(count, `files scanned in ${folder}`).toBeGreaterThan(20);
    }
  });

  it('imports only in the directions that the house allows', () => {
    expect(checkImports(files)).toEqual([]);
  });

  it('keeps clock and randomness out of the pure domain', () => {
    expect(checkPurity(files)).toEqual([]);
  });

  it('keeps files to one subject and barrels to one', () => {
    expect(checkStyle([...files, ...readSources(['test'])], 400)).toEqual([]);
  });

  it('keeps the top level to the agreed folders', () => {
    const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n');
    const folders = new Set(tracked.filter(path => path.includes('/')).map(path => path.split('/')[0]));
    expect([...folders].sort()).toEqual(['.ci', 'api', 'data', 'forecasting', 'test', 'web']);
  });
});

describe('the architecture test itself', () => {
  it.each([
    ['forecasting/staffing/a.ts', "import { x } from '../../data/db/connect.ts';"],
    ['forecasting/calendar/a.ts', "import { x } from '../demand/forecast.ts';"],
    ['forecasting/demand/a.ts', "import { readFileSync } from 'node:fs';"],
    ['data/store/a.ts', "import { x } from '../../api/service/y.ts';"],
    ['api/contract/a.ts', "import type { y } from '../../data/store/y.ts';"],
    ['api/http/a.ts', "import { y } from '../../data/store/y.ts';"],
    ['web/feature/review/a.ts', "const y = await import('../forecast/y.ts');"],
    ['web/lib/a.ts', "import { y } from '../../api/service/y.ts';"],
    ['web/component/a.tsx', "import { y } from '../feature/review/y.tsx';"],
  ])('catches a planted import in %s', (path, text) => {
    expect(checkImports([sourceFile(path, text)])).toHaveLength(1);
  });

  it.each(['Math.random()', 'Date.now()', 'new Date()', 'performance.now()'])(
    'catches a planted %s',
    text => {
      expect(checkPurity([sourceFile('forecasting/demand/a.ts', `const x = ${text};`)])).toHaveLength(1);
    },
  );

  it('catches a long file and a barrel', () => {
    expect(checkStyle([sourceFile('data/a.ts', 'x\n'.repeat(401))], 400)).toHaveLength(1);
    expect(checkStyle([sourceFile('data/a.ts', "export * from './b.ts';\n")], 400)).toHaveLength(1);
  });
});
