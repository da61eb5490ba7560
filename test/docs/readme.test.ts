import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from '../architecture/imports.ts';

const tracked = execFileSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter(path => path !== '' && existsSync(join(root, path)));

/** TypeScript blocks of a page, each with its line. */
function codeBlocks(path: string): readonly { line: number; code: string }[] {
  const text = readFileSync(join(root, path), 'utf8');
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(match => ({
    line: text.slice(0, match.index).split('\n').length,
    code: match[1] ?? '',
  }));
}

/**
 * Turns a block into a module that checks itself: `expression; // => value` becomes an assertion on what
 * the expression prints as JSON, with numbers compared at the precision shown.
 */
function executable(code: string): string {
  const body = code
    .replace(/from '\.\//g, "from '../../")
    .replace(/^(?!\s*(?:import|const|let|function|\}|\/\/))(.+?);? *\/\/ => (.+)$/gm, '__same($1, $2);');
  return `import { inspectSame as __same } from '../../test/docs/same.ts';\n${body}`;
}

describe('documentation', () => {
  const blocks = tracked.flatMap(path => codeBlocks(path).map(block => ({ path, ...block })));
  mkdirSync(join(root, 'build'), { recursive: true });
  const scratch = mkdtempSync(join(root, 'build', 'readme-code-'));
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  it('has code to run', () => {
    expect(blocks.length).toBeGreaterThan(3);
  });

  it.each(blocks)('$path line $line runs and says what it claims', async ({ path, line, code }) => {
    const file = join(scratch, `${path.replaceAll(/[^a-z]/gi, '-')}-${line}.ts`);
    writeFileSync(file, executable(code));
    await import(file);
  });

  it('links only to files that exist', () => {
    const broken = tracked.flatMap(path => {
      const text = readFileSync(join(root, path), 'utf8');
      return [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)[^)]*\)/g)]
        .map(match => match[1] ?? '')
        .filter(target => !existsSync(join(root, dirname(path), target)))
        .map(target => `${path} → ${target}`);
    });
    expect(broken).toEqual([]);
  });

  it('gives every source folder a page', () => {
    const folders = ['forecasting', 'data', 'api', 'web', 'test'].flatMap(top => [
      top,
      ...readdirSync(join(root, top), { withFileTypes: true })
        .filter(entry => entry.isDirectory() && top === 'forecasting')
        .map(entry => `${top}/${entry.name}`),
    ]);
    expect(folders.filter(folder => !existsSync(join(root, folder, 'README.md')))).toEqual([]);
  });
});
