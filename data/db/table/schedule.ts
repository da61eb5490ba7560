export interface ScheduleTable {
  id: string;
  siteId: string;
  name: string;
  weekStart: string;
  days: number;
  timeZone: string;
  stepSeconds: number;
  status: string;
  inputs: string;
  scenarioId: string | null;
  revision: number;
  createdBy: string | null;
  createdAt: number;
  updatedAt: number;
}

export interface ScheduleAgentWeekTable {
  scheduleId: string;
  agentId: string;
  siteId: string;
  content: string;
  dayRevisions: string;
  paidMinutes: number;
  revision: number;
  updatedAt: number;
}

export interface ScheduleOperationTable {
  scheduleId: string;
  sequence: number;
  siteId: string;
  label: string;
  operation: string;
  inverse: string;
  undoes: number | null;
  agentIds: string;
  createdBy: string | null;
  createdAt: number;
}

export interface PublicationTable {
  id: string;
  siteId: string;
  scheduleId: string;
  weekStart: string;
  version: number;
  content: string;
  contentHash: string;
  requirement: string;
  forecastIds: string;
  seed: number | null;
  softwareVersion: string;
  prediction: string | null;
  note: string | null;
  publishedBy: string | null;
  publishedAt: number;
}
