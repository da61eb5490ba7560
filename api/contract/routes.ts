import { actualsRoutes } from './actuals.ts';
import { capacityRoutes } from './capacity.ts';
import { centreRoutes } from './centre.ts';
import { driverRoutes } from './driver.ts';
import { feltRoutes } from './felt.ts';
import { forecastRoutes } from './forecast.ts';
import { historyRoutes } from './history.ts';
import { importRoutes } from './import.ts';
import { jobRoutes } from './job.ts';
import { myScheduleRoutes } from './mySchedule.ts';
import { healthRoutes, operationRoutes } from './operation.ts';
import { peopleRoutes } from './people.ts';
import { publicationRoutes } from './publication.ts';
import { reviewRoutes } from './review.ts';
import type { Route } from './route.ts';
import { scenarioRoutes } from './scenario.ts';
import { scheduleRoutes } from './schedule.ts';
import { scheduleEditRoutes } from './scheduleEdit.ts';
import { sessionRoutes } from './session.ts';
import { shiftRoutes } from './shift.ts';
import { staffingRoutes } from './staffing.ts';
import { auditRoutes, tokenRoutes, userRoutes } from './user.ts';

/** Every route by its operation id, in the order in which the data travels. */
export const ROUTES = {
  ...sessionRoutes,
  ...centreRoutes,
  ...importRoutes,
  ...historyRoutes,
  ...forecastRoutes,
  ...driverRoutes,
  ...staffingRoutes,
  ...peopleRoutes,
  ...shiftRoutes,
  ...scheduleRoutes,
  ...scheduleEditRoutes,
  ...publicationRoutes,
  ...myScheduleRoutes,
  ...actualsRoutes,
  ...reviewRoutes,
  ...feltRoutes,
  ...scenarioRoutes,
  ...capacityRoutes,
  ...jobRoutes,
  ...userRoutes,
  ...tokenRoutes,
  ...auditRoutes,
  ...operationRoutes,
  ...healthRoutes,
} as const;

export type OperationId = keyof typeof ROUTES;

function isOperationId(id: string): id is OperationId {
  return Object.hasOwn(ROUTES, id);
}

export const OPERATION_IDS: readonly OperationId[] = Object.keys(ROUTES).filter(isOperationId);

/** Every route with its operation id. */
export const ROUTE_LIST: readonly (readonly [OperationId, Route])[] = OPERATION_IDS.map(id => [
  id,
  ROUTES[id],
]);
