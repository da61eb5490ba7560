import type { Flag } from '../codec.ts';

export interface TeamTable {
  id: string;
  siteId: string;
  name: string;
}

export interface SkillTable {
  id: string;
  siteId: string;
  name: string;
  queueIds: string;
}

export interface AgentTable {
  id: string;
  siteId: string;
  number: number;
  teamId: string | null;
  externalId: string | null;
  name: string;
  skills: string;
  contract: string;
  availability: string;
  licence: string | null;
  costPerHourCents: number | null;
  hiredOn: string | null;
  leftOn: string | null;
  active: Flag;
  revision: number;
  createdAt: number;
}

export interface ShiftTemplateTable {
  id: string;
  siteId: string;
  name: string;
  content: string;
  active: Flag;
  revision: number;
}

export interface WorkRuleSetTable {
  id: string;
  siteId: string;
  name: string;
  content: string;
  isDefault: Flag;
  revision: number;
}

export interface TimeOffTable {
  id: string;
  siteId: string;
  agentId: string;
  start: number;
  endsAt: number;
  category: string;
  status: string;
  requestedBy: string | null;
  requestedAt: number;
  decidedBy: string | null;
  decidedAt: number | null;
  revision: number;
}

export interface IcalLinkTable {
  id: string;
  siteId: string;
  agentId: string;
  tokenHash: string;
  createdAt: number;
  revokedAt: number | null;
}
