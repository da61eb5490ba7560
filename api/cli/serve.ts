import { type RunningServer, type ServerOptions, startServer } from '../server.ts';
import { CommandError, type CommandInput, type CommandSpec } from './args.ts';
import { readIdentityProvider } from './identityProvider.ts';
import { STORE_OPTIONS, secret, setting, shownDatabase, storeSettings } from './settings.ts';
import { readWatchedFolder, WATCH_OPTIONS } from './watchedFolder.ts';

const DEFAULT_PORT = 4400;
const PORTS_TRIED = 20;

export const serveCommand: CommandSpec = {
  name: 'serve',
  summary: 'run the product: API and web app on one port',
  options: [
    {
      name: 'port',
      value: 'N',
      help: `port to listen on (PORT); ${DEFAULT_PORT}, or the next free one, unless told`,
    },
    { name: 'host', value: 'ADDRESS', help: 'address to listen on (HOST); 127.0.0.1 unless told' },
    {
      name: 'services',
      value: 'LIST',
      help: 'web answers requests, worker runs jobs',
      default: 'web,worker',
    },
    { name: 'public-url', value: 'URL', help: 'how browsers reach it behind a proxy (PUBLIC_URL)' },
    {
      name: 'trust-proxy',
      value: 'LIST',
      help: 'addresses of proxies whose forwarded headers count (TRUST_PROXY)',
    },
    {
      name: 'identity-provider',
      value: 'FILE',
      help: 'JSON: single sign-on with OpenID Connect (IDENTITY_PROVIDER)',
    },
    {
      name: 'leave',
      value: 'SECONDS',
      help: 'answer for so long once told to end, while /readyz says 503, so that a load balancer turns away first (LEAVE_SECONDS); 0 unless told',
    },
    { name: 'log-level', value: 'LEVEL', help: 'trace, debug, info, warn, error (LOG_LEVEL)' },
    ...WATCH_OPTIONS,
    ...STORE_OPTIONS,
  ],
  examples: [
    'npm start',
    'npm start -- --port 8080',
    'npm start -- --services=worker --database postgres://…',
    'npm start -- --watch /srv/acd/exports --watch-as teleopti',
  ],
  run: runServe,
};

async function runServe(input: CommandInput): Promise<number> {
  const { dataDir, databaseUrl } = storeSettings(input);
  const services = readServices(input);
  const publicUrl = input.text('public-url') ?? setting('PUBLIC_URL');
  const trustProxy = input.list('trust-proxy') ?? setting('TRUST_PROXY')?.split(',');
  const providerFile = input.text('identity-provider') ?? setting('IDENTITY_PROVIDER');
  const setUpToken = readSetUpToken();
  const watch = await readWatchedFolder(input);
  const server = await listen(input, {
    dataDir,
    databaseUrl,
    services,
    host: input.text('host') ?? setting('HOST') ?? '127.0.0.1',
    leaveSeconds: readLeave(input),
    logLevel: input.text('log-level') ?? setting('LOG_LEVEL') ?? (process.stdout.isTTY ? 'warn' : 'info'),
    ...(watch && { watch }),
    ...(setUpToken !== undefined && { setUpToken }),
    ...(publicUrl !== undefined && { publicUrl }),
    ...(trustProxy !== undefined && { trustProxy }),
    ...(providerFile !== undefined && {
      identityProvider: await readIdentityProvider(providerFile, publicUrl),
    }),
  });
  const stopped = untilStopped();
  announce(server, services, databaseUrl);
  await stopped;
  process.stderr.write('Stopping …\n');
  await server.close();
  return 0;
}

function readLeave(input: CommandInput): number {
  const text = input.text('leave') ?? setting('LEAVE_SECONDS') ?? '0';
  const seconds = Number(text);
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > 300)
    throw new CommandError(`--leave must be a whole number of seconds up to 300; found "${text}"`, 2);
  return seconds;
}

const SHORTEST_TOKEN = 20;

/** A token of the operator's choice, so that nobody need look for one in the log. */
function readSetUpToken(): string | undefined {
  const token = secret('SET_UP_TOKEN');
  if (token !== undefined && token.length < SHORTEST_TOKEN)
    throw new CommandError(`SET_UP_TOKEN must have at least ${SHORTEST_TOKEN} characters`, 2);
  return token;
}

function readServices(input: CommandInput): readonly ('web' | 'worker')[] {
  return (input.list('services') ?? ['web', 'worker']).map(name => {
    if (name === 'web' || name === 'worker') return name;
    throw new CommandError(`--services must be web, worker or both; found "${name}"`, 2);
  });
}

/** Listens on the port asked for, or on the first free one from the usual port on. */
async function listen(input: CommandInput, options: ServerOptions): Promise<RunningServer> {
  const text = input.text('port') ?? setting('PORT');
  const wanted = text === undefined ? undefined : Number(text);
  if (wanted !== undefined && !(Number.isInteger(wanted) && wanted >= 0 && wanted <= 65_535)) {
    throw new CommandError(`the port must be a whole number from 0 to 65535; found "${text}"`, 2);
  }
  if (wanted !== undefined) return startOn(wanted, options);
  for (let port = DEFAULT_PORT; port < DEFAULT_PORT + PORTS_TRIED; port++) {
    try {
      return await startServer({ ...options, port });
    } catch (error) {
      if (!isPortTaken(error)) throw error;
    }
  }
  throw new CommandError(
    `ports ${DEFAULT_PORT} to ${DEFAULT_PORT + PORTS_TRIED - 1} are all taken; choose one with --port`,
  );
}

async function startOn(port: number, options: ServerOptions): Promise<RunningServer> {
  try {
    return await startServer({ ...options, port });
  } catch (error) {
    if (isPortTaken(error)) throw new CommandError(`port ${port} is taken; choose another with --port`);
    throw error;
  }
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

function announce(server: RunningServer, services: readonly string[], databaseUrl: string): void {
  const lines = [
    services.includes('web') ? `Coverline is ready: ${server.url}` : 'Coverline worker is ready',
    `Data: ${shownDatabase(databaseUrl)}`,
  ];
  if (server.migrated.length > 0)
    lines.push(`Database brought up to date (${server.migrated.length} migrations).`);
  lines.push(...firstAdministrator(server.setUpToken));
  lines.push('Stop with Ctrl+C.');
  process.stdout.write(`${lines.join('\n')}\n`);
}

function firstAdministrator(token: RunningServer['setUpToken']): readonly string[] {
  if (token === undefined) return [];
  if (typeof token === 'string') {
    return [`First administrator: open the address and enter this one-time token within an hour: ${token}`];
  }
  return token.kind === 'chosen'
    ? ['First administrator: open the address and enter the token of SET_UP_TOKEN within an hour.']
    : [
        'First administrator: the one-time token was printed by the process that started first;',
        '"npm run coverline -- user set-up-token" prints a new one.',
      ];
}

/** Resolves at the first SIGINT or SIGTERM; a second one ends the process at once. */
function untilStopped(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(130));
        resolve();
      });
    }
  });
}
