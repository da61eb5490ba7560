import type { Selectable } from 'kysely';
import { flag } from '../db/codec.ts';
import type { Db } from '../db/connect.ts';
import { newId } from '../db/id.ts';
import type { UserAccountTable } from '../db/table/identity.ts';

/** A person who may log in. Secrets are hashes or ciphertexts made by the identity layer; leave them out of responses. */
export interface User {
  readonly id: string;
  /** Lower case, unique. */
  readonly login: string;
  readonly name: string;
  readonly passwordHash: string | null;
  readonly passwordChangedAt: number | null;
  readonly totpSecret: string | null;
  /** A secret that replaces the present one once a code confirmed it. */
  readonly totpPendingSecret: string | null;
  readonly totpEnabled: boolean;
  /** The last time step whose code was accepted, so that a code works once. */
  readonly totpLastStep: number | null;
  /** The identity provider's issuer and its stable subject; never matched by e-mail. */
  readonly oidcIssuer: string | null;
  readonly oidcSubject: string | null;
  /** The agent that this user is, for agents. */
  readonly agentId: string | null;
  readonly active: boolean;
  readonly locale: string | null;
  readonly revision: number;
  readonly createdAt: number;
  readonly lastLoginAt: number | null;
}

/** What a new user needs. */
export interface NewUser {
  readonly login: string;
  readonly name: string;
  readonly createdAt: number;
  readonly passwordHash?: string | null;
  readonly oidcIssuer?: string | null;
  readonly oidcSubject?: string | null;
  readonly agentId?: string | null;
}

/** Fields of a user that can be changed. */
export type UserChange = Partial<Omit<User, 'id' | 'revision' | 'createdAt'>>;

/** Adds a user. The login is stored in lower case and must be new. */
export async function createUser(db: Db, input: NewUser): Promise<User> {
  const user: User = {
    id: newId(),
    login: normaliseLogin(input.login),
    name: input.name,
    passwordHash: input.passwordHash ?? null,
    passwordChangedAt: input.passwordHash ? input.createdAt : null,
    totpSecret: null,
    totpPendingSecret: null,
    totpEnabled: false,
    totpLastStep: null,
    oidcIssuer: input.oidcIssuer ?? null,
    oidcSubject: input.oidcSubject ?? null,
    agentId: input.agentId ?? null,
    active: true,
    locale: null,
    revision: 1,
    createdAt: input.createdAt,
    lastLoginAt: null,
  };
  await db
    .insertInto('userAccount')
    .values({ ...user, totpEnabled: flag(false), active: flag(true) })
    .execute();
  return user;
}

/** The form in which logins are stored and compared. */
export function normaliseLogin(login: string): string {
  return login.trim().normalize('NFKC').toLowerCase();
}

/** A user by id. */
export async function findUser(db: Db, id: string): Promise<User | undefined> {
  const row = await db.selectFrom('userAccount').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toUser(row);
}

/** A user by login, in any case. */
export async function findUserByLogin(db: Db, login: string): Promise<User | undefined> {
  const row = await db
    .selectFrom('userAccount')
    .selectAll()
    .where('login', '=', normaliseLogin(login))
    .executeTakeFirst();
  return row && toUser(row);
}

/** A user by the identity provider's issuer and subject. */
export async function findUserBySubject(db: Db, issuer: string, subject: string): Promise<User | undefined> {
  const row = await db
    .selectFrom('userAccount')
    .selectAll()
    .where('oidcIssuer', '=', issuer)
    .where('oidcSubject', '=', subject)
    .executeTakeFirst();
  return row && toUser(row);
}

/** Every user, by login. */
export async function listUsers(db: Db): Promise<readonly User[]> {
  return (await db.selectFrom('userAccount').selectAll().orderBy('login').execute()).map(toUser);
}

/** How many users there are. */
export async function countUsers(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('userAccount')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** Changes a user; false when there is none. */
export async function updateUser(db: Db, id: string, change: UserChange): Promise<boolean> {
  const { active, totpEnabled, login, ...plain } = change;
  const result = await db
    .updateTable('userAccount')
    .set(eb => ({
      ...plain,
      ...(login !== undefined && { login: normaliseLogin(login) }),
      ...(active !== undefined && { active: flag(active) }),
      ...(totpEnabled !== undefined && { totpEnabled: flag(totpEnabled) }),
      revision: eb('revision', '+', 1),
    }))
    .where('id', '=', id)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Removes a user with their sessions, tokens and roles. The audit trail keeps what they did. */
export async function deleteUser(db: Db, id: string): Promise<boolean> {
  const result = await db.deleteFrom('userAccount').where('id', '=', id).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

function toUser(row: Selectable<UserAccountTable>): User {
  return { ...row, totpEnabled: row.totpEnabled === 1, active: row.active === 1 };
}
