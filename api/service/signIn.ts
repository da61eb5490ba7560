import { recordLoginAttempt } from '../../data/store/loginAttempts.ts';
import { endSession, findLiveSession } from '../../data/store/sessions.ts';
import { findUserByLogin, normaliseLogin, type User } from '../../data/store/users.ts';
import { hashSecret } from '../auth/secret.ts';
import { type Context, mutate } from './context.ts';
import { Refusal } from './refusal.ts';
import { checkSecondFactor } from './secondFactor.ts';
import { guessPassword, recordFailure } from './signInThrottle.ts';
import { type StartedSession, startSession } from './startSession.ts';

/** Signs in with a password and, where the account has a second factor, a one-time or recovery code. */
export async function signIn(
  context: Context,
  input: { readonly email: string; readonly password: string; readonly code?: string | undefined },
): Promise<StartedSession> {
  const { store } = context.environment;
  const account = normaliseLogin(input.email).slice(0, 200);
  const user = await findUserByLogin(store.db, account);
  const passwordHash = user?.active ? user.passwordHash : null;
  const fits = await guessPassword(context, 'session.start', {
    account,
    passwordHash,
    password: input.password,
  });
  if (!user || !fits) throw new Refusal('wrongCredentials');
  if (user.totpEnabled && input.code === undefined) throw new Refusal('secondFactorRequired');
  if (user.totpEnabled && !(await checkSecondFactor(context, user, input.code ?? ''))) {
    await recordFailure(context, account, 'session.start');
    throw new Refusal('wrongCredentials');
  }
  return beginSession(context, user, account);
}

/** Begins the session of a user whose identity was proven. */
export async function beginSession(context: Context, user: User, account: string): Promise<StartedSession> {
  const { now } = context.environment;
  return mutate(
    { ...context, principal: { ...context.principal, kind: 'user', userId: user.id } },
    'session.start',
    async db => {
      await recordLoginAttempt(db, { account, address: context.origin.address, at: now(), succeeded: true });
      const session = await startSession(context, db, user);
      return { value: session, subjectKind: 'user', subjectId: user.id };
    },
  );
}

/** Ends the session that a cookie belongs to. */
export async function signOut(context: Context, cookie: string | undefined): Promise<void> {
  const { store, now } = context.environment;
  const session =
    cookie === undefined ? undefined : await findLiveSession(store.db, hashSecret(cookie), now());
  if (!session) return;
  await mutate(context, 'session.end', async db => {
    await endSession(db, session.userId, session.id);
    return { value: undefined, subjectKind: 'user', subjectId: session.userId };
  });
}
