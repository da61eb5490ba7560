import { type SqlBool, sql } from 'kysely';

/**
 * The sites a caller may see. Every read of site-owned rows takes one, so that a row of another site
 * and a row that does not exist give the same answer: nothing.
 */
export type SiteScope = 'all' | readonly string[];

/** A where clause that keeps rows whose `column` lies in the scope. */
export function inScope(scope: SiteScope, column = 'siteId') {
  if (scope === 'all') return sql<SqlBool>`1 = 1`;
  if (scope.length === 0) return sql<SqlBool>`1 = 0`;
  return sql<SqlBool>`${sql.ref(column)} in (${sql.join(scope)})`;
}

/** Whether the scope covers a site. */
export function covers(scope: SiteScope, siteId: string): boolean {
  return scope === 'all' || scope.includes(siteId);
}
