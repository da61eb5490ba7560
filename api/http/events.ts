import type { Request, Response } from 'express';
import type { ServerEvent } from './reply.ts';

const HEARTBEAT_MILLISECONDS = 15_000;

/**
 * Sends events as they come, until they end or the caller goes. Events that the caller names as its last are not
 * repeated; a comment every fifteen seconds keeps proxies from closing a quiet connection.
 */
export async function answerEvents(request: Request, response: Response, result: unknown): Promise<void> {
  const events = result as AsyncIterable<ServerEvent>;
  const lastSeen = request.get('last-event-id');
  response.status(200);
  response.setHeader('content-type', 'text/event-stream; charset=utf-8');
  response.setHeader('x-accel-buffering', 'no');
  response.flushHeaders();
  const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MILLISECONDS);
  const iterator = events[Symbol.asyncIterator]();
  response.once('close', () => void iterator.return?.());
  try {
    for (let next = await iterator.next(); !next.done && !response.destroyed; next = await iterator.next()) {
      if (next.value.id !== lastSeen) response.write(eventText(next.value));
    }
  } finally {
    clearInterval(heartbeat);
    response.end();
  }
}

/** One event on the wire. */
export function eventText({ id, event, data }: ServerEvent): string {
  return `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
