import type { ForecastRequest } from './forecast.ts';
import type { ScheduleRequest } from './schedule.ts';
import type { SimulationRequest } from './simulation.ts';
import type { StaffingRequest } from './staffing.ts';

/** What worker threads can compute: by name, the plain data that goes in. */
export interface ComputationInputs {
  readonly forecast: ForecastRequest;
  readonly staffing: StaffingRequest;
  readonly schedule: ScheduleRequest;
  readonly simulation: SimulationRequest;
}

export type ComputationName = keyof ComputationInputs;

export type Progress = (share: number, stage: string) => void;

/** Each computation, loaded when first asked for: a thread that forecasts needs no solver. */
export const COMPUTATIONS: {
  readonly [Name in ComputationName]: () => Promise<
    (input: ComputationInputs[Name], progress: Progress) => unknown
  >;
} = {
  forecast: async () => (await import('./forecast.ts')).computeForecast,
  staffing: async () => (await import('./staffing.ts')).computeStaffing,
  schedule: async () => (await import('./schedule.ts')).computeSchedule,
  simulation: async () => (await import('./simulation.ts')).computeSimulation,
};
