// `npm test`: prepares the checkout, then lint, types, and every test that needs neither browser nor PostgreSQL.
// Says at the end how many tests passed, failed and were skipped.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { prepare, root } from '../api/cli/prepare.mjs';

const bin = name => join(root, 'node_modules', name);
const STEPS = {
  lint: [[bin('@biomejs/biome/bin/biome'), 'check', '.']],
  types: ['forecasting', 'api/contract', 'web', '.'].map(project => [
    bin('typescript/bin/tsc'),
    '-p',
    project,
    '--noEmit',
  ]),
};
const PROJECTS = { test: ['unit', 'store', 'http', 'web'], postgres: ['store', 'http'], e2e: ['e2e*'] };
// Suites that know no database server, or only embedded SQLite.
const EXCLUDED = {
  postgres: [
    'test/api/cli/**',
    'test/data/import/{csv,values,guard,xlsx}.test.ts',
    'test/data/db/sqlite.test.ts',
  ],
};

function step(name, args) {
  process.stdout.write(`\n— ${name}\n`);
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status === 0;
}

function vitest(kind) {
  const report = join(root, 'build', `tests-${kind}.json`);
  mkdirSync(join(root, 'build'), { recursive: true });
  rmSync(report, { force: true });
  const projects = PROJECTS[kind].flatMap(name => ['--project', name]);
  const ok = step(`tests: ${PROJECTS[kind].join(', ')}`, [
    bin('vitest/vitest.mjs'),
    'run',
    ...projects,
    ...(EXCLUDED[kind] ?? []).flatMap(glob => ['--exclude', glob]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(3),
  ]);
  let counts = { passed: 0, failed: 1, skipped: 0 };
  try {
    const result = JSON.parse(readFileSync(report, 'utf8'));
    counts = {
      passed: result.numPassedTests,
      failed: result.numFailedTests,
      skipped: result.numPendingTests + result.numTodoTests,
    };
  } catch {
    process.stdout.write('the test run left no report\n');
  }
  return { ok: ok && counts.passed > 0, ...counts };
}

const kind = process.argv[2] ?? 'test';
if (!(kind in PROJECTS)) {
  process.stderr.write(`usage: node test/run.mjs [${Object.keys(PROJECTS).join('|')}]\n`);
  process.exit(2);
}
if (kind === 'postgres') {
  if (!process.env.TEST_DATABASE_URL) {
    process.stderr.write(
      'TEST_DATABASE_URL must name a PostgreSQL server, as postgres://user@host:port/database\n',
    );
    process.exit(2);
  }
  // `npm test` runs these on SQLite.
  process.env.TEST_ENGINE = 'postgres';
}
prepare();
let ok = true;
if (kind === 'test') {
  for (const [name, commands] of Object.entries(STEPS))
    for (const args of commands) ok = step(name, args) && ok;
}
const result = vitest(kind);
process.stdout.write(
  `\n${kind}: ${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped\n`,
);
process.exitCode = ok && result.ok ? 0 : 1;
