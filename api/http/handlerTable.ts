import type { ROUTES } from '../contract/routes.ts';
import type { Metrics } from '../observe/metrics.ts';
import { healthHandlers } from './handler/health.ts';
import { jobHandlers } from './handler/job.ts';
import { type SessionOptions, sessionHandlers } from './handler/session.ts';
import { auditHandlers, tokenHandlers, userHandlers } from './handler/user.ts';
import type { Handlers } from './reply.ts';

/** A handler for every route of the contract. */
export type HandlerTable = Partial<Handlers<typeof ROUTES>>;

export function handlerTable(options: SessionOptions & { readonly metrics: Metrics }): HandlerTable {
  return {
    ...sessionHandlers(options),
    ...jobHandlers,
    ...userHandlers,
    ...tokenHandlers,
    ...auditHandlers,
    ...healthHandlers(options.metrics),
  };
}
