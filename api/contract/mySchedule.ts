import { z } from 'zod';
import { assignmentSchema } from './assignment.ts';
import { TIME_OFF_KINDS, timeOffSchema } from './people.ts';
import { dateRangeQuery, idParams, idSchema, instantSchema, listOf } from './primitive.ts';
import { route } from './route.ts';

/** What an agent sees: their own published shifts. */
export const myScheduleRoutes = {
  getMySchedule: route({
    method: 'GET',
    path: '/api/my/schedule',
    summary: 'Own published shifts in a range of days',
    permission: 'schedule.readOwn',
    query: z.strictObject(dateRangeQuery),
    response: z.object({
      agentId: idSchema,
      timeZone: z.string(),
      shifts: z.array(assignmentSchema),
      publishedAt: instantSchema.nullable(),
      timeOff: z.array(timeOffSchema),
    }),
  }),
  requestTimeOff: route({
    method: 'POST',
    path: '/api/my/time-off',
    summary: 'Ask for time off',
    permission: 'timeOff.request',
    body: z.strictObject({ category: z.enum(TIME_OFF_KINDS), start: instantSchema, end: instantSchema }),
    status: 201,
    response: timeOffSchema,
  }),
  withdrawTimeOff: route({
    method: 'DELETE',
    path: '/api/my/time-off/:id',
    summary: 'Withdraw an own request',
    permission: 'timeOff.request',
    params: idParams,
  }),
  listCalendarLinks: route({
    method: 'GET',
    path: '/api/my/calendar-links',
    summary: 'Own calendar links',
    permission: 'schedule.readOwn',
    response: listOf(z.object({ id: idSchema, createdAt: instantSchema })),
  }),
  createCalendarLink: route({
    method: 'POST',
    path: '/api/my/calendar-links',
    summary: 'Make a calendar address; it is shown in this answer only',
    permission: 'schedule.readOwn',
    status: 201,
    response: z.object({ id: idSchema, path: z.string() }),
  }),
  revokeCalendarLink: route({
    method: 'DELETE',
    path: '/api/my/calendar-links/:id',
    summary: 'Revoke a calendar address',
    permission: 'schedule.readOwn',
    params: idParams,
  }),
  getCalendar: route({
    method: 'GET',
    path: '/api/calendar/:secret',
    summary: 'An agent’s published shifts as iCalendar; the secret in the address is the key',
    permission: 'public',
    params: z.strictObject({ secret: z.string().regex(/^[A-Za-z0-9_-]{20,80}(\.ics)?$/) }),
    download: ['text/calendar'],
  }),
} as const;
