import type { Db } from '../../data/db/connect.ts';
import { createSession } from '../../data/store/sessions.ts';
import { type User, updateUser } from '../../data/store/users.ts';
import { userPrincipal } from '../auth/authenticate.ts';
import { inOrder } from '../auth/permissionTable.ts';
import { type Principal, permissionsOf } from '../auth/principal.ts';
import { hashSecret, newSecret } from '../auth/secret.ts';
import type { Me } from '../contract/session.ts';
import type { Context } from './context.ts';
import { readSettings } from './settings.ts';

/** A session that has just begun; `secret` goes into the cookie and is stored nowhere. */
export interface StartedSession {
  readonly me: Me;
  readonly secret: string;
  readonly maxAgeSeconds: number;
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
