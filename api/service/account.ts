import { endSession, endSessions, listSessions, type Session } from '../../data/store/sessions.ts';
import { updateUser } from '../../data/store/users.ts';
import { hashSecret } from '../auth/secret.ts';
import { type Context, mutate } from './context.ts';
import { newPasswordHash } from './newPassword.ts';
import { ownAccount } from './reauthenticate.ts';
import { Refusal } from './refusal.ts';
import { type Proven, renewSession } from './startSession.ts';

/** Changes the own password; every other session ends, and the own one gets a new secret. */
export async function changePassword(
  context: Context,
  input: { readonly currentPassword: string; readonly newPassword: string },
  cookie: string | undefined,
): Promise<Proven<undefined>> {
  const user = await ownAccount(context, input.currentPassword);
  const passwordHash = await newPasswordHash(context, input.newPassword, {
    name: user.name,
    email: user.login,
  });
  return mutate(context, 'user.changePassword', async db => {
    await updateUser(db, user.id, { passwordHash, passwordChangedAt: context.environment.now() });
    await endSessions(db, user.id, cookie === undefined ? '' : hashSecret(cookie));
    const session = await renewSession(context, db, cookie);
    return { value: { value: undefined, session }, subjectKind: 'user', subjectId: user.id };
  });
}

/** Where an account is signed in, with the caller's own session marked. */
export async function listSessionsOf(context: Context, userId: string, cookie: string | undefined) {
  const own = cookie === undefined ? '' : hashSecret(cookie);
  const { store, now } = context.environment;
  const sessions = await listSessions(store.db, userId);
  const live = sessions.filter(session => session.idleExpiresAt > now() && session.expiresAt > now());
  return live.map(session => presentSession(session, own));
}

function presentSession(session: Session, ownHash: string) {
  return {
    id: session.id,
    createdAt: session.createdAt,
    lastSeenAt: session.lastSeenAt,
    expiresAt: Math.min(session.expiresAt, session.idleExpiresAt),
    userAgent: session.userAgent ?? '',
    current: session.tokenHash === ownHash,
  };
}

/** Ends one of the own sessions. */
export async function revokeOwnSession(context: Context, id: string): Promise<void> {
  const userId = context.principal.userId ?? '';
  await mutate(context, 'session.revoke', async db => {
    if (!(await endSession(db, userId, id))) throw new Refusal('notFound');
    return { value: undefined, subjectKind: 'user', subjectId: userId };
  });
}
