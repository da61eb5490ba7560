import type { ROUTES } from '../contract/routes.ts';
import type { Metrics } from '../observe/metrics.ts';
import { centreHandlers } from './handler/centre.ts';
import { healthHandlers } from './handler/health.ts';
import { historyHandlers, importHandlers } from './handler/history.ts';
import { jobHandlers } from './handler/job.ts';
import { peopleHandlers, shiftHandlers } from './handler/people.ts';
import { forecastHandlers, staffingHandlers } from './handler/plan.ts';
import { publicationHandlers, scheduleEditHandlers, scheduleHandlers } from './handler/schedule.ts';
import { type SessionOptions, sessionHandlers } from './handler/session.ts';
import { auditHandlers, tokenHandlers, userHandlers } from './handler/user.ts';
import type { Handlers } from './reply.ts';

/** A handler for every route of the contract. */
export type HandlerTable = Partial<Handlers<typeof ROUTES>>;

export function handlerTable(options: SessionOptions & { readonly metrics: Metrics }): HandlerTable {
  return {
    ...sessionHandlers(options),
    ...centreHandlers,
    ...historyHandlers,
    ...importHandlers,
    ...forecastHandlers,
    ...staffingHandlers,
    ...peopleHandlers,
    ...shiftHandlers,
    ...scheduleHandlers,
    ...scheduleEditHandlers,
    ...publicationHandlers,
    ...jobHandlers,
    ...userHandlers,
    ...tokenHandlers,
    ...auditHandlers,
    ...healthHandlers(options.metrics),
  };
}
