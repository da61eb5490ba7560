import type { Db } from '../db/connect.ts';
import { newId } from '../db/id.ts';

/** A login session. Only the SHA-256 of its token is stored. */
export interface Session {
  readonly id: string;
  readonly tokenHash: string;
  readonly userId: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly idleExpiresAt: number;
  readonly expiresAt: number;
  readonly userAgent: string | null;
  readonly address: string | null;
}

/** Starts a session. */
export async function createSession(db: Db, input: Omit<Session, 'id' | 'lastSeenAt'>): Promise<Session> {
  const session: Session = { ...input, id: newId(), lastSeenAt: input.createdAt };
  await db.insertInto('session').values(session).execute();
  return session;
}

/** The session with this token hash, if at `now` it is neither idle too long nor too old, and its user is active. */
export async function findLiveSession(db: Db, tokenHash: string, now: number): Promise<Session | undefined> {
  return db
    .selectFrom('session')
    .innerJoin('userAccount', 'userAccount.id', 'session.userId')
    .selectAll('session')
    .where('session.tokenHash', '=', tokenHash)
    .where('session.idleExpiresAt', '>', now)
    .where('session.expiresAt', '>', now)
    .where('userAccount.active', '=', 1)
    .executeTakeFirst();
}

/** Notes that a session was used. Call it at most once a minute: it is a write. */
export async function touchSession(
  db: Db,
  tokenHash: string,
  now: number,
  idleExpiresAt: number,
): Promise<void> {
  await db
    .updateTable('session')
    .set({ lastSeenAt: now, idleExpiresAt })
    .where('tokenHash', '=', tokenHash)
    .execute();
}

/** A user's sessions, latest first. */
export async function listSessions(db: Db, userId: string): Promise<readonly Session[]> {
  return db
    .selectFrom('session')
    .selectAll()
    .where('userId', '=', userId)
    .orderBy('lastSeenAt', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

/** Ends one session of a user. */
export async function endSession(db: Db, userId: string, id: string): Promise<boolean> {
  const result = await db
    .deleteFrom('session')
    .where('userId', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Puts a session under another token, which ends the one before. When it ends, or undefined when there is none. */
export async function changeToken(
  db: Db,
  tokenHash: string,
  newTokenHash: string,
): Promise<number | undefined> {
  const changed = await db
    .updateTable('session')
    .set({ tokenHash: newTokenHash })
    .where('tokenHash', '=', tokenHash)
    .returning('expiresAt')
    .executeTakeFirst();
  return changed?.expiresAt;
}

/** Ends every session of a user, but for the one with `exceptTokenHash`. */
export async function endSessions(db: Db, userId: string, exceptTokenHash = ''): Promise<number> {
  const result = await db
    .deleteFrom('session')
    .where('userId', '=', userId)
    .where('tokenHash', '!=', exceptTokenHash)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** Removes sessions that ended before `now`. */
export async function purgeSessions(db: Db, now: number): Promise<number> {
  const result = await db
    .deleteFrom('session')
    .where(eb => eb.or([eb('idleExpiresAt', '<=', now), eb('expiresAt', '<=', now)]))
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
