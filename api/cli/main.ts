import { CommandError, type CommandSpec, commandHelp, nearest, parseCommand } from './args.ts';
import { print } from './output.ts';

/** Commands by name, loaded when called: a calculator need not wait for the server's modules. */
const COMMANDS: Readonly<
  Record<string, { readonly summary: string; readonly load: () => Promise<CommandSpec> }>
> = {
  serve: { summary: 'run the product', load: async () => (await import('./serve.ts')).serveCommand },
  forecast: {
    summary: 'volume and handle time with bands',
    load: async () => (await import('./forecast.ts')).forecastCommand,
  },
  plan: {
    summary: 'history in, a week of plan out',
    load: async () => (await import('./plan.ts')).planCommand,
  },
  backtest: {
    summary: 'accuracy on the history itself',
    load: async () => (await import('./backtest.ts')).backtestCommand,
  },
  compare: {
    summary: 'plan against actual',
    load: async () => (await import('./compare.ts')).compareCommand,
  },
  schedule: {
    summary: 'shifts and breaks for a requirement',
    load: async () => (await import('./schedule.ts')).scheduleCommand,
  },
  staff: {
    summary: 'agents needed for the goals',
    load: async () => (await import('./staff.ts')).staffCommand,
  },
};

const EXAMPLES = `  coverline demo
  coverline plan --history calls.csv --time-zone America/Chicago
  coverline staff --calls 100 --interval 30m --aht 240s --service-level 80% --answer-within 20s`;

function help(): string {
  const width = Math.max(...Object.keys(COMMANDS).map(name => name.length)) + 3;
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(width)}${summary}`);
  return `Coverline: staffing forecasts and schedules for healthcare contact centres

usage: coverline COMMAND [options]      coverline COMMAND --help

${lines.join('\n')}

examples:
${EXAMPLES}

Exit codes: 0 done, 1 could not be done, 2 called wrongly.
`;
}

/** Runs one call of the command line and returns its exit code; never throws for what a user can mend. */
export async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    await print(help());
    return name === undefined ? 2 : 0;
  }
  try {
    const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!entry) {
      const near = nearest(name, Object.keys(COMMANDS));
      throw new CommandError(
        `there is no command "${name}"${near ? `; did you mean "${near}"?` : '; see coverline --help'}`,
        2,
      );
    }
    const spec = await entry.load();
    if (rest.includes('--help') || rest.includes('-h')) {
      await print(commandHelp(spec));
      return 0;
    }
    return await spec.run(parseCommand(spec, rest));
  } catch (error) {
    return report(name, error);
  }
}

function report(name: string, error: unknown): number {
  if (error instanceof CommandError) {
    process.stderr.write(`coverline ${name}: ${error.message}\n`);
    if (error.exitCode === 2) process.stderr.write(`See "coverline ${name} --help".\n`);
    return error.exitCode;
  }
  if (error instanceof RangeError) {
    process.stderr.write(`coverline ${name}: ${error.message}\n`);
    return 1;
  }
  process.stderr.write(
    `coverline ${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return 1;
}
