import type { peopleRoutes } from '../../contract/people.ts';
import type { shiftRoutes } from '../../contract/shift.ts';
import { addAgent, changeAgent, changeAgents, readAgents } from '../../service/agents.ts';
import { addRuleSet, changeRuleSet, readRuleSets } from '../../service/ruleSets.ts';
import { addShiftTemplate, changeShiftTemplate, readShiftTemplates } from '../../service/shiftTemplates.ts';
import {
  addSkill,
  addTeam,
  changeSkill,
  readSkillList,
  readTeams,
  removeSkill,
} from '../../service/teams.ts';
import { addTimeOff, readTimeOff, settleTimeOff } from '../../service/timeOff.ts';
import { type Handlers, Reply } from '../reply.ts';

export const peopleHandlers: Handlers<typeof peopleRoutes> = {
  listAgents: async ({ context, query }) => ({ items: await readAgents(context, query) }),
  createAgent: ({ context, body }) => addAgent(context, body),
  updateAgent: async ({ context, params, ifMatch, body }) => {
    const agent = await changeAgent(context, params.id, ifMatch, body);
    return new Reply(agent, { revision: agent.revision });
  },
  updateAgents: async ({ context, body }) => ({ items: await changeAgents(context, body) }),
  listTeams: async ({ context, query }) => ({ items: await readTeams(context, query.siteId) }),
  createTeam: ({ context, body }) => addTeam(context, body),
  listSkills: async ({ context, query }) => ({ items: await readSkillList(context, query.siteId) }),
  createSkill: ({ context, body }) => addSkill(context, body),
  updateSkill: ({ context, params, body }) => changeSkill(context, params.id, body),
  removeSkill: ({ context, params }) => removeSkill(context, params.id),
  listTimeOff: async ({ context, query }) => ({ items: await readTimeOff(context, query) }),
  createTimeOff: ({ context, body }) => addTimeOff(context, body),
  decideTimeOff: ({ context, params, body }) => settleTimeOff(context, params.id, body),
};

export const shiftHandlers: Handlers<typeof shiftRoutes> = {
  listShiftTemplates: async ({ context, query }) => ({
    items: await readShiftTemplates(context, query.siteId),
  }),
  createShiftTemplate: ({ context, body }) => addShiftTemplate(context, body),
  updateShiftTemplate: async ({ context, params, ifMatch, body }) => {
    const template = await changeShiftTemplate(context, params.id, ifMatch, body);
    return new Reply(template, { revision: template.revision });
  },
  listRuleSets: ({ context, query }) => readRuleSets(context, query.siteId),
  createRuleSet: ({ context, body }) => addRuleSet(context, body),
  updateRuleSet: async ({ context, params, ifMatch, body }) => {
    const set = await changeRuleSet(context, params.id, ifMatch, body);
    return new Reply(set, { revision: set.revision });
  },
};
