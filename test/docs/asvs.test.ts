import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CsvParser } from '../../data/import/text/csv.ts';
import { root } from '../architecture/imports.ts';

const PATH = 'test/docs/asvs-5.0.csv';
const STATUSES = ['met', 'partly', 'gap', 'not applicable'];

/** Requirements of level 1 and of level 2 in each chapter of OWASP ASVS 5.0.0, counted in its own CSV. */
const CHAPTERS: Readonly<Record<number, readonly [number, number]>> = {
  1: [8, 19],
  2: [4, 7],
  3: [8, 11],
  4: [2, 8],
  5: [4, 5],
  6: [13, 22],
  7: [6, 12],
  8: [4, 3],
  9: [4, 3],
  10: [5, 24],
  11: [3, 11],
  12: [3, 6],
  13: [1, 12],
  14: [2, 7],
  15: [3, 10],
  16: [0, 16],
  17: [0, 7],
};

interface Row {
  readonly id: string;
  readonly level: string;
  readonly requirement: string;
  readonly status: string;
  readonly evidence: string;
  readonly note: string;
}

function readRows(): readonly Row[] {
  const records: string[][] = [];
  const parser = new CsvParser({ delimiter: ',', onRecord: fields => records.push([...fields]) });
  parser.write(readFileSync(join(root, PATH), 'utf8'));
  parser.end();
  return records
    .slice(1)
    .map(([id = '', level = '', requirement = '', status = '', evidence = '', note = '']) => ({
      id,
      level,
      requirement,
      status,
      evidence,
      note,
    }));
}

/** What is wrong with where a row points; undefined when the test or the heading is there. */
function brokenEvidence(evidence: string): string | undefined {
  const [, path = '', mark = '', name = ''] = /^(.+?)(?:(::|#)(.+))?$/.exec(evidence) ?? [];
  if (!existsSync(join(root, path))) return `${path} does not exist`;
  const text = readFileSync(join(root, path), 'utf8');
  if (mark === '::' && !text.includes(name)) return `${path} has no test "${name}"`;
  if (
    mark === '#' &&
    !text.split('\n').some(line => /^#+ /.test(line) && line.replace(/^#+ /, '') === name)
  ) {
    return `${path} has no heading "${name}"`;
  }
  return undefined;
}

describe('the self-assessment against OWASP ASVS 5.0, levels 1 and 2', () => {
  const rows = readRows();

  it('has every requirement once', () => {
    expect(new Set(rows.map(row => row.id)).size).toBe(rows.length);
    for (const row of rows) expect(row.id).toMatch(/^\d+\.\d+\.\d+$/);
    const counted = Object.fromEntries(
      Object.keys(CHAPTERS).map(chapter => {
        const own = rows.filter(row => row.id.startsWith(`${chapter}.`));
        return [chapter, ['1', '2'].map(level => own.filter(row => row.level === level).length)];
      }),
    );
    expect(counted).toEqual(CHAPTERS);
    // 70 and 183: the standard's own totals.
    expect(rows.length).toBe(253);
  });

  it('says how each stands, and points to a test or a page where it is met', () => {
    const wrong = rows.flatMap(({ id, requirement, status, evidence, note }) => {
      if (!STATUSES.includes(status) || requirement === '') return [`${id}: "${status}"`];
      if (status === 'met' && !/::.|#./.test(evidence)) return [`${id}: met without a test or a heading`];
      if (status !== 'met' && note === '') return [`${id}: ${status} without a reason`];
      const broken = evidence === '' ? undefined : brokenEvidence(evidence);
      return broken === undefined ? [] : [`${id}: ${broken}`];
    });
    expect(wrong).toEqual([]);
  });

  it('notices evidence that is gone', () => {
    expect(brokenEvidence('test/nowhere.test.ts::x')).toContain('does not exist');
    expect(brokenEvidence(`${PATH}::no such test, ${'nowhere'}!`)).toContain('has no test');
    expect(brokenEvidence('api/auth/README.md#No such heading')).toContain('has no heading');
  });
});
