import type { Db } from './connect.ts';

/** What small numbers are counted for: the short keys of large tables. */
export type CounterName = 'queue' | 'agent' | 'importBatch';

/** Takes the next `count` numbers and returns the first. Numbers are never used twice. */
export async function takeNumbers(db: Db, name: CounterName, count = 1): Promise<number> {
  const { value } = await db
    .insertInto('counter')
    .values({ name, value: count })
    .onConflict(conflict =>
      conflict.column('name').doUpdateSet(eb => ({ value: eb('counter.value', '+', count) })),
    )
    .returning('value')
    .executeTakeFirstOrThrow();
  return value - count + 1;
}
