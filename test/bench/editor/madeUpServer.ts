import { createReadStream, existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import type { Answer } from './answers.ts';

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** Serves the built web app, and in place of the API the given answers by path. */
export function serveApp(folder: string, answers: readonly Answer[]): Promise<Server> {
  const bodies = answers.map(({ pattern, body }) => ({ pattern, text: JSON.stringify(body) }));
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (!path.startsWith('/api/')) {
      sendFile(folder, path, response);
      return;
    }
    const known = bodies.find(({ pattern }) => pattern.test(path));
    if (known && request.method === 'GET') send(response, 200, known.text);
    else refuse(request, response, path);
  });
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

function sendFile(folder: string, path: string, response: ServerResponse): void {
  const file = join(folder, normalize(path));
  // Every address of the app is the same page.
  const found = file.startsWith(folder) && extname(file) !== '' && existsSync(file);
  const shown = found ? file : join(folder, 'index.html');
  response.writeHead(200, {
    'content-type': MEDIA_TYPES[extname(shown)] ?? 'application/octet-stream',
    // As the service has it: files with a hash in their name are kept.
    'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  createReadStream(shown).pipe(response);
}

function refuse(request: IncomingMessage, response: ServerResponse, path: string): void {
  request.resume();
  const title = `the benchmark has no answer to ${request.method} ${path}`;
  send(response, 501, JSON.stringify({ type: '/problems/unexpected', title, status: 501 }));
}

function send(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(text);
}
