import { parseArgs } from 'node:util';

/** What a command says when it is called wrongly or cannot go on. Printed without a stack; `exitCode` 2 = usage. */
export class CommandError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.name = 'CommandError';
    this.exitCode = exitCode;
  }
}

/** One option of a command; a `value` names what follows it (`FILE`, `ZONE`), none makes it a switch. */
export interface OptionSpec {
  readonly name: string;
  readonly value?: string;
  readonly help: string;
  readonly required?: boolean;
  readonly default?: string;
}

export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  /** Words after the command that are not options, as shown in the usage line. */
  readonly operands?: string;
  readonly options: readonly OptionSpec[];
  readonly examples?: readonly string[];
  readonly run: (input: CommandInput) => Promise<number>;
}

/** A parsed call: typed access to options, with errors that name the option, what was found and what was expected. */
export class CommandInput {
  readonly operands: readonly string[];
  readonly #values: ReadonlyMap<string, string | true>;

  constructor(values: ReadonlyMap<string, string | true>, operands: readonly string[]) {
    this.#values = values;
    this.operands = operands;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  text(name: string): string | undefined {
    const value = this.#values.get(name);
    return typeof value === 'string' ? value : undefined;
  }

  required(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw new CommandError(`--${name} is needed`, 2);
    return value;
  }

  number(name: string, range: { readonly min?: number; readonly max?: number } = {}): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    const { min = -Infinity, max = Infinity } = range;
    if (text.trim() === '' || !Number.isFinite(value) || value < min || value > max) {
      throw new CommandError(`--${name} must be a number${describeRange(range)}; found "${text}"`, 2);
    }
    return value;
  }

  /** A list such as `80,95` or `1d,7d`. */
  list(name: string): readonly string[] | undefined {
    return this.text(name)
      ?.split(',')
      .map(item => item.trim())
      .filter(item => item !== '');
  }

  /** A duration such as `7d`, `90m`, `60s`, in seconds; a bare number is read in `unit`. */
  seconds(name: string, unit: 's' | 'd' = 's'): number | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : parseDuration(text, unit, `--${name}`);
  }
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** @throws CommandError naming the option. */
export function parseDuration(text: string, unit: 's' | 'd', option: string, exitCode = 2): number {
  const match = /^(\d+(?:\.\d+)?)([smhdw]?)$/.exec(text.trim());
  const seconds = Number(match?.[1]) * (UNIT_SECONDS[match?.[2] || unit] ?? Number.NaN);
  if (!(seconds > 0)) {
    throw new CommandError(
      `${option} must be a duration such as 60s, 15m, 8h, 7d or 4w; found "${text}"`,
      exitCode,
    );
  }
  return seconds;
}

/**
 * A share written as 0.3, 30 or 30%; anything above 1 is per cent.
 *
 * @throws CommandError naming the option.
 */
export function parseShare(text: string, option: string, exitCode = 2): number {
  const value = Number(text.replace(/%$/, ''));
  const share = text.endsWith('%') || value > 1 ? value / 100 : value;
  if (text.trim() !== '' && Number.isFinite(share) && share >= 0 && share <= 1) return share;
  throw new CommandError(`${option} must be a share such as 0.8, 80 or 80%; found "${text}"`, exitCode);
}

function describeRange({ min, max }: { readonly min?: number; readonly max?: number }): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  if (min !== undefined) return ` of at least ${min}`;
  if (max !== undefined) return ` of at most ${max}`;
  return '';
}

/**
 * Parses a command's words.
 *
 * @throws CommandError (exit code 2) naming an unknown option and the one that was probably meant.
 */
export function parseCommand(spec: CommandSpec, argv: readonly string[]): CommandInput {
  const options = Object.fromEntries(
    spec.options.map(option => [
      option.name,
      { type: option.value ? ('string' as const) : ('boolean' as const), multiple: true as const },
    ]),
  );
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({
      args: [...argv],
      options,
      allowPositionals: spec.operands !== undefined,
      strict: true,
    });
  } catch (error) {
    throw new CommandError(usageProblem(spec, error instanceof Error ? error.message : String(error)), 2);
  }
  const values = new Map<string, string | true>();
  for (const option of spec.options) {
    const given = parsed.values[option.name];
    const last = Array.isArray(given) ? given.at(-1) : undefined;
    if (typeof last === 'string') values.set(option.name, last);
    else if (last === true) values.set(option.name, true);
    else if (option.default !== undefined) values.set(option.name, option.default);
    else if (option.required) {
      throw new CommandError(`--${option.name} ${option.value ?? ''} is needed: ${option.help}`.trim(), 2);
    }
  }
  return new CommandInput(values, parsed.positionals);
}

function usageProblem(spec: CommandSpec, message: string): string {
  const unknown = /'(--?[^' ]+)/.exec(message)?.[1]?.replace(/^-+/, '');
  const near =
    unknown &&
    nearest(
      unknown,
      spec.options.map(option => option.name),
    );
  const first = message.split('. ')[0] ?? message;
  return `${first}${near && near !== unknown ? `; did you mean --${near}?` : ''}`;
}

/** The candidate with the fewest single-letter changes from `word`, if that is at most a third of its length. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const scored = candidates
    .map(candidate => ({ candidate, distance: editDistance(word, candidate) }))
    .sort((a, b) => a.distance - b.distance);
  const best = scored[0];
  return best && best.distance <= Math.max(1, word.length / 3) ? best.candidate : undefined;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The help text of a command. */
export function commandHelp(spec: CommandSpec): string {
  const width = Math.max(0, ...spec.options.map(option => optionLabel(option).length)) + 2;
  const lines = [
    `coverline ${spec.name} — ${spec.summary}`,
    '',
    `usage: coverline ${spec.name}${spec.operands ? ` ${spec.operands}` : ''}${spec.options.length > 0 ? ' [options]' : ''}`,
  ];
  if (spec.options.length > 0) {
    lines.push('', 'options:');
    for (const option of spec.options) {
      const note = option.required ? ' (needed)' : option.default ? ` (${option.default} unless told)` : '';
      lines.push(`  ${optionLabel(option).padEnd(width)}${option.help}${note}`);
    }
  }
  if (spec.examples?.length) lines.push('', 'examples:', ...spec.examples.map(example => `  ${example}`));
  return `${lines.join('\n')}\n`;
}

function optionLabel(option: OptionSpec): string {
  return `--${option.name}${option.value ? ` ${option.value}` : ''}`;
}
