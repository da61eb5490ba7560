import { countFailedLogins, recordLoginAttempt } from '../../data/store/loginAttempts.ts';
import { verifyPassword } from '../auth/passwords.ts';
import { type Context, recordEventIn } from './context.ts';
import { Refusal } from './refusal.ts';

/** Guesses are counted over this window. Nobody is locked out: a pause ends by itself. */
const WINDOW_SECONDS = 900;
const TRIES_PER_ACCOUNT_AND_ADDRESS = 10;
const TRIES_PER_ADDRESS = 100;

/** @throws Refusal while guesses at this account, or from this address, must wait. */
export async function assertNotThrottled(context: Context, account: string): Promise<void> {
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

/** Counts a wrong password or code, and puts it in the audit trail. */
export async function recordFailure(context: Context, account: string, action: string): Promise<void> {
  const { store, now } = context.environment;
  await store.db.transaction().execute(async db => {
    await recordLoginAttempt(db, { account, address: context.origin.address, at: now(), succeeded: false });
    await recordEventIn(db, context, action, 'failed', { subjectKind: 'account' });
  });
}

/**
 * Whether `password` fits the account's hash. A wrong one is counted.
 *
 * @throws Refusal while guesses must wait.
 */
export async function guessPassword(
  context: Context,
  action: string,
  guess: {
    readonly account: string;
    readonly passwordHash: string | null | undefined;
    readonly password: string;
  },
): Promise<boolean> {
  const stillAllowed = () => assertNotThrottled(context, guess.account);
  await stillAllowed();
  return verifyPassword(guess.passwordHash, guess.password, {
    stillAllowed,
    missed: () => recordFailure(context, guess.account, action),
  });
}
