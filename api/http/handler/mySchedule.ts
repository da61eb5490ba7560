import type { myScheduleRoutes } from '../../contract/mySchedule.ts';
import {
  addCalendarLink,
  readCalendar,
  readCalendarLinks,
  readMySchedule,
  removeCalendarLink,
} from '../../service/mySchedule.ts';
import { requestOwnTimeOff, withdrawOwnTimeOff } from '../../service/timeOff.ts';
import type { Handlers } from '../reply.ts';

export const myScheduleHandlers: Handlers<typeof myScheduleRoutes> = {
  getMySchedule: ({ context, query }) => readMySchedule(context, query),
  requestTimeOff: ({ context, body }) => requestOwnTimeOff(context, body),
  withdrawTimeOff: ({ context, params }) => withdrawOwnTimeOff(context, params.id),
  listCalendarLinks: async ({ context }) => ({ items: await readCalendarLinks(context) }),
  createCalendarLink: ({ context }) => addCalendarLink(context),
  revokeCalendarLink: ({ context, params }) => removeCalendarLink(context, params.id),
  getCalendar: async ({ context, params }) => ({
    kind: 'file',
    contentType: 'text/calendar; charset=utf-8',
    content: await readCalendar(context, params.secret),
  }),
};
