import { covers } from '../../data/db/scope.ts';
import { listAgents } from '../../data/store/agents.ts';
import { peopleOf, reachesPerson } from '../auth/principal.ts';
import type { Permission } from '../contract/permission.ts';
import type { Context } from './context.ts';

/** Tells which agents of a site the caller's permission reaches: everyone, or those of a team, or the own person. */
export async function peopleInReach(
  context: Context,
  permission: Permission,
  siteId: string,
): Promise<(agentId: string) => boolean> {
  const people = peopleOf(context.principal, permission);
  if (covers(people.sitesWithEveryone, siteId)) return () => true;
  const agents = await listAgents(context.environment.store.db, [siteId], { siteId });
  const reached = new Set(agents.filter(agent => reachesPerson(people, agent)).map(agent => agent.id));
  return agentId => reached.has(agentId);
}
