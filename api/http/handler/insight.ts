import type { capacityRoutes } from '../../contract/capacity.ts';
import { feltRoutes } from '../../contract/felt.ts';
import type { scenarioRoutes } from '../../contract/scenario.ts';
import {
  addCapacityPlan,
  changeCapacityPlan,
  readCapacityPlan,
  readCapacityPlans,
  removeCapacityPlan,
} from '../../service/capacityPlans.ts';
import { readDayCorrelation } from '../../service/dayCorrelation.ts';
import { checkFelt, feltTemplate, importFelt, readFelt, storeFelt } from '../../service/felt.ts';
import { promoteScenario } from '../../service/promoteScenario.ts';
import {
  addScenario,
  changeScenario,
  readScenario,
  readScenarios,
  readSharedScenario,
  removeScenario,
  shareScenario,
} from '../../service/scenarios.ts';
import { changeTicketGoals, readTicketGoals } from '../../service/ticketGoals.ts';
import { type Handlers, Reply } from '../reply.ts';

export const feltHandlers: Handlers<typeof feltRoutes> = {
  listFelt: async ({ context, query }) => ({ items: await readFelt(context, query) }),
  putFelt: ({ context, body }) => storeFelt(context, body.values),
  getTicketGoals: ({ context, query }) => readTicketGoals(context, query.siteId),
  putTicketGoals: ({ context, body: { siteId, ...goals } }) => changeTicketGoals(context, siteId, goals),
  checkFelt: ({ context, query, upload }) =>
    checkFelt(context, query, upload, feltRoutes.checkFelt.upload.maxBytes),
  importFelt: ({ context, query, upload }) =>
    importFelt(context, query, upload, feltRoutes.importFelt.upload.maxBytes),
  downloadFeltTemplate: () => ({
    kind: 'file',
    contentType: 'text/csv; charset=utf-8',
    fileName: 'coverline-surveys-template.csv',
    content: feltTemplate(),
  }),
};

export const scenarioHandlers: Handlers<typeof scenarioRoutes> = {
  listScenarios: async ({ context, query }) => ({ items: await readScenarios(context, query.siteId) }),
  getScenario: async ({ context, params }) => {
    const scenario = await readScenario(context, params.id);
    return new Reply(scenario, { revision: scenario.revision });
  },
  createScenario: ({ context, body }) => addScenario(context, body),
  updateScenario: async ({ context, params, ifMatch, body }) => {
    const scenario = await changeScenario(context, params.id, ifMatch, body);
    return new Reply(scenario, { revision: scenario.revision });
  },
  removeScenario: ({ context, params }) => removeScenario(context, params.id),
  shareScenario: ({ context, params }) => shareScenario(context, params.id),
  openSharedScenario: ({ context, params }) => readSharedScenario(context, params.secret),
  promoteScenario: ({ context, params }) => promoteScenario(context, params.id),
  getDayCorrelation: ({ context, query }) => readDayCorrelation(context, query.queueIds),
};

export const capacityHandlers: Handlers<typeof capacityRoutes> = {
  listCapacityPlans: async ({ context, query }) => ({
    items: await readCapacityPlans(context, query.siteId),
  }),
  getCapacityPlan: async ({ context, params }) => {
    const plan = await readCapacityPlan(context, params.id);
    return new Reply(plan, { revision: plan.revision });
  },
  createCapacityPlan: ({ context, body }) => addCapacityPlan(context, body),
  updateCapacityPlan: async ({ context, params, ifMatch, body }) => {
    const plan = await changeCapacityPlan(context, params.id, ifMatch, body);
    return new Reply(plan, { revision: plan.revision });
  },
  removeCapacityPlan: ({ context, params }) => removeCapacityPlan(context, params.id),
};
