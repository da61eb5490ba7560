import type { Selectable } from 'kysely';
import { decodeOptional, encodeOptional } from '../db/codec.ts';
import type { Db } from '../db/connect.ts';
import { newId } from '../db/id.ts';
import type { ApiTokenTable } from '../db/table/identity.ts';
import { textListColumn } from './calendarColumns.ts';

/** A token for programs. Only the SHA-256 of its text is stored. */
export interface ApiToken {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly tokenHash: string;
  readonly permissions: readonly string[];
  /** null = every site that its user may see. */
  readonly siteIds: readonly string[] | null;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly lastUsedAt: number | null;
  readonly revokedAt: number | null;
}

/** Stores a new token. */
export async function createApiToken(
  db: Db,
  input: Omit<ApiToken, 'id' | 'lastUsedAt' | 'revokedAt'> & { readonly id?: string },
): Promise<ApiToken> {
  const token: ApiToken = { ...input, id: input.id ?? newId(), lastUsedAt: null, revokedAt: null };
  await db
    .insertInto('apiToken')
    .values({
      ...token,
      permissions: textListColumn.encode(token.permissions),
      siteIds: encodeOptional(textListColumn, token.siteIds),
    })
    .execute();
  return token;
}

/** The token with this hash, if at `now` it is neither expired nor revoked and its user is active. */
export async function findLiveApiToken(
  db: Db,
  tokenHash: string,
  now: number,
): Promise<ApiToken | undefined> {
  const row = await db
    .selectFrom('apiToken')
    .innerJoin('userAccount', 'userAccount.id', 'apiToken.userId')
    .selectAll('apiToken')
    .where('apiToken.tokenHash', '=', tokenHash)
    .where('apiToken.expiresAt', '>', now)
    .where('apiToken.revokedAt', 'is', null)
    .where('userAccount.active', '=', 1)
    .executeTakeFirst();
  return row && toToken(row);
}

/** Notes that a token was used. Call it at most once a minute: it is a write. */
export async function touchApiToken(db: Db, id: string, now: number): Promise<void> {
  await db.updateTable('apiToken').set({ lastUsedAt: now }).where('id', '=', id).execute();
}

/** Tokens of a user, or of everyone, latest first. */
export async function listApiTokens(db: Db, userId?: string): Promise<readonly ApiToken[]> {
  let query = db.selectFrom('apiToken').selectAll();
  if (userId !== undefined) query = query.where('userId', '=', userId);
  return (await query.orderBy('createdAt', 'desc').orderBy('id', 'desc').execute()).map(toToken);
}

/** Revokes a token; false when there was no live one. With `userId` only that user's. */
export async function revokeApiToken(db: Db, id: string, now: number, userId?: string): Promise<boolean> {
  let query = db
    .updateTable('apiToken')
    .set({ revokedAt: now })
    .where('id', '=', id)
    .where('revokedAt', 'is', null);
  if (userId !== undefined) query = query.where('userId', '=', userId);
  return (await query.executeTakeFirst()).numUpdatedRows > 0n;
}

function toToken(row: Selectable<ApiTokenTable>): ApiToken {
  return {
    ...row,
    permissions: textListColumn.decode(row.permissions),
    siteIds: decodeOptional(textListColumn, row.siteIds),
  };
}
