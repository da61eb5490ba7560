import type { publicationRoutes } from '../../contract/publication.ts';
import type { scheduleRoutes } from '../../contract/schedule.ts';
import type { scheduleEditRoutes } from '../../contract/scheduleEdit.ts';
import { editSchedule, readEdits, undoEdit } from '../../service/editSchedule.ts';
import { acceptProposal, discardProposal, generateSchedule, readProposal } from '../../service/proposals.ts';
import {
  previewPublication,
  publishSchedule,
  readPublication,
  readPublications,
  restorePublication,
} from '../../service/publishSchedule.ts';
import { readCoverage, readScheduleFindings } from '../../service/scheduleFindings.ts';
import {
  addSchedule,
  changeSchedule,
  readSchedule,
  readSchedules,
  removeSchedule,
} from '../../service/schedules.ts';
import { type Handlers, Reply } from '../reply.ts';

export const scheduleHandlers: Handlers<typeof scheduleRoutes> = {
  listSchedules: ({ context, query }) => readSchedules(context, query),
  createSchedule: ({ context, body }) => addSchedule(context, body),
  getSchedule: async ({ context, params }) => {
    const content = await readSchedule(context, params.id);
    return new Reply(content, { revision: content.schedule.revision });
  },
  updateSchedule: async ({ context, params, ifMatch, body }) => {
    const schedule = await changeSchedule(context, params.id, ifMatch, body);
    return new Reply(schedule, { revision: schedule.revision });
  },
  removeSchedule: ({ context, params }) => removeSchedule(context, params.id),
  getCoverage: async ({ context, params }) => ({ items: await readCoverage(context, params.id) }),
  listScheduleFindings: async ({ context, params }) => ({
    items: await readScheduleFindings(context, params.id),
  }),
  generateSchedule: ({ context, params, body }) => generateSchedule(context, params.id, body),
  getProposal: ({ context, params }) => readProposal(context, params.id, params.proposalId),
  acceptProposal: async ({ context, params, body }) => {
    const schedule = await acceptProposal(context, params.id, params.proposalId, body);
    return new Reply(schedule, { revision: schedule.revision });
  },
  discardProposal: ({ context, params }) => discardProposal(context, params.id, params.proposalId),
};

export const scheduleEditHandlers: Handlers<typeof scheduleEditRoutes> = {
  editSchedule: async ({ context, params, body }) => {
    const result = await editSchedule(context, params.id, body);
    return new Reply(result, { revision: result.schedule.revision });
  },
  undoEdit: async ({ context, params }) => {
    const result = await undoEdit(context, params.id, Number(params.sequence));
    return new Reply(result, { revision: result.schedule.revision });
  },
  listEdits: ({ context, params, query }) => readEdits(context, params.id, query),
  listEditsSince: async ({ context, params }) => {
    const { items } = await readEdits(context, params.id, { cursor: params.sequence, limit: 500 });
    return { items };
  },
};

export const publicationHandlers: Handlers<typeof publicationRoutes> = {
  previewPublication: ({ context, params }) => previewPublication(context, params.id),
  publishSchedule: ({ context, params, ifMatch, body }) =>
    publishSchedule(context, params.id, ifMatch, body.note),
  listPublications: async ({ context, params }) => ({ items: await readPublications(context, params.id) }),
  getPublication: ({ context, params }) => readPublication(context, params.id),
  restorePublication: async ({ context, params }) => {
    const schedule = await restorePublication(context, params.id);
    return new Reply(schedule, { revision: schedule.revision });
  },
};
