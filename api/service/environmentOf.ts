import { storeSeeing } from '../../data/db/connect.ts';
import type { SiteScope } from '../../data/db/scope.ts';
import { findAgent } from '../../data/store/agents.ts';
import { everySiteOf, type Principal } from '../auth/principal.ts';
import type { Environment } from './context.ts';

/** The installation as it is for work on some sites: on PostgreSQL the database shows no others. */
export function environmentSeeing(environment: Environment, sites: SiteScope): Environment {
  const store = storeSeeing(environment.store, sites);
  return store === environment.store ? environment : { ...environment, store };
}

/** The installation as it is for the principal: the sites of any grant, and the one where the own agent works. */
export async function environmentOf(environment: Environment, principal: Principal): Promise<Environment> {
  // SQLite has no such wall.
  if (environment.store.engine === 'sqlite') return environment;
  const granted = everySiteOf(principal);
  if (granted === 'all' || principal.agentId === null) return environmentSeeing(environment, granted);
  const agent = await findAgent(environment.store.db, 'all', principal.agentId);
  const limit = principal.token?.siteIds ?? null;
  const own = agent && (limit === null || limit.includes(agent.siteId)) ? [agent.siteId] : [];
  return environmentSeeing(environment, [...new Set([...granted, ...own])]);
}
