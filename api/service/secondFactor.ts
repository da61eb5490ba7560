import { replaceRecoveryCodes, useRecoveryCode } from '../../data/store/recoveryCodes.ts';
import { findUser, type User, updateUser } from '../../data/store/users.ts';
import { recoveryCodeHash } from '../auth/recoveryCode.ts';
import { matchTotp } from '../auth/totp.ts';
import { type Context, mutate } from './context.ts';

/** Whether a one-time code or a recovery code is right now; a right one is used up. */
export async function checkSecondFactor(context: Context, user: User, code: string): Promise<boolean> {
  const recoveryHash = recoveryCodeHash(code);
  return recoveryHash === undefined
    ? checkOneTimeCode(context, user, code)
    : checkRecoveryCode(context, user, recoveryHash);
}

async function checkOneTimeCode(context: Context, user: User, code: string): Promise<boolean> {
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

/** Rolls back, with its audit entry, when the code is not one of the account's. */
class NoSuchCode extends Error {}

async function checkRecoveryCode(context: Context, user: User, codeHash: string): Promise<boolean> {
  const asUser: Context = {
    ...context,
    principal: { ...context.principal, kind: 'user', userId: user.id },
  };
  try {
    await mutate(asUser, 'secondFactor.recover', async db => {
      if (!(await useRecoveryCode(db, user.id, codeHash))) throw new NoSuchCode();
      return { value: undefined, subjectKind: 'user', subjectId: user.id };
    });
    return true;
  } catch (error) {
    if (error instanceof NoSuchCode) return false;
    throw error;
  }
}

/** Takes the second factor off an account: secrets and recovery codes. */
export async function clearSecondFactor(db: Parameters<typeof updateUser>[0], userId: string): Promise<void> {
  await updateUser(db, userId, {
    totpSecret: null,
    totpPendingSecret: null,
    totpEnabled: false,
    totpLastStep: null,
  });
  await replaceRecoveryCodes(db, userId, []);
}
