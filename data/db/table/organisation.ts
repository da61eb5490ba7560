import type { Flag } from '../codec.ts';

export interface CounterTable {
  name: string;
  value: number;
}

export interface SiteTable {
  id: string;
  name: string;
  timeZone: string;
  currency: string;
  country: string | null;
  region: string | null;
  sample: Flag;
  createdAt: number;
  archivedAt: number | null;
}

export interface QueueTable {
  id: string;
  siteId: string;
  number: number;
  name: string;
  channel: string;
  timeZone: string;
  stepSeconds: number;
  openingHours: string;
  goals: string;
  patience: string | null;
  shrinkage: string | null;
  concurrency: number;
  shortAbandonSeconds: number;
  planningGroup: string | null;
  aliases: string;
  sortOrder: number;
  revision: number;
  createdAt: number;
  archivedAt: number | null;
}

export interface SpecialDayTable {
  id: string;
  siteId: string;
  queueId: string | null;
  date: string;
  name: string;
  kind: string;
  hours: string | null;
}

export interface SettingTable {
  scope: string;
  name: string;
  value: string;
  updatedAt: number;
  updatedBy: string | null;
}
