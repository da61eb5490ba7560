import type { Db } from '../../data/db/connect.ts';
import { grantRole, listRoles, type RoleAssignment, revokeRole } from '../../data/store/roles.ts';
import { endSessions } from '../../data/store/sessions.ts';
import {
  createUser,
  findUser,
  findUserByLogin,
  listUsers,
  type User,
  updateUser,
} from '../../data/store/users.ts';
import { type Grant, grantSchema } from '../contract/permission.ts';
import type { User as UserAnswer } from '../contract/user.ts';
import { type Context, mutate } from './context.ts';
import { newPasswordHash } from './newPassword.ts';
import { found, Refusal } from './refusal.ts';
import { clearSecondFactor } from './secondFactor.ts';

/** Every account with its roles. */
export async function readUsers(context: Context): Promise<readonly UserAnswer[]> {
  const { db } = context.environment.store;
  const [users, roles] = await Promise.all([listUsers(db), listRoles(db)]);
  return users.map(user =>
    present(
      user,
      roles.filter(role => role.userId === user.id),
    ),
  );
}

/** Adds an account with a first password. */
export async function addUser(
  context: Context,
  input: {
    readonly name: string;
    readonly email: string;
    readonly password: string;
    readonly grants: readonly Grant[];
    readonly agentId: string | null;
  },
): Promise<UserAnswer> {
  const passwordHash = await newPasswordHash(context, input.password, input);
  const now = context.environment.now();
  return mutate(context, 'user.create', async db => {
    if (await findUserByLogin(db, input.email)) {
      throw new Refusal('unprocessable', 'an account with this e-mail address exists already');
    }
    const user = await createUser(db, {
      login: input.email,
      name: input.name,
      passwordHash,
      agentId: input.agentId,
      createdAt: now,
    });
    await setGrants(context, db, user.id, input.grants);
    return {
      value: present(user, await listRoles(db, user.id)),
      subjectKind: 'user',
      subjectId: user.id,
      detail: { grants: input.grants.map(grant => ({ ...grant })) },
    };
  });
}

/** What can be changed of an account. */
export interface UserChange {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly password?: string | undefined;
  readonly grants?: readonly Grant[] | undefined;
  readonly agentId?: string | null | undefined;
  readonly disabled?: boolean | undefined;
  readonly resetSecondFactor?: true | undefined;
}

/** Changes an account. New roles, a new password or disabling end its sessions at once. */
export async function changeUser(context: Context, id: string, change: UserChange): Promise<UserAnswer> {
  const passwordHash = await changedPasswordHash(context, id, change);
  const now = context.environment.now();
  return mutate(context, 'user.update', async db => {
    found(await findUser(db, id));
    await updateUser(db, id, {
      ...(change.name !== undefined && { name: change.name }),
      ...(change.email !== undefined && { login: change.email }),
      ...(change.agentId !== undefined && { agentId: change.agentId }),
      ...(change.disabled !== undefined && { active: !change.disabled }),
      ...(passwordHash !== undefined && { passwordHash, passwordChangedAt: now }),
    });
    if (change.grants) await setGrants(context, db, id, change.grants);
    if (change.resetSecondFactor) await clearSecondFactor(db, id);
    if (endsSessions(change)) await endSessions(db, id);
    await assertAdministratorLeft(db);
    const user = found(await findUser(db, id));
    const { password: _, ...detail } = change;
    return {
      value: present(user, await listRoles(db, id)),
      subjectKind: 'user',
      subjectId: id,
      detail: JSON.parse(JSON.stringify({ ...detail, passwordChanged: passwordHash !== undefined })),
    };
  });
}

async function changedPasswordHash(
  context: Context,
  id: string,
  change: UserChange,
): Promise<string | undefined> {
  if (change.password === undefined) return undefined;
  const { name, login } = found(await findUser(context.environment.store.db, id));
  const about = { name: change.name ?? name, email: change.email ?? login };
  return newPasswordHash(context, change.password, about);
}

function endsSessions(change: UserChange): boolean {
  return (
    change.grants !== undefined ||
    change.disabled === true ||
    change.password !== undefined ||
    change.resetSecondFactor === true
  );
}

/** Ends every session of an account. */
export async function endUserSessions(context: Context, id: string): Promise<void> {
  await mutate(context, 'user.endSessions', async db => {
    found(await findUser(db, id));
    await endSessions(db, id);
    return { value: undefined, subjectKind: 'user', subjectId: id };
  });
}

async function setGrants(context: Context, db: Db, userId: string, grants: readonly Grant[]): Promise<void> {
  for (const role of await listRoles(db, userId)) await revokeRole(db, role.id);
  for (const { role, reach } of grants) {
    await grantRole(db, {
      userId,
      role,
      scope: reach,
      grantedBy: context.principal.userId,
      grantedAt: context.environment.now(),
    });
  }
}

async function assertAdministratorLeft(db: Db): Promise<void> {
  const [users, roles] = await Promise.all([listUsers(db), listRoles(db)]);
  const active = new Set(users.filter(user => user.active).map(user => user.id));
  const left = roles.some(
    role => role.role === 'administrator' && role.scope.kind === 'all' && active.has(role.userId),
  );
  if (!left)
    throw new Refusal('unprocessable', 'at least one active administrator of every site must remain');
}

function present(user: User, roles: readonly RoleAssignment[]): UserAnswer {
  return {
    id: user.id,
    name: user.name,
    email: user.login,
    grants: roles.flatMap(({ role, scope }) => {
      const grant = grantSchema.safeParse({ role, reach: scope });
      return grant.success ? [grant.data] : [];
    }),
    agentId: user.agentId,
    disabled: !user.active,
    secondFactor: user.totpEnabled,
    lastSignInAt: user.lastLoginAt,
    createdAt: user.createdAt,
  };
}
