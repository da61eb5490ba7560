import type { Flag } from '../codec.ts';

export interface ForecastTable {
  id: string;
  siteId: string;
  queueId: string;
  name: string;
  originEpochSeconds: number;
  start: number;
  stepSeconds: number;
  timeZone: string;
  count: number;
  method: string;
  inputs: string;
  seed: number;
  softwareVersion: string;
  columns: string;
  accuracy: string | null;
  scenarioId: string | null;
  revision: number;
  createdBy: string | null;
  createdAt: number;
}

export interface ForecastLayerTable {
  id: string;
  forecastId: string;
  siteId: string;
  ordinal: number;
  name: string;
  content: string;
  enabled: Flag;
  revision: number;
  createdBy: string | null;
  createdAt: number;
}

export interface StaffingPlanTable {
  id: string;
  siteId: string;
  queueId: string;
  forecastId: string | null;
  scenarioId: string | null;
  name: string;
  start: number;
  stepSeconds: number;
  timeZone: string;
  count: number;
  goals: string;
  assumptions: string;
  method: string;
  columns: string;
  softwareVersion: string;
  createdBy: string | null;
  createdAt: number;
}

export interface ScenarioTable {
  id: string;
  siteId: string;
  name: string;
  kind: string;
  basis: string;
  changes: string;
  result: string | null;
  shareTokenHash: string | null;
  revision: number;
  createdBy: string | null;
  createdAt: number;
  updatedAt: number;
}
