import { countFailedLogins, recordLoginAttempt } from '../../data/store/loginAttempts.ts';
import { endSession, findLiveSession } from '../../data/store/sessions.ts';
import { findUserByLogin, normaliseLogin, type User } from '../../data/store/users.ts';
import { verifyPassword } from '../auth/passwords.ts';
import { hashSecret } from '../auth/secret.ts';
import { type Context, mutate, recordEvent } from './context.ts';
import { Refusal } from './refusal.ts';
import { checkSecondFactor } from './secondFactor.ts';
import { type StartedSession, startSession } from './startSession.ts';

/** Guesses are counted over this window. Nobody is locked out: a pause ends by itself. */
const WINDOW_SECONDS = 900;
const TRIES_PER_ACCOUNT_AND_ADDRESS = 10;
const TRIES_PER_ADDRESS = 100;

/** Signs in with a password and, where the account has one, a one-time code. */
export async function signIn(
  context: Context,
  input: { readonly email: string; readonly password: string; readonly code?: string | undefined },
): Promise<StartedSession> {
  const { store } = context.environment;
  const account = normaliseLogin(input.email).slice(0, 200);
  await assertNotThrottled(context, account);
  const user = await findUserByLogin(store.db, account);
  const fits = await verifyPassword(user?.active ? user.passwordHash : null, input.password, () =>
    assertNotThrottled(context, account),
  );
  if (!user || !fits) {
    await failed(context, account);
    throw new Refusal('wrongCredentials');
  }
  if (user.totpEnabled && input.code === undefined) throw new Refusal('secondFactorRequired');
  if (user.totpEnabled && !(await checkSecondFactor(context, user, input.code ?? ''))) {
    await failed(context, account);
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

async function assertNotThrottled(context: Context, account: string): Promise<void> {
  const { store, now } = context.environment;
  const at = now();
  const failures = await countFailedLogins(store.db, account, context.origin.address, at - WINDOW_SECONDS);
  const over = Math.max(
    failures.accountAndAddress - TRIES_PER_ACCOUNT_AND_ADDRESS,
    failures.address - TRIES_PER_ADDRESS,
  );
  if (over < 0) return;
  const pause = Math.min(WINDOW_SECONDS, 15 * 2 ** Math.min(over, 10));
  const waited = failures.lastAt === null ? 0 : at - failures.lastAt;
  if (failures.address < TRIES_PER_ADDRESS && waited >= pause) return;
  throw new Refusal('tooManyRequests', 'too many failed attempts to sign in; please wait', {
    retryAfterSeconds: Math.max(1, pause - waited),
  });
}

async function failed(context: Context, account: string): Promise<void> {
  const { store, now } = context.environment;
  await recordLoginAttempt(store.db, {
    account,
    address: context.origin.address,
    at: now(),
    succeeded: false,
  });
  await recordEvent(context, 'session.start', 'failed', { subjectKind: 'account' });
}
