import type { Selectable } from 'kysely';
import { flag } from '../db/codec.ts';
import type { Db } from '../db/connect.ts';
import { newId } from '../db/id.ts';
import { inScope, type SiteScope } from '../db/scope.ts';
import type { SiteTable } from '../db/table/organisation.ts';

/** A site: one centre, in one time zone. Instants are UTC epoch seconds. */
export interface Site {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  /** ISO 4217, for costs. */
  readonly currency: string;
  /** ISO 3166 country and its region, for public holidays. */
  readonly country: string | null;
  readonly region: string | null;
  /** Whether this is the synthetic sample centre. */
  readonly sample: boolean;
  readonly createdAt: number;
  readonly archivedAt: number | null;
}

/** What a new site needs. */
export interface NewSite {
  readonly name: string;
  readonly timeZone: string;
  readonly currency?: string;
  readonly country?: string | null;
  readonly region?: string | null;
  readonly sample?: boolean;
  readonly createdAt: number;
}

/** Fields of a site that can be changed. */
export type SiteChange = Partial<
  Pick<Site, 'name' | 'timeZone' | 'currency' | 'country' | 'region' | 'archivedAt'>
>;

/** Adds a site. Its name must be new. */
export async function createSite(db: Db, input: NewSite): Promise<Site> {
  const row: Selectable<SiteTable> = {
    id: newId(),
    name: input.name,
    timeZone: input.timeZone,
    currency: input.currency ?? 'USD',
    country: input.country ?? null,
    region: input.region ?? null,
    sample: flag(input.sample ?? false),
    createdAt: input.createdAt,
    archivedAt: null,
  };
  await db.insertInto('site').values(row).execute();
  return toSite(row);
}

/** The sites in scope, by name; archived ones last. */
export async function listSites(db: Db, scope: SiteScope): Promise<readonly Site[]> {
  const rows = await db.selectFrom('site').selectAll().where(inScope(scope, 'id')).orderBy('name').execute();
  return rows.map(toSite).sort((a, b) => Number(a.archivedAt !== null) - Number(b.archivedAt !== null));
}

/** One site, or undefined when it does not exist or is out of scope. */
export async function findSite(db: Db, scope: SiteScope, id: string): Promise<Site | undefined> {
  const row = await db
    .selectFrom('site')
    .selectAll()
    .where('id', '=', id)
    .where(inScope(scope, 'id'))
    .executeTakeFirst();
  return row && toSite(row);
}

/** Changes a site; false when there is none in scope. */
export async function updateSite(db: Db, scope: SiteScope, id: string, change: SiteChange): Promise<boolean> {
  if (Object.keys(change).length === 0) return (await findSite(db, scope, id)) !== undefined;
  const result = await db
    .updateTable('site')
    .set(change)
    .where('id', '=', id)
    .where(inScope(scope, 'id'))
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Removes a site with everything that it owns. */
export async function deleteSite(db: Db, scope: SiteScope, id: string): Promise<boolean> {
  const result = await db
    .deleteFrom('site')
    .where('id', '=', id)
    .where(inScope(scope, 'id'))
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

function toSite(row: Selectable<SiteTable>): Site {
  return { ...row, sample: row.sample === 1 };
}
