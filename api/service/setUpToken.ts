import { z } from 'zod';
import type { Db } from '../../data/db/connect.ts';
import {
  claimSetting,
  deleteSetting,
  GLOBAL_SCOPE,
  purgeSettings,
  readSetting,
  writeSetting,
} from '../../data/store/settings.ts';
import { hashSecret, newSecret, sameSecret } from '../auth/secret.ts';

const LIFETIME_SECONDS = 3600;
const SETTING = { scope: GLOBAL_SCOPE, name: 'setUpToken' } as const;
const storedSchema = z.object({ hash: z.string(), expiresAt: z.int() });

/**
 * Makes the token that proves the first administrator to be the operator. Only its hash is stored, where every
 * process on the same database finds it; it is good for an hour. Undefined while the token of another process is
 * still good, which cannot be told again.
 */
export async function issueSetUpToken(db: Db, now: number): Promise<string | undefined> {
  await purgeSettings(db, SETTING, now - LIFETIME_SECONDS);
  const token = newSecret();
  return (await claimSetting(db, settingOf(token, now))) ? token : undefined;
}

/** Makes a token in place of one that was lost, or takes one of the operator's choice. */
export async function replaceSetUpToken(db: Db, now: number, token = newSecret()): Promise<string> {
  await writeSetting(db, settingOf(token, now));
  return token;
}

function settingOf(token: string, now: number) {
  return { ...SETTING, value: { hash: hashSecret(token), expiresAt: now + LIFETIME_SECONDS }, at: now };
}

/** Whether the token is right and still good. */
export async function isSetUpToken(db: Db, now: number, token: string): Promise<boolean> {
  const stored = storedSchema.safeParse(await readSetting(db, SETTING.scope, SETTING.name));
  return stored.success && stored.data.expiresAt > now && sameSecret(hashSecret(token), stored.data.hash);
}

/** Forgets the token once it was used. */
export async function dropSetUpToken(db: Db): Promise<void> {
  await deleteSetting(db, SETTING.scope, SETTING.name);
}
