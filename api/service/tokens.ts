import { newId } from '../../data/db/id.ts';
import { covers } from '../../data/db/scope.ts';
import { type ApiToken, createApiToken, listApiTokens, revokeApiToken } from '../../data/store/apiTokens.ts';
import { TOKEN_PREFIX } from '../auth/authenticate.ts';
import { permissionsOf, sitesOf } from '../auth/principal.ts';
import { hashSecret, newSecret } from '../auth/secret.ts';
import { PERMISSIONS, type Permission } from '../contract/permission.ts';
import { type Context, mutate } from './context.ts';
import { Refusal } from './refusal.ts';

/** The caller's live tokens. */
export async function readTokens(context: Context) {
  const { store, now } = context.environment;
  const tokens = await listApiTokens(store.db, context.principal.userId ?? '');
  return tokens.filter(token => token.revokedAt === null && token.expiresAt > now()).map(present);
}

/** Creates a token with no more than the caller may do; its secret is in this answer only. */
export async function addToken(
  context: Context,
  input: {
    readonly name: string;
    readonly permissions: readonly Permission[];
    readonly siteIds: readonly string[] | null;
    readonly expiresInDays: number;
  },
) {
  if (context.principal.kind !== 'user') throw new Refusal('forbidden', 'a token cannot make tokens');
  const held = permissionsOf(context.principal);
  const excess = input.permissions.filter(permission => !held.has(permission));
  if (excess.length > 0) throw new Refusal('forbidden', `you do not have ${excess.join(', ')} yourself`);
  for (const siteId of input.siteIds ?? []) {
    const sites = input.permissions.map(permission => sitesOf(context.principal, permission));
    if (!sites.some(scope => covers(scope, siteId))) throw new Refusal('notFound');
  }
  const id = newId();
  const secret = `${TOKEN_PREFIX}${id.replaceAll('-', '').slice(-12)}_${newSecret()}`;
  const now = context.environment.now();
  return mutate(context, 'token.create', async db => {
    const token = await createApiToken(db, {
      id,
      userId: context.principal.userId ?? '',
      name: input.name,
      tokenHash: hashSecret(secret),
      permissions: input.permissions,
      siteIds: input.siteIds,
      createdAt: now,
      expiresAt: now + input.expiresInDays * 86_400,
    });
    return {
      value: { token: present(token), secret },
      subjectKind: 'token',
      subjectId: id,
      detail: { permissions: [...input.permissions] },
    };
  });
}

/** Revokes one of the caller's tokens. */
export async function removeToken(context: Context, id: string): Promise<void> {
  await mutate(context, 'token.revoke', async db => {
    const revoked = await revokeApiToken(db, id, context.environment.now(), context.principal.userId ?? '');
    if (!revoked) throw new Refusal('notFound');
    return { value: undefined, subjectKind: 'token', subjectId: id };
  });
}

function present(token: ApiToken) {
  return {
    id: token.id,
    name: token.name,
    permissions: PERMISSIONS.filter(permission => token.permissions.includes(permission)),
    siteIds: token.siteIds === null ? null : [...token.siteIds],
    createdAt: token.createdAt,
    expiresAt: token.expiresAt,
    lastUsedAt: token.lastUsedAt,
  };
}
