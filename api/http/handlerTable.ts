import type { ROUTES } from '../contract/routes.ts';
import { centreHandlers } from './handler/centre.ts';
import { type HealthOptions, healthHandlers } from './handler/health.ts';
import { historyHandlers, importHandlers } from './handler/history.ts';
import { capacityHandlers, feltHandlers, scenarioHandlers } from './handler/insight.ts';
import { jobHandlers } from './handler/job.ts';
import { myScheduleHandlers } from './handler/mySchedule.ts';
import { operationHandlers } from './handler/operation.ts';
import { peopleHandlers, shiftHandlers } from './handler/people.ts';
import { driverHandlers, forecastHandlers, staffingHandlers } from './handler/plan.ts';
import { actualsHandlers, reviewHandlers } from './handler/review.ts';
import { publicationHandlers, scheduleEditHandlers, scheduleHandlers } from './handler/schedule.ts';
import { type SessionOptions, sessionHandlers } from './handler/session.ts';
import { auditHandlers, tokenHandlers, userHandlers } from './handler/user.ts';
import type { Handlers } from './reply.ts';

/** A handler for every route of the contract. */
export type HandlerTable = Handlers<typeof ROUTES>;

export function handlerTable(options: SessionOptions & HealthOptions): HandlerTable {
  return {
    ...sessionHandlers(options),
    ...centreHandlers,
    ...historyHandlers,
    ...importHandlers,
    ...forecastHandlers,
    ...driverHandlers,
    ...staffingHandlers,
    ...peopleHandlers,
    ...shiftHandlers,
    ...scheduleHandlers,
    ...scheduleEditHandlers,
    ...publicationHandlers,
    ...myScheduleHandlers,
    ...actualsHandlers,
    ...reviewHandlers,
    ...feltHandlers,
    ...scenarioHandlers,
    ...capacityHandlers,
    ...jobHandlers,
    ...operationHandlers,
    ...userHandlers,
    ...tokenHandlers,
    ...auditHandlers,
    ...healthHandlers(options),
  };
}
