import { createSite, findSite, listSites, type Site, updateSite } from '../../data/store/sites.ts';
import type { Site as SiteAnswer } from '../contract/centre.ts';
import { type Context, mutate, reach } from './context.ts';
import { found, Refusal } from './refusal.ts';
import { asJson } from './storedQueue.ts';
import { assertTimeZone } from './timeZone.ts';

/** Sites in reach. */
export async function readSites(context: Context): Promise<readonly SiteAnswer[]> {
  return (await listSites(context.environment.store.db, reach(context, 'centre.read'))).map(presentSite);
}

type SiteFields = Omit<SiteAnswer, 'id' | 'isSample' | 'archived'>;

/** Adds a site; only whoever manages every site may. */
export async function addSite(context: Context, input: SiteFields): Promise<SiteAnswer> {
  if (reach(context, 'centre.manage') !== 'all') throw new Refusal('forbidden');
  assertTimeZone(input.timeZone);
  return mutate(context, 'site.create', async db => {
    const taken = (await listSites(db, 'all')).some(site => site.name === input.name);
    if (taken) throw new Refusal('unprocessable', 'a site of this name exists already');
    const site = await createSite(db, { ...input, createdAt: context.environment.now() });
    return { value: presentSite(site), subjectKind: 'site', subjectId: site.id, siteId: site.id };
  });
}

/** Changes a site. */
export async function changeSite(
  context: Context,
  id: string,
  change: {
    readonly [Key in keyof SiteFields | 'archived']?: (SiteFields & { archived: boolean })[Key] | undefined;
  },
): Promise<SiteAnswer> {
  const scope = reach(context, 'centre.manage');
  if (change.timeZone !== undefined) assertTimeZone(change.timeZone);
  const { archived, name, timeZone, currency, country, region } = change;
  return mutate(context, 'site.update', async db => {
    const changed = await updateSite(db, scope, id, {
      ...(name !== undefined && { name }),
      ...(timeZone !== undefined && { timeZone }),
      ...(currency !== undefined && { currency }),
      ...(country !== undefined && { country }),
      ...(region !== undefined && { region }),
      ...(archived !== undefined && { archivedAt: archived ? context.environment.now() : null }),
    });
    if (!changed) throw new Refusal('notFound');
    const site = found(await findSite(db, scope, id));
    return {
      value: presentSite(site),
      subjectKind: 'site',
      subjectId: id,
      siteId: id,
      detail: asJson(change),
    };
  });
}

function presentSite(site: Site): SiteAnswer {
  return {
    id: site.id,
    name: site.name,
    timeZone: site.timeZone,
    currency: site.currency,
    country: site.country,
    region: site.region,
    isSample: site.sample,
    archived: site.archivedAt !== null,
  };
}
