import type { Db } from '../../data/db/connect.ts';
import { changeToken, createSession } from '../../data/store/sessions.ts';
import { type User, updateUser } from '../../data/store/users.ts';
import { userPrincipal } from '../auth/authenticate.ts';
import { inOrder } from '../auth/permissionTable.ts';
import { type Principal, permissionsOf } from '../auth/principal.ts';
import { hashSecret, newSecret } from '../auth/secret.ts';
import type { Me } from '../contract/session.ts';
import type { Context } from './context.ts';
import { readSettings } from './settings.ts';

/** What goes into the cookie; the secret is stored nowhere. */
export interface SessionSecret {
  readonly secret: string;
  readonly maxAgeSeconds: number;
}

/** A session that has just begun. */
export interface StartedSession extends SessionSecret {
  readonly me: Me;
}

/** What a use-case answers before which its caller proved anew who asks. */
export interface Proven<Value> {
  readonly value: Value;
  /** The same session under a new secret; undefined for a token, which has no session. */
  readonly session: SessionSecret | undefined;
}

/** Begins a session with a secret of its own, whatever the browser sent before. */
export async function startSession(context: Context, db: Db, user: User): Promise<StartedSession> {
  const { sessionIdleMinutes, sessionHours, requireSecondFactor } = await readSettings(db);
  const now = context.environment.now();
  const secret = newSecret();
  const maxAgeSeconds = sessionHours * 3600;
  await createSession(db, {
    tokenHash: hashSecret(secret),
    userId: user.id,
    createdAt: now,
    idleExpiresAt: Math.min(now + sessionIdleMinutes * 60, now + maxAgeSeconds),
    expiresAt: now + maxAgeSeconds,
    userAgent: context.origin.userAgent,
    address: context.origin.address,
  });
  await updateUser(db, user.id, { lastLoginAt: now });
  return { me: meOf(await userPrincipal(db, user, requireSecondFactor)), secret, maxAgeSeconds };
}

/**
 * Gives the caller's session a new secret once they proved anew who asks: whoever may have seen the one before is out.
 * It ends when it would have ended.
 */
export async function renewSession(
  context: Context,
  db: Db,
  cookie: string | undefined,
): Promise<SessionSecret | undefined> {
  if (cookie === undefined) return undefined;
  const secret = newSecret();
  const expiresAt = await changeToken(db, hashSecret(cookie), hashSecret(secret));
  return expiresAt === undefined
    ? undefined
    : { secret, maxAgeSeconds: expiresAt - context.environment.now() };
}

/** What an account may know about itself. */
export function meOf(principal: Principal): Me {
  return {
    userId: principal.userId ?? '',
    name: principal.name,
    email: principal.email,
    grants: principal.grants.map(({ role, reach }) => ({ role, reach })),
    agentId: principal.agentId,
    permissions: [...inOrder(permissionsOf(principal))],
    secondFactor: principal.secondFactor,
    secondFactorMissing: principal.secondFactorMissing,
  };
}
