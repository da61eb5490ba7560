import { join } from 'node:path';
import { isBreached } from '../auth/breachedPasswords.ts';
import { hashPassword } from '../auth/passwords.ts';
import { weaknessOf } from '../auth/weakPassword.ts';
import type { Context } from './context.ts';
import { Refusal } from './refusal.ts';
import { readSettings } from './settings.ts';

/** Where an operator puts a list of breached passwords, in the data folder. */
const BREACHED_PASSWORDS = 'breached-passwords.txt';

/**
 * The hash of a new password.
 *
 * @throws Refusal when it is among the first guesses about this person and house, or in the operator's list.
 */
export async function newPasswordHash(
  context: Context,
  password: string,
  about: { readonly name: string; readonly email: string },
): Promise<string> {
  const { dataDir, store } = context.environment;
  const { organisationName } = await readSettings(store.db);
  const breached = await isBreached(join(dataDir, BREACHED_PASSWORDS), password);
  const weakness = breached
    ? 'it is known from a breach elsewhere'
    : await weaknessOf(password, [about.name, about.email, organisationName]);
  if (weakness === undefined) return hashPassword(password);
  throw new Refusal('invalid', `this password is weak: ${weakness}; four ordinary words are better`, {
    issues: [{ path: 'body.password', message: weakness }],
  });
}
