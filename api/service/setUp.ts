import type { Db } from '../../data/db/connect.ts';
import { grantRole } from '../../data/store/roles.ts';
import { claimSetting, GLOBAL_SCOPE, readSetting } from '../../data/store/settings.ts';
import { countUsers, createUser } from '../../data/store/users.ts';
import { hashPassword } from '../auth/passwords.ts';
import { sameSecret } from '../auth/secret.ts';
import { type Context, mutate } from './context.ts';
import { Refusal } from './refusal.ts';
import { type StartedSession, startSession } from './startSession.ts';

const CLAIM = { scope: GLOBAL_SCOPE, name: 'firstAdministrator' } as const;

/** Whether the first administrator still has to be created. */
export async function isSetUpNeeded(db: Db): Promise<boolean> {
  return (await readSetting(db, CLAIM.scope, CLAIM.name)) === undefined && (await countUsers(db)) === 0;
}

/**
 * Creates the first administrator and signs them in. Of any number of simultaneous calls exactly one succeeds.
 *
 * @param expectedToken the one-time token printed at start-up; undefined where none is asked for
 */
export async function setUp(
  context: Context,
  input: {
    readonly name: string;
    readonly email: string;
    readonly password: string;
    readonly token?: string | undefined;
  },
  expectedToken: string | undefined,
): Promise<StartedSession> {
  if (!(await isSetUpNeeded(context.environment.store.db))) throw new Refusal('alreadySetUp');
  if (expectedToken !== undefined && !sameSecret(input.token ?? '', expectedToken)) {
    throw new Refusal(
      'wrongCredentials',
      'the set-up token is not right; it stands in the log of this start',
    );
  }
  const passwordHash = await hashPassword(input.password);
  const now = context.environment.now();
  return mutate(context, 'setup', async db => {
    const first = await claimSetting(db, { ...CLAIM, value: true, at: now });
    if (!first || (await countUsers(db)) > 0) throw new Refusal('alreadySetUp');
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
