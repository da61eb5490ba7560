import type { Db } from '../../data/db/connect.ts';
import { grantRole, listRoles, revokeRole } from '../../data/store/roles.ts';
import { claimSetting } from '../../data/store/settings.ts';
import { createUser, findUserByLogin, findUserBySubject, type User } from '../../data/store/users.ts';
import type { OpenIdConnect, ProvenIdentity } from '../auth/openIdConnect.ts';
import { hashSecret } from '../auth/secret.ts';
import { type Context, mutate, recordEvent } from './context.ts';
import { beginSession } from './signIn.ts';
import type { StartedSession } from './startSession.ts';

/** Signing in at the organisation's identity provider. */
export interface SingleSignOn {
  /** What the button says. */
  readonly label: string;
  /** Where to send the browser, and the secret memory that must come back with it; undefined without a provider. */
  readonly begin: (
    context: Context,
  ) => Promise<{ readonly location: string; readonly state: string } | undefined>;
  /** The session of whoever came back; undefined when the provider or this installation refuses them. */
  readonly finish: (
    context: Context,
    answer: URLSearchParams,
    state: string | undefined,
  ) => Promise<StartedSession | undefined>;
}

export function singleSignOn(client: OpenIdConnect): SingleSignOn {
  return {
    label: client.provider.label,
    begin: async ({ environment, origin }) => {
      try {
        const { location, memory } = await client.begin();
        return { location, state: memory };
      } catch (error) {
        environment.log.warn({ error, requestId: origin.id }, 'the identity provider cannot be used');
        return undefined;
      }
    },
    finish: async (context, answer, state) => {
      const identity = state === undefined ? undefined : await prove(context, client, answer, state);
      if (!identity || identity.grants.length === 0) {
        await recordEvent(context, 'session.start', 'failed', { subjectKind: 'singleSignOn' });
        return undefined;
      }
      const user = await accountOf(context, identity);
      return user.active ? beginSession(context, user, user.login) : undefined;
    },
  };
}

/** The proven identity; undefined for a replayed or forged answer. Each begun sign-in can be finished once. */
async function prove(
  context: Context,
  client: OpenIdConnect,
  answer: URLSearchParams,
  state: string,
): Promise<ProvenIdentity | undefined> {
  const { store, now, log } = context.environment;
  const used = { scope: 'sso', name: hashSecret(state), value: true, at: now() };
  if (!(await claimSetting(store.db, used))) return undefined;
  try {
    return await client.finish(answer, state);
  } catch (error) {
    log.warn({ error, requestId: context.origin.id }, 'single sign-on refused');
    return undefined;
  }
}

/** The account of an identity, made at its first sign-in; its roles follow the provider's groups each time. */
async function accountOf(context: Context, identity: ProvenIdentity): Promise<User> {
  const now = context.environment.now();
  return mutate(context, 'user.singleSignOn', async db => {
    const user =
      (await findUserBySubject(db, identity.issuer, identity.subject)) ??
      (await createAccount(db, identity, now));
    for (const role of await listRoles(db, user.id)) await revokeRole(db, role.id);
    for (const { role, reach } of identity.grants) {
      await grantRole(db, { userId: user.id, role, scope: reach, grantedBy: null, grantedAt: now });
    }
    return { value: user, subjectKind: 'user', subjectId: user.id };
  });
}

async function createAccount(db: Db, identity: ProvenIdentity, now: number): Promise<User> {
  const wanted = identity.email ?? identity.subject;
  // A local account of the same address is somebody else until proven: identities are never joined by e-mail.
  const taken = (await findUserByLogin(db, wanted)) !== undefined;
  return createUser(db, {
    login: taken ? `${identity.subject}@${new URL(identity.issuer).host}` : wanted,
    name: identity.name,
    oidcIssuer: identity.issuer,
    oidcSubject: identity.subject,
    createdAt: now,
  });
}
