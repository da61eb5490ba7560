import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Metrics } from '../observe/metrics.ts';

/** One line and one measurement per request. The route pattern is logged, never the address or anything sent. */
export function requestLog(log: Logger, metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const started = performance.now();
    response.once('close', () => {
      const seconds = (performance.now() - started) / 1000;
      const route = routeOf(request);
      metrics.requestEnded(request.method, route, response.statusCode, seconds);
      log.info(
        {
          requestId: response.getHeader('x-request-id'),
          method: request.method,
          route,
          status: response.statusCode,
          milliseconds: Math.round(seconds * 1000),
        },
        'request',
      );
    });
    next();
  };
}

function routeOf(request: Request): string {
  const route: unknown = request.route;
  if (typeof route !== 'object' || route === null || !('path' in route)) return 'other';
  return typeof route.path === 'string' ? route.path : 'page';
}
