import { CommandError, type CommandSpec, commandHelp, nearest, parseCommand } from './args.ts';
import { print } from './output.ts';

/** Commands by name, loaded when called: a calculator need not wait for the server's modules. */
const COMMANDS: Readonly<
  Record<string, { readonly summary: string; readonly load: () => Promise<CommandSpec> }>
> = {
  serve: { summary: 'run the product', load: async () => (await import('./serve.ts')).serveCommand },
  import: {
    summary: 'history into the stored centre',
    load: async () => (await import('./import.ts')).importCommand,
  },
  forecast: {
    summary: 'volume and handle time with bands, from a file',
    load: async () => (await import('./forecast.ts')).forecastCommand,
  },
  backtest: {
    summary: 'accuracy on the history itself, from a file',
    load: async () => (await import('./backtest.ts')).backtestCommand,
  },
  staff: {
    summary: 'agents needed for the goals',
    load: async () => (await import('./staff.ts')).staffCommand,
  },
  schedule: {
    summary: 'shifts and breaks for a requirement',
    load: async () => (await import('./schedule.ts')).scheduleCommand,
  },
  plan: {
    summary: 'history in, a week of plan out',
    load: async () => (await import('./plan.ts')).planCommand,
  },
  compare: {
    summary: 'plan against actual',
    load: async () => (await import('./compare.ts')).compareCommand,
  },
  demo: {
    summary: 'the whole way with the sample centre',
    load: async () => (await import('./demo.ts')).demoCommand,
  },
  user: { summary: 'accounts', load: async () => (await import('./user.ts')).userCommand },
  audit: {
    summary: 'recompute the audit trail’s chain of hashes',
    load: async () => (await import('./audit.ts')).auditCommand,
  },
  migrate: {
    summary: 'bring the database up to date',
    load: async () => (await import('./migrate.ts')).migrateCommand,
  },
  backup: {
    summary: 'a checked copy of the embedded database',
    load: async () => (await import('./backup.ts')).backupCommand,
  },
  restore: { summary: 'put a backup back', load: async () => (await import('./backup.ts')).restoreCommand },
  doctor: {
    summary: 'look whether everything is there and sound',
    load: async () => (await import('./doctor.ts')).doctorCommand,
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
  // `print` answers for its writes; without a listener a pipe closed by its reader would end the program with a stack.
  process.stdout.on('error', () => undefined);
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
    if (error.exitCode === 2 && Object.hasOwn(COMMANDS, name))
      process.stderr.write(`See "coverline ${name} --help".\n`);
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
