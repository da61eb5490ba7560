import { fork } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchArguments, InstanceFile } from './schedule/arguments.ts';
import { findInstances, parseArguments, readBestKnown, USAGE } from './schedule/arguments.ts';
import { checkRoster } from './schedule/checkRoster.ts';
import { checkShiftDesign } from './schedule/shiftDesignFile.ts';
import type { SolveAnswer, SolveTask } from './schedule/solveAnswer.ts';
import { failed } from './schedule/solveAnswer.ts';

/** One solved instance with one seed, as the independent checker sees it. */
interface Outcome {
  readonly objective: number | null;
  readonly violations: number;
  readonly bound: number | null;
  readonly seconds: number;
  readonly firstSeconds: number | null;
  readonly peakMegabytes: number;
}

/**
 * `npm run bench -- schedule`: solves public rosters or shift designs and checks each solution independently.
 * Ends with 1 when any solution breaks a hard rule or an instance has none.
 */
export async function run(args: readonly string[]): Promise<number> {
  let settings: BenchArguments;
  let found: ReturnType<typeof findInstances>;
  try {
    settings = parseArguments(args);
    found = findInstances(settings);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
    return 2;
  }
  for (const number of found.missing) process.stdout.write(`instance ${number}: not in ${settings.folder}\n`);
  if (found.files.length === 0) {
    process.stderr.write(`no instance to solve in ${settings.folder}\n`);
    return 2;
  }
  mkdirSync(settings.out, { recursive: true });
  const bestKnown = readBestKnown(settings);
  process.stdout.write(`${columns(['instance', 'seed', ...FIGURES])}\n`);
  const outcomes = new Map<InstanceFile, Outcome[]>(found.files.map(file => [file, []]));
  const bestOf = (file: InstanceFile): number | undefined =>
    bestKnown.get(settings.set === 'roster24' ? String(file.number) : file.name);
  for (let seed = 1; seed <= settings.seeds; seed++) {
    for (const file of found.files) {
      const outcome = await solveOne(settings, file, seed);
      outcomes.get(file)?.push(outcome);
      process.stdout.write(`${line(file.name, String(seed), outcome, bestOf(file))}\n`);
    }
  }
  if (settings.seeds > 1) {
    process.stdout.write(`\nmedians of ${settings.seeds} seeds; violations and memory are the worst\n`);
    process.stdout.write(`${columns(['instance', 'worst %', ...FIGURES])}\n`);
    for (const [file, all] of outcomes)
      process.stdout.write(`${line(file.name, worstGap(all, bestOf(file)), medianOf(all), bestOf(file))}\n`);
  }
  process.stdout.write(`solutions written to ${settings.out}\n`);
  const all = [...outcomes.values()].flat();
  return all.some(({ objective, violations }) => objective === null || violations > 0) ? 1 : 0;
}

async function solveOne(settings: BenchArguments, file: InstanceFile, seed: number): Promise<Outcome> {
  const answer = await inChild({
    set: settings.set,
    path: file.path,
    seed,
    timeLimitSeconds: settings.timeLimitSeconds,
    threads: settings.threads,
  });
  const base = {
    bound: answer.bound,
    seconds: answer.cpuSeconds,
    firstSeconds: answer.firstSeconds,
    peakMegabytes: answer.peakMegabytes,
  };
  if (answer.text === null) {
    process.stdout.write(`${file.name}: ${answer.note}\n`);
    return { ...base, objective: null, violations: 0 };
  }
  const name = settings.seeds > 1 ? `${file.name}_seed${seed}` : file.name;
  writeFileSync(join(settings.out, `${name}_schedule.csv`), answer.text);
  const check = settings.set === 'roster24' ? checkRoster : checkShiftDesign;
  const { objective, violations } = check(readFileSync(file.path, 'utf8'), answer.text);
  for (const violation of violations.slice(0, 10)) process.stdout.write(`${file.name}: ${violation}\n`);
  return { ...base, objective, violations: violations.length };
}

/** A fresh process per solve, so that its peak memory and CPU time are its own. */
function inChild(task: SolveTask): Promise<SolveAnswer> {
  const script = new URL(`./schedule/solveChild${extname(fileURLToPath(import.meta.url))}`, import.meta.url);
  const child = fork(fileURLToPath(script));
  return new Promise(resolve => {
    child.once('message', (answer: SolveAnswer) => resolve(answer));
    child.once('exit', (code, signal) => resolve(failed(`the solving process ended with ${signal ?? code}`)));
    child.send(task);
  });
}

function worstGap(outcomes: readonly Outcome[], best: number | undefined): string {
  return gapOf(
    outcomes.reduce<number | null>(
      (worst, { objective }) => (worst === null || objective === null ? null : Math.max(worst, objective)),
      0,
    ),
    best,
  );
}

function gapOf(objective: number | null, best: number | undefined): string {
  return objective === null || best === undefined ? '–' : ((objective / best - 1) * 100).toFixed(2);
}

/** The middle of each figure; violations are the worst. */
function medianOf(outcomes: readonly Outcome[]): Outcome {
  const middle = (values: readonly (number | null)[]): number | null => {
    const sorted = values.filter(value => value !== null).sort((a, b) => a - b);
    return sorted.length < values.length ? null : (sorted[Math.floor((sorted.length - 1) / 2)] ?? null);
  };
  return {
    objective: middle(outcomes.map(each => each.objective)),
    violations: Math.max(...outcomes.map(each => each.violations)),
    bound: middle(outcomes.map(each => each.bound)),
    seconds: middle(outcomes.map(each => each.seconds)) ?? 0,
    firstSeconds: middle(outcomes.map(each => each.firstSeconds)),
    peakMegabytes: Math.max(...outcomes.map(each => each.peakMegabytes)),
  };
}

/** Columns after the first two. */
const FIGURES = ['objective', 'best', 'gap %', 'bound', 'first s', 'CPU s', 'violations', 'RSS MB'];

function line(name: string, second: string, outcome: Outcome, best: number | undefined): string {
  const { objective, bound, firstSeconds } = outcome;
  return columns([
    name,
    second,
    objective === null ? 'none' : String(objective),
    best === undefined ? '–' : String(best),
    gapOf(objective, best),
    bound === null ? '–' : bound.toFixed(1),
    firstSeconds === null ? '–' : firstSeconds.toFixed(2),
    outcome.seconds.toFixed(1),
    String(outcome.violations),
    outcome.peakMegabytes.toFixed(0),
  ]);
}

function columns(fields: readonly string[]): string {
  return fields.map((field, i) => (i === 0 ? field.padEnd(16) : field.padStart(i === 8 ? 11 : 10))).join('');
}
