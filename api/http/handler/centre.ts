import type { centreRoutes } from '../../contract/centre.ts';
import { addPublicHolidays } from '../../service/addPublicHolidays.ts';
import { readProgress } from '../../service/progress.ts';
import { addQueue, changeQueue, readQueue, readQueues } from '../../service/queues.ts';
import { loadSample, removeSample } from '../../service/sample.ts';
import { addSite, changeSite, readSites } from '../../service/sites.ts';
import { readSpecialDays, removeSpecialDay, storeSpecialDay } from '../../service/specialDays.ts';
import { type Handlers, Reply } from '../reply.ts';

export const centreHandlers: Handlers<typeof centreRoutes> = {
  listSites: async ({ context }) => ({ items: await readSites(context) }),
  createSite: ({ context, body }) => addSite(context, body),
  updateSite: ({ context, params, body }) => changeSite(context, params.id, body),
  listQueues: async ({ context, query }) => ({ items: await readQueues(context, query) }),
  getQueue: async ({ context, params }) => {
    const queue = await readQueue(context, params.id);
    return new Reply(queue, { revision: queue.revision });
  },
  createQueue: ({ context, body }) => addQueue(context, body),
  updateQueue: async ({ context, params, ifMatch, body }) => {
    const queue = await changeQueue(context, params.id, ifMatch, body);
    return new Reply(queue, { revision: queue.revision });
  },
  listSpecialDays: async ({ context, query }) => ({ items: await readSpecialDays(context, query) }),
  putSpecialDay: ({ context, body }) => storeSpecialDay(context, body),
  removeSpecialDay: ({ context, params }) => removeSpecialDay(context, params.id),
  addPublicHolidays: async ({ context, body }) => ({ items: await addPublicHolidays(context, body) }),
  loadSample: ({ context, body }) => loadSample(context, body.seed ?? 1),
  removeSample: ({ context }) => removeSample(context),
  getProgress: ({ context }) => readProgress(context),
};
