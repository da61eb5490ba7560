import type { Db } from '../../data/db/connect.ts';
import { isDiskFull } from '../../data/db/sqlite.ts';
import { findLiveApiToken, touchApiToken } from '../../data/store/apiTokens.ts';
import { listRoles } from '../../data/store/roles.ts';
import { findLiveSession, type Session, touchSession } from '../../data/store/sessions.ts';
import { listTeams } from '../../data/store/teams.ts';
import { findUser, type User } from '../../data/store/users.ts';
import { PERMISSIONS, type Permission, ROLES } from '../contract/permission.ts';
import { ANONYMOUS, type Principal, type ResolvedGrant } from './principal.ts';
import { hashSecret } from './secret.ts';

/** What the settings ask of sessions. */
export interface SessionPolicy {
  readonly idleSeconds: number;
  /** Administrators with a local account need one-time codes; those of an identity provider have its own. */
  readonly requireSecondFactor: boolean;
}

/** Noting "last seen" is a write, so it is done at most this often. */
const TOUCH_SECONDS = 60;

/** `wfm_` lets secret scanners recognise a token that was leaked. */
export const TOKEN_PREFIX = 'wfm_';

/** Who a session cookie or bearer token belongs to; anonymous when it fits nothing. */
export async function authenticate(
  db: Db,
  credentials: { readonly cookie: string | undefined; readonly bearer: string | undefined },
  now: number,
  policy: SessionPolicy,
): Promise<Principal> {
  if (credentials.bearer !== undefined) return tokenPrincipal(db, credentials.bearer, now, policy);
  if (credentials.cookie === undefined || credentials.cookie === '') return ANONYMOUS;
  const session = await findLiveSession(db, hashSecret(credentials.cookie), now);
  if (!session) return ANONYMOUS;
  if (now - session.lastSeenAt >= TOUCH_SECONDS) {
    await unlessDiskFull(touchSession(db, session.tokenHash, now, idleEnd(session, now, policy)));
  }
  const user = await findUser(db, session.userId);
  return user ? userPrincipal(db, user, policy.requireSecondFactor) : ANONYMOUS;
}

/** Noting when somebody was last seen is not worth refusing them what they came to read. */
async function unlessDiskFull(noted: Promise<void>): Promise<void> {
  try {
    await noted;
  } catch (error) {
    if (!isDiskFull(error)) throw error;
  }
}

function idleEnd(session: Session, now: number, policy: SessionPolicy): number {
  return Math.min(session.expiresAt, now + policy.idleSeconds);
}

/** A user with every role that they hold. */
export async function userPrincipal(db: Db, user: User, requireSecondFactor: boolean): Promise<Principal> {
  const grants = await grantsOf(db, user.id);
  const isLocal = user.oidcIssuer === null;
  return {
    kind: 'user',
    userId: user.id,
    name: user.name,
    email: user.login,
    agentId: user.agentId,
    secondFactor: user.totpEnabled,
    secondFactorMissing:
      requireSecondFactor &&
      isLocal &&
      !user.totpEnabled &&
      grants.some(grant => grant.role === 'administrator'),
    grants,
    token: null,
  };
}

async function grantsOf(db: Db, userId: string): Promise<readonly ResolvedGrant[]> {
  const roles = await listRoles(db, userId);
  const teams = roles.some(role => role.scope.kind === 'team') ? await listTeams(db, 'all') : [];
  return roles.flatMap(({ role: name, scope }): readonly ResolvedGrant[] => {
    const role = ROLES.find(known => known === name);
    if (role === undefined) return [];
    if (scope.kind !== 'team') return [{ role, reach: scope }];
    return [{ role, reach: scope, teamSiteId: teams.find(team => team.id === scope.teamId)?.siteId }];
  });
}

async function tokenPrincipal(
  db: Db,
  bearer: string,
  now: number,
  policy: SessionPolicy,
): Promise<Principal> {
  if (!bearer.startsWith(TOKEN_PREFIX)) return ANONYMOUS;
  const token = await findLiveApiToken(db, hashSecret(bearer), now);
  const user = token && (await findUser(db, token.userId));
  if (!token || !user) return ANONYMOUS;
  if (token.lastUsedAt === null || now - token.lastUsedAt >= TOUCH_SECONDS) {
    await unlessDiskFull(touchApiToken(db, token.id, now));
  }
  return {
    ...(await userPrincipal(db, user, policy.requireSecondFactor)),
    kind: 'token',
    token: {
      id: token.id,
      permissions: new Set<Permission>(PERMISSIONS.filter(name => token.permissions.includes(name))),
      siteIds: token.siteIds,
    },
  };
}
