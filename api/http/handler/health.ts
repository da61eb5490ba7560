import type { healthRoutes } from '../../contract/operation.ts';
import { ROUTE_LIST } from '../../contract/routes.ts';
import type { Metrics } from '../../observe/metrics.ts';
import { checkReadiness } from '../../service/readiness.ts';
import { Refusal } from '../../service/refusal.ts';
import { openApiDocument } from '../openapi.ts';
import type { Handlers } from '../reply.ts';

export interface HealthOptions {
  readonly metrics: Metrics;
  /** Whether the process was told to end: a load balancer should ask elsewhere. */
  readonly isLeaving: () => boolean;
}

export function healthHandlers({ metrics, isLeaving }: HealthOptions): Handlers<typeof healthRoutes> {
  let document: string | undefined;
  return {
    getLiveness: () => ({ status: 'ok' }),
    getReadiness: async ({ context }) => {
      if (isLeaving())
        throw new Refusal('unavailable', 'this process is about to end', { retryAfterSeconds: 1 });
      return { status: await checkReadiness(context.environment) };
    },
    getMetrics: async () => ({
      kind: 'file',
      contentType: metrics.contentType,
      content: await metrics.text(),
    }),
    getVersion: ({ context }) => ({ version: context.environment.version }),
    getOpenApi: ({ context }) => {
      document ??= JSON.stringify(openApiDocument(ROUTE_LIST, context.environment.version));
      return { kind: 'file', contentType: 'application/json; charset=utf-8', content: document };
    },
  };
}
