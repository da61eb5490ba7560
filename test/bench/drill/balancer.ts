import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** A plain load balancer, as it stands before several web processes: it asks each `/readyz` and passes requests on. */
export interface Balancer {
  readonly url: string;
  readonly add: (upstream: string) => void;
  readonly close: () => Promise<void>;
}

const LOOK_MILLISECONDS = 100;

/** Passes each request on once: one that a machine took and did not answer is a 502, never sent again. */
export async function startBalancer(): Promise<Balancer> {
  const upstreams = new Map<string, boolean>();
  let turn = 0;
  const next = () => {
    const ready = [...upstreams].filter(([, well]) => well).map(([url]) => url);
    return ready[turn++ % Math.max(1, ready.length)];
  };
  const server = createServer((request, response) => void pass(next, request, response));
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  let closed = false;
  const looking = (async () => {
    while (!closed) {
      await Promise.all([...upstreams.keys()].map(async url => upstreams.set(url, await isReady(url))));
      await sleep(LOOK_MILLISECONDS);
    }
  })();
  return {
    url: `http://127.0.0.1:${port}`,
    add: upstream => upstreams.set(upstream, true),
    close: async () => {
      closed = true;
      await looking;
      server.closeAllConnections();
      await new Promise(done => server.close(done));
    },
  };
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/readyz`);
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

async function pass(
  next: () => string | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const upstream = next();
    const outcome = upstream === undefined ? 'refused' : await passTo(upstream, request, response);
    if (outcome === 'done') return;
    // Nobody took it: nothing was sent, so another machine may have it.
    await sleep(20);
  }
  response.writeHead(502).end();
}

function passTo(
  upstream: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<'done' | 'refused'> {
  return new Promise(resolve => {
    // A connection of its own for each request: whether it was taken is known before anything is sent.
    const onward = send(upstream + (request.url ?? ''), {
      method: request.method ?? 'GET',
      headers: { ...request.headers, connection: 'close' },
      agent: false,
    });
    let connected = false;
    onward.on('socket', socket =>
      socket.once('connect', () => {
        connected = true;
        request.pipe(onward);
      }),
    );
    onward.on('response', answer => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.once('error', () => response.destroy());
      response.once('close', () => resolve('done'));
    });
    onward.on('error', () => {
      if (!connected) return resolve('refused');
      if (response.headersSent) response.destroy();
      else response.writeHead(502).end();
      resolve('done');
    });
  });
}
