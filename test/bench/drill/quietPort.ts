import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below those that systems give to outgoing connections and to servers that ask for any. */
const LOWEST = 10_000;
const HIGHEST = 32_000;

/**
 * A free port that nobody is given by chance: it can be bound later, and again after a restart, where one that the
 * system picks may meanwhile serve some connection of another program.
 */
export async function quietPort(): Promise<number> {
  for (;;) {
    const port = randomInt(LOWEST, HIGHEST);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
