import { findUser, type User } from '../../data/store/users.ts';
import type { Context } from './context.ts';
import { found, Refusal } from './refusal.ts';
import { checkSecondFactor } from './secondFactor.ts';
import { guessPassword, recordFailure } from './signInThrottle.ts';

/** The caller's account, once they have given its password again. Guessing is slowed as at the sign-in. */
export async function ownAccount(context: Context, password: string): Promise<User> {
  const user = found(await findUser(context.environment.store.db, context.principal.userId ?? ''));
  const { login: account, passwordHash } = user;
  if (await guessPassword(context, 'reauthenticate', { account, passwordHash, password })) return user;
  throw new Refusal('wrongCredentials', 'the password is not right');
}

/** As `ownAccount`, and with a one-time or recovery code where the account has a second factor. */
export async function ownAccountWithCode(
  context: Context,
  proof: { readonly password: string; readonly code?: string | undefined },
): Promise<User> {
  const user = await ownAccount(context, proof.password);
  if (!user.totpEnabled) return user;
  if (proof.code === undefined) throw new Refusal('secondFactorRequired');
  if (await checkSecondFactor(context, user, proof.code)) return user;
  await recordFailure(context, user.login, 'reauthenticate');
  throw new Refusal('wrongCredentials', 'the code is not right');
}
