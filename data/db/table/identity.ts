import type { Flag } from '../codec.ts';

export interface UserAccountTable {
  id: string;
  login: string;
  name: string;
  passwordHash: string | null;
  passwordChangedAt: number | null;
  totpSecret: string | null;
  totpPendingSecret: string | null;
  totpEnabled: Flag;
  totpLastStep: number | null;
  oidcIssuer: string | null;
  oidcSubject: string | null;
  agentId: string | null;
  active: Flag;
  locale: string | null;
  revision: number;
  createdAt: number;
  lastLoginAt: number | null;
}

export interface RecoveryCodeTable {
  userId: string;
  codeHash: string;
}

export interface RoleAssignmentTable {
  id: string;
  userId: string;
  role: string;
  scopeKind: string;
  scopeId: string | null;
  grantedBy: string | null;
  grantedAt: number;
}

export interface SessionTable {
  tokenHash: string;
  id: string;
  userId: string;
  createdAt: number;
  lastSeenAt: number;
  idleExpiresAt: number;
  expiresAt: number;
  userAgent: string | null;
  address: string | null;
}

export interface ApiTokenTable {
  id: string;
  userId: string;
  name: string;
  tokenHash: string;
  permissions: string;
  siteIds: string | null;
  createdAt: number;
  expiresAt: number;
  lastUsedAt: number | null;
  revokedAt: number | null;
}

export interface LoginAttemptTable {
  id: string;
  account: string;
  address: string;
  at: number;
  succeeded: Flag;
}

export interface AuditEventTable {
  sequence: number;
  at: number;
  actorKind: string;
  actorId: string | null;
  action: string;
  outcome: string;
  subjectKind: string | null;
  subjectId: string | null;
  siteId: string | null;
  requestId: string | null;
  address: string | null;
  detail: string;
  previousHash: string;
  hash: string;
}

export interface JobTable {
  id: string;
  siteId: string | null;
  kind: string;
  input: string;
  status: string;
  priority: number;
  progress: number;
  message: string | null;
  attempts: number;
  maxAttempts: number;
  leaseOwner: string | null;
  leaseUntil: number | null;
  fence: number;
  cancelRequested: Flag;
  dedupeKey: string | null;
  result: string | null;
  error: string | null;
  createdBy: string | null;
  createdAt: number;
  runAfter: number;
  startedAt: number | null;
  finishedAt: number | null;
}
