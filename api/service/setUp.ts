import type { Db } from '../../data/db/connect.ts';
import { grantRole } from '../../data/store/roles.ts';
import { claimSetting, GLOBAL_SCOPE, readSetting } from '../../data/store/settings.ts';
import { countUsers, createUser } from '../../data/store/users.ts';
import { type Context, mutate } from './context.ts';
import { newPasswordHash } from './newPassword.ts';
import { Refusal } from './refusal.ts';
import { dropSetUpToken, isSetUpToken } from './setUpToken.ts';
import { type StartedSession, startSession } from './startSession.ts';

const CLAIM = { scope: GLOBAL_SCOPE, name: 'firstAdministrator' } as const;

/** Whether the first administrator still has to be created. */
export async function isSetUpNeeded(db: Db): Promise<boolean> {
  return (await readSetting(db, CLAIM.scope, CLAIM.name)) === undefined && (await countUsers(db)) === 0;
}

/**
 * Creates the first administrator and signs them in. Of any number of simultaneous calls exactly one succeeds.
 *
 * @param tokenRequired whether the one-time token that was printed at start-up is asked for
 */
export async function setUp(
  context: Context,
  input: {
    readonly name: string;
    readonly email: string;
    readonly password: string;
    readonly token?: string | undefined;
  },
  tokenRequired: boolean,
): Promise<StartedSession> {
  const { store } = context.environment;
  const now = context.environment.now();
  const proven = !tokenRequired || (await isSetUpToken(store.db, now, input.token ?? ''));
  // Looked at after the token, which the set-up that was faster takes away.
  if (!(await isSetUpNeeded(store.db))) throw new Refusal('alreadySetUp');
  if (!proven) {
    throw new Refusal(
      'wrongCredentials',
      'the set-up token is not right or older than an hour; "coverline user set-up-token" prints a new one',
    );
  }
  const passwordHash = await newPasswordHash(context, input.password, input);
  return mutate(context, 'setup', async db => {
    const first = await claimSetting(db, { ...CLAIM, value: true, at: now });
    if (!first || (await countUsers(db)) > 0) throw new Refusal('alreadySetUp');
    await dropSetUpToken(db);
    const user = await createUser(db, { login: input.email, name: input.name, passwordHash, createdAt: now });
    await grantRole(db, {
      userId: user.id,
      role: 'administrator',
      scope: { kind: 'all' },
      grantedBy: user.id,
      grantedAt: now,
    });
    const session = await startSession(context, db, user);
    return { value: session, subjectKind: 'user', subjectId: user.id };
  });
}
