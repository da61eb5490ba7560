import { flag } from '../db/codec.ts';
import type { Db } from '../db/connect.ts';
import { newId } from '../db/id.ts';

/** Notes a try to log in, so that guesses can be slowed down. */
export async function recordLoginAttempt(
  db: Db,
  attempt: {
    readonly account: string;
    readonly address: string;
    readonly at: number;
    readonly succeeded: boolean;
  },
): Promise<void> {
  await db
    .insertInto('loginAttempt')
    .values({ ...attempt, id: newId(), succeeded: flag(attempt.succeeded) })
    .execute();
}

/** Failed tries since `since`: of one account from one address, and of any account from that address. */
export async function countFailedLogins(
  db: Db,
  account: string,
  address: string,
  since: number,
): Promise<{ readonly accountAndAddress: number; readonly address: number; readonly lastAt: number | null }> {
  const row = await db
    .selectFrom('loginAttempt')
    .select(eb => [
      eb.fn.countAll<number>().as('all'),
      eb.fn.count<number>(eb.case().when('account', '=', account).then(1).end()).as('own'),
      eb.fn.max(eb.case().when('account', '=', account).then(eb.ref('at')).end()).as('lastAt'),
    ])
    .where('address', '=', address)
    .where('at', '>=', since)
    .where('succeeded', '=', 0)
    .executeTakeFirstOrThrow();
  return { accountAndAddress: row.own, address: row.all, lastAt: row.lastAt ?? null };
}

/** Forgets tries before `before`. */
export async function purgeLoginAttempts(db: Db, before: number): Promise<number> {
  const result = await db.deleteFrom('loginAttempt').where('at', '<', before).executeTakeFirst();
  return Number(result.numDeletedRows);
}
