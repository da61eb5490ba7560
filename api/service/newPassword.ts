import { hashPassword } from '../auth/passwords.ts';
import { weaknessOf } from '../auth/weakPassword.ts';
import type { Context } from './context.ts';
import { Refusal } from './refusal.ts';
import { readSettings } from './settings.ts';

/** The hash of a new password. @throws Refusal when it is among the first guesses about this person and house. */
export async function newPasswordHash(
  context: Context,
  password: string,
  about: { readonly name: string; readonly email: string },
): Promise<string> {
  const { organisationName } = await readSettings(context.environment.store.db);
  const weakness = weaknessOf(password, [about.name, about.email, organisationName]);
  if (weakness === undefined) return hashPassword(password);
  throw new Refusal('invalid', `this password is weak: ${weakness}; four ordinary words are better`, {
    issues: [{ path: 'body.password', message: weakness }],
  });
}
