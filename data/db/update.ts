import { sql, type Updateable } from 'kysely';
import type { Db } from './connect.ts';
import type { Database } from './schema.ts';
import { inScope, type SiteScope } from './scope.ts';

/**
 * The outcome of changing a row that carries a revision: `conflict` means somebody else changed it since it
 * was read, and nothing was written; `missing` means it does not exist or lies outside the caller's sites.
 */
export type UpdateOutcome =
  | { readonly kind: 'updated'; readonly revision: number }
  | { readonly kind: 'conflict'; readonly revision: number }
  | { readonly kind: 'missing' };

/** Tables whose rows have an id and belong to a site. */
type OwnedTable = {
  [Table in keyof Database]: Database[Table] extends { id: unknown; siteId: unknown } ? Table : never;
}[keyof Database];

/** Owned tables whose rows count their changes. */
type RevisedTable = {
  [Table in OwnedTable]: Database[Table] extends { revision: unknown } ? Table : never;
}[OwnedTable];

/** Changes a row in scope if it still has `expectedRevision`; columns that are undefined stay as they are. */
export async function updateIfUnchanged<Table extends RevisedTable>(
  db: Db,
  table: Table,
  scope: SiteScope,
  id: string,
  expectedRevision: number,
  columns: Updateable<Database[Table]>,
): Promise<UpdateOutcome> {
  const revision = expectedRevision + 1;
  const changes = Object.entries({ ...columns, revision })
    .filter(([, value]) => value !== undefined)
    .map(([column, value]) => sql`${sql.ref(column)} = ${value}`);
  const written = await sql`
    update ${sql.table(table)} set ${sql.join(changes)}
    where id = ${id} and revision = ${expectedRevision} and ${inScope(scope)}
  `.execute(db);
  if ((written.numAffectedRows ?? 0n) > 0n) return { kind: 'updated', revision };
  const found = await sql<{ readonly revision: number }>`
    select revision from ${sql.table(table)} where id = ${id} and ${inScope(scope)}
  `.execute(db);
  const current = found.rows[0];
  return current ? { kind: 'conflict', revision: current.revision } : { kind: 'missing' };
}

/** Removes a row and what hangs on it; false when there is none in scope. */
export async function deleteInScope(
  db: Db,
  table: OwnedTable,
  scope: SiteScope,
  id: string,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from ${sql.table(table)} where id = ${id} and ${inScope(scope)}
  `.execute(db);
  return (numAffectedRows ?? 0n) > 0n;
}
