import { findUser, type User, updateUser } from '../../data/store/users.ts';
import { verifyPassword } from '../auth/passwords.ts';
import { matchTotp, newTotpSecret, totpUri } from '../auth/totp.ts';
import { type Context, mutate } from './context.ts';
import { found, Refusal } from './refusal.ts';
import { readSettings } from './settings.ts';

/** Whether a code is right now; a right one is used up. */
export async function checkSecondFactor(context: Context, user: User, code: string): Promise<boolean> {
  const { store, now } = context.environment;
  return store.db.transaction().execute(async db => {
    const current = await findUser(db, user.id);
    if (!current?.totpSecret) return false;
    const step = matchTotp(current.totpSecret, code, now(), current.totpLastStep);
    if (step === undefined) return false;
    await updateUser(db, user.id, { totpLastStep: step });
    return true;
  });
}

/** Makes a secret for the caller's account; it counts only once a code confirmed it. */
export async function beginSecondFactor(
  context: Context,
  password: string,
): Promise<{ readonly secret: string; readonly uri: string }> {
  const user = await ownAccount(context, password);
  const secret = newTotpSecret();
  const { organisationName } = await readSettings(context.environment.store.db);
  return mutate(context, 'secondFactor.begin', async db => {
    await updateUser(db, user.id, { totpSecret: secret, totpEnabled: false, totpLastStep: null });
    return {
      value: { secret, uri: totpUri(secret, user.login, organisationName) },
      subjectKind: 'user',
      subjectId: user.id,
    };
  });
}

/** Turns one-time codes on with a first valid code. */
export async function confirmSecondFactor(context: Context, code: string): Promise<void> {
  const { now } = context.environment;
  await mutate(context, 'secondFactor.confirm', async db => {
    const user = found(await findUser(db, context.principal.userId ?? ''));
    if (user.totpSecret === null) throw new Refusal('wrongState', 'begin with a new secret first');
    const step = matchTotp(user.totpSecret, code, now(), user.totpLastStep);
    if (step === undefined) throw new Refusal('wrongCredentials', 'the code is not right');
    await updateUser(db, user.id, { totpEnabled: true, totpLastStep: step });
    return { value: undefined, subjectKind: 'user', subjectId: user.id };
  });
}

/** Turns one-time codes off. */
export async function removeSecondFactor(context: Context, password: string): Promise<void> {
  const user = await ownAccount(context, password);
  const { requireSecondFactor } = await readSettings(context.environment.store.db);
  const administrator = context.principal.grants.some(grant => grant.role === 'administrator');
  if (requireSecondFactor && administrator) {
    throw new Refusal('wrongState', 'the settings require one-time codes of administrators');
  }
  await mutate(context, 'secondFactor.remove', async db => {
    await updateUser(db, user.id, { totpSecret: null, totpEnabled: false, totpLastStep: null });
    return { value: undefined, subjectKind: 'user', subjectId: user.id };
  });
}

/** The caller's account, once they have given its password again. */
export async function ownAccount(context: Context, password: string): Promise<User> {
  const user = found(await findUser(context.environment.store.db, context.principal.userId ?? ''));
  if (await verifyPassword(user.passwordHash, password)) return user;
  throw new Refusal('wrongCredentials', 'the password is not right');
}
