import { type RawBuilder, type SqlBool, sql } from 'kysely';

/**
 * Rows that follow the one with the id `after` in a list ordered by `keys`, each descending; all rows when `after` is
 * undefined, none when no row has that id.
 */
export function following(
  table: 'schedule' | 'forecast' | 'staffingPlan' | 'job',
  keys: readonly string[],
  after: string | undefined,
): RawBuilder<SqlBool> {
  if (after === undefined) return sql<SqlBool>`1 = 1`;
  const columns = sql.join(keys.map(key => sql.ref(key)));
  return sql<SqlBool>`(${columns}) < (select ${columns} from ${sql.table(table)} where id = ${after})`;
}
