// The public surface of the pure domain, in the order in which the data travels.

// Calendar
export * from './calendar/grid.ts';
export * from './calendar/opening.ts';
export * from './calendar/time.ts';

// Random
export * from './calendar/random.ts';
export * from './calendar/variates.ts';

// History
export * from './history/series.ts';

// Demand

// Staffing
export { erlangB } from './staffing/erlangB.ts';
export { StaffingError, UnreachableGoalError } from './staffing/errors.ts';
export { evaluateQueue } from './staffing/evaluateQueue.ts';
export * from './staffing/load.ts';
export type {
  DeterministicPatience,
  EmpiricalPatience,
  ExponentialPatience,
  HyperexponentialPatience,
  LognormalPatience,
  Patience,
  WeibullPatience,
} from './staffing/patience.ts';
export { type Requirement, requiredAgents } from './staffing/requiredAgents.ts';

// Simulation
export * from './simulation/callLog.ts';
export * from './simulation/estimate.ts';
export * from './simulation/quickPath.ts';
export * from './simulation/simulateQueue.ts';

// Scheduling

// Capacity
export * from './capacity/headcount.ts';

// Intraday

// Review
export * from './review/actuals.ts';
export * from './review/adherence.ts';
export * from './review/attainment.ts';
export * from './review/definitions.ts';
export * from './review/fairness.ts';
export * from './review/planActual.ts';
export * from './review/shapley.ts';
export * from './review/whyMissed.ts';
