import type { Db } from '../../data/db/connect.ts';
import { countRecoveryCodes, replaceRecoveryCodes } from '../../data/store/recoveryCodes.ts';
import { endSessions } from '../../data/store/sessions.ts';
import { findUser, updateUser } from '../../data/store/users.ts';
import { newRecoveryCodes, recoveryCodeHash } from '../auth/recoveryCode.ts';
import { hashSecret } from '../auth/secret.ts';
import { matchTotp, newTotpSecret, totpUri } from '../auth/totp.ts';
import { type Context, mutate } from './context.ts';
import { ownAccount, ownAccountWithCode } from './reauthenticate.ts';
import { found, Refusal } from './refusal.ts';
import { clearSecondFactor } from './secondFactor.ts';
import { readSettings } from './settings.ts';
import { type Proven, renewSession } from './startSession.ts';

/** The password, and a code where the account has a second factor already. */
interface Proof {
  readonly password: string;
  readonly code?: string | undefined;
}

/** Whether the caller has a second factor, and how many recovery codes are left. */
export async function readSecondFactor(context: Context) {
  return {
    enabled: context.principal.secondFactor,
    recoveryCodesLeft: await countRecoveryCodes(context.environment.store.db, context.principal.userId ?? ''),
  };
}

/** Makes a secret for the caller's account. A present second factor stays until a code confirmed the new secret. */
export async function beginSecondFactor(
  context: Context,
  proof: Proof,
  cookie: string | undefined,
): Promise<Proven<{ readonly secret: string; readonly uri: string }>> {
  const user = await ownAccountWithCode(context, proof);
  const secret = newTotpSecret();
  const { organisationName } = await readSettings(context.environment.store.db);
  return mutate(context, 'secondFactor.begin', async db => {
    await updateUser(db, user.id, { totpPendingSecret: secret });
    const value = { secret, uri: totpUri(secret, user.login, organisationName) };
    return {
      value: { value, session: await renewSession(context, db, cookie) },
      subjectKind: 'user',
      subjectId: user.id,
    };
  });
}

/**
 * Turns one-time codes on with a first valid code, and gives the recovery codes, which are stored nowhere. Every
 * other session of the account ends.
 */
export async function confirmSecondFactor(
  context: Context,
  code: string,
  cookie: string | undefined,
): Promise<Proven<{ readonly recoveryCodes: readonly string[] }>> {
  const { now } = context.environment;
  const userId = context.principal.userId ?? '';
  return mutate(context, 'secondFactor.confirm', async db => {
    const user = found(await findUser(db, userId));
    if (user.totpPendingSecret === null) throw new Refusal('wrongState', 'begin with a new secret first');
    const step = matchTotp(user.totpPendingSecret, code, now(), null);
    if (step === undefined) throw new Refusal('wrongCredentials', 'the code is not right');
    await updateUser(db, userId, {
      totpSecret: user.totpPendingSecret,
      totpPendingSecret: null,
      totpEnabled: true,
      totpLastStep: step,
    });
    await endSessions(db, userId, cookie === undefined ? '' : hashSecret(cookie));
    const session = await renewSession(context, db, cookie);
    return {
      value: { value: await freshCodes(db, userId), session },
      subjectKind: 'user',
      subjectId: userId,
    };
  });
}

/** Replaces the recovery codes by new ones. */
export async function renewRecoveryCodes(
  context: Context,
  proof: Proof,
  cookie: string | undefined,
): Promise<Proven<{ readonly recoveryCodes: readonly string[] }>> {
  const user = await ownAccountWithCode(context, proof);
  if (!user.totpEnabled) throw new Refusal('wrongState', 'turn one-time codes on first');
  return mutate(context, 'secondFactor.renewCodes', async db => ({
    value: { value: await freshCodes(db, user.id), session: await renewSession(context, db, cookie) },
    subjectKind: 'user',
    subjectId: user.id,
  }));
}

async function freshCodes(db: Db, userId: string): Promise<{ readonly recoveryCodes: readonly string[] }> {
  const recoveryCodes = newRecoveryCodes();
  await replaceRecoveryCodes(
    db,
    userId,
    recoveryCodes.flatMap(code => recoveryCodeHash(code) ?? []),
  );
  return { recoveryCodes };
}

/** Turns one-time codes off; every other session of the account ends. */
export async function removeSecondFactor(
  context: Context,
  proof: Proof,
  cookie: string | undefined,
): Promise<Proven<undefined>> {
  const { requireSecondFactor } = await readSettings(context.environment.store.db);
  const administrator = context.principal.grants.some(grant => grant.role === 'administrator');
  if (requireSecondFactor && administrator) {
    await ownAccount(context, proof.password);
    throw new Refusal('wrongState', 'the settings require one-time codes of administrators');
  }
  const user = await ownAccountWithCode(context, proof);
  return mutate(context, 'secondFactor.remove', async db => {
    await clearSecondFactor(db, user.id);
    await endSessions(db, user.id, cookie === undefined ? '' : hashSecret(cookie));
    const session = await renewSession(context, db, cookie);
    return { value: { value: undefined, session }, subjectKind: 'user', subjectId: user.id };
  });
}
