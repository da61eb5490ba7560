import type { Agent } from '../../../api/contract/people.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { call } from '../../lib/api.ts';

/** Of somebody whose contract is not known yet. */
export const NEW_CONTRACT = { minHoursPerWeek: 32, targetHoursPerWeek: 40, maxHoursPerWeek: 44 };
/** Of a skill that somebody has, on the scale of one to five. */
export const USUAL_LEVEL = 3;

export type AgentFields = Pick<Agent, 'name' | 'contract' | 'skills'> &
  Partial<Pick<Agent, 'availability' | 'licence'>>;

/** Changes an agent, or adds one where `agent` is null. */
export function storeAgent(agent: Agent | null, siteId: string, fields: AgentFields): Promise<Agent> {
  if (agent) {
    return call(ROUTES.updateAgent, {
      params: { id: agent.id },
      ifMatch: String(agent.revision),
      body: fields,
    });
  }
  return call(ROUTES.createAgent, {
    body: {
      siteId,
      teamId: null,
      externalId: null,
      availability: [],
      shiftTemplateIds: [],
      licence: null,
      costPerHourCents: null,
      hiredOn: null,
      leftOn: null,
      ...fields,
    },
  });
}
