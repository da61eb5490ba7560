import type { Db } from '../db/connect.ts';
import { newId } from '../db/id.ts';
import { inScope, type SiteScope } from '../db/scope.ts';

/** A calendar feed of one agent, opened by a secret link. Only the SHA-256 of the secret is stored. */
export interface IcalLink {
  readonly id: string;
  readonly siteId: string;
  readonly agentId: string;
  readonly tokenHash: string;
  readonly createdAt: number;
  readonly revokedAt: number | null;
}

/** Makes a link. */
export async function createIcalLink(db: Db, input: Omit<IcalLink, 'id' | 'revokedAt'>): Promise<IcalLink> {
  const link = { ...input, id: newId(), revokedAt: null };
  await db.insertInto('icalLink').values(link).execute();
  return link;
}

/** The live link with this token hash. */
export async function findIcalLink(db: Db, tokenHash: string): Promise<IcalLink | undefined> {
  return db
    .selectFrom('icalLink')
    .selectAll()
    .where('tokenHash', '=', tokenHash)
    .where('revokedAt', 'is', null)
    .executeTakeFirst();
}

/** An agent's links, latest first. */
export async function listIcalLinks(db: Db, scope: SiteScope, agentId: string): Promise<readonly IcalLink[]> {
  return db
    .selectFrom('icalLink')
    .selectAll()
    .where('agentId', '=', agentId)
    .where(inScope(scope))
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

/** Revokes a link; false when there was no live one in scope. */
export async function revokeIcalLink(db: Db, scope: SiteScope, id: string, at: number): Promise<boolean> {
  const result = await db
    .updateTable('icalLink')
    .set({ revokedAt: at })
    .where('id', '=', id)
    .where('revokedAt', 'is', null)
    .where(inScope(scope))
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
