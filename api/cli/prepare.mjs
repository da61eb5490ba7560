// Makes a fresh checkout runnable: installs what the lock file names, compiles the server, builds the web app.
// Plain JavaScript with Node's own modules only, because it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const OLDEST_NODE = [20, 19];
const UNSIGNED_MS = 2000;

/** Ends the process with a plain sentence; used where going on would only fail later and less clearly. */
function fail(message) {
  process.stderr.write(`\ncoverline: ${message}\n`);
  process.exit(1);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  fail(`Node ${OLDEST_NODE.join('.')} or newer is needed; this is Node ${process.versions.node}.`);
}

function run(label, command, args) {
  process.stderr.write(`${label}\n`);
  const npm = command === 'npm';
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    shell: npm && process.platform === 'win32',
    env: { ...process.env, npm_config_loglevel: 'error' },
    maxBuffer: 1 << 28,
  });
  if (result.status === 0) return;
  process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`);
  fail(
    `"${[command, ...args].join(' ')}" did not succeed${result.error ? ` (${result.error.message})` : ''}.`,
  );
}

function sha256(text) {
  return createHash('sha256').update(text).digest('hex');
}

function* sourceFiles(path) {
  if (!existsSync(path)) return;
  const stat = statSync(path);
  if (stat.isFile()) {
    yield [path, stat];
    return;
  }
  for (const name of readdirSync(path).sort()) {
    if (name === 'node_modules' || name === 'build') continue;
    yield* sourceFiles(join(path, name));
  }
}

/** Fingerprint of inputs: cheap (size and time of change), so that a second start costs milliseconds. */
function fingerprint(paths) {
  const lines = [];
  for (const path of paths) {
    for (const [file, stat] of sourceFiles(join(root, path))) {
      lines.push(`${relative(root, file)} ${stat.size} ${stat.mtimeMs}`);
    }
  }
  return sha256(lines.join('\n'));
}

function isFresh(stamp, value) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === value;
}

function installWhenStale() {
  const lock = join(root, 'package-lock.json');
  const modules = join(root, 'node_modules');
  // Linked from another checkout: installing would empty that one's folder.
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  const stamp = join(modules, '.installed-lock');
  const wanted = sha256(`${readFileSync(lock, 'utf8')}${process.versions.modules}`);
  if (isFresh(stamp, wanted)) return;
  const installedByHand = join(modules, '.package-lock.json');
  const current =
    !existsSync(stamp) &&
    existsSync(installedByHand) &&
    statSync(installedByHand).mtimeMs >= statSync(lock).mtimeMs;
  if (!current) {
    run('Installing dependencies (a few minutes the first time) …', 'npm', [
      'ci',
      '--include=dev',
      '--no-audit',
      '--no-fund',
    ]);
  }
  writeFileSync(stamp, wanted);
}

const SERVER_INPUTS = [
  'forecasting',
  'data',
  'api',
  'test/bench',
  'tsconfig.base.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'package-lock.json',
];
const WEB_INPUTS = ['web', 'forecasting', 'api/contract', 'tsconfig.base.json', 'package-lock.json'];

function buildWhenStale(label, name, inputs, script, args) {
  const stamp = join(root, 'build', `.${name}`);
  const wanted = fingerprint(inputs);
  if (isFresh(stamp, wanted)) return;
  run(label, process.execPath, [join(root, 'node_modules', script), ...args]);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

/** The process that holds the lock; undefined when it is gone. A lock that was only just made may have no name in it. */
function holderOf(lock) {
  const owner = join(lock, 'owner');
  if (!existsSync(owner)) {
    const madeAt = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    return Date.now() - madeAt < UNSIGNED_MS ? 'unknown' : undefined;
  }
  const pid = Number(readFileSync(owner, 'utf8'));
  // Containers number their processes alike each time.
  if (pid === process.pid) return undefined;
  try {
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    return error.code === 'EPERM' ? pid : undefined;
  }
}

/** Two starts at once build one after the other; what a killed one left does not hold up the next. */
export function withLock(lock, work) {
  for (let told = false; ; told = true) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = holderOf(lock);
    if (holder === undefined) rmSync(lock, { recursive: true, force: true });
    else if (!told)
      process.stderr.write(
        `Waiting for process ${holder}, which installs or builds; if there is none, remove ${lock} …\n`,
      );
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  }
  writeFileSync(join(lock, 'owner'), String(process.pid));
  const release = () => rmSync(lock, { recursive: true, force: true });
  process.once('exit', release);
  try {
    work();
  } finally {
    release();
    process.removeListener('exit', release);
  }
}

/**
 * Installs and builds what is stale.
 *
 * @param {{ server?: boolean, web?: boolean }} [parts] which builds are wanted; both unless told.
 */
export function prepare({ server = true, web = true } = {}) {
  checkNode();
  // An image holds what was built and no sources.
  if (!existsSync(join(root, 'tsconfig.build.json'))) return;
  withLock(join(root, '.coverline-prepare.lock'), () => {
    installWhenStale();
    if (server) {
      buildWhenStale('Compiling the server …', 'server', SERVER_INPUTS, 'typescript/bin/tsc', [
        '-p',
        'tsconfig.build.json',
      ]);
    }
    if (web && existsSync(join(root, 'web', 'vite.config.ts'))) {
      buildWhenStale('Building the web app …', 'web', WEB_INPUTS, 'vite/bin/vite.js', [
        'build',
        '--config',
        'web/vite.config.ts',
        '--logLevel',
        'warn',
      ]);
    }
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) prepare();
