import { z } from 'zod';
import { countSchema, dateSchema, idParams, idSchema, listOf, nameSchema } from './primitive.ts';
import { route } from './route.ts';

/** Drivers: daily figures from outside that move volume, such as reminder messages sent, flu cases, discharges. */

const unitSchema = z.string().trim().max(60);

/** First and last day with a value of the kind; `null` when there is none. */
const spanSchema = z.object({ from: dateSchema, to: dateSchema, days: countSchema }).nullable();

export const driverSchema = z.object({
  id: idSchema,
  siteId: idSchema,
  /** `null`: every queue of the site. */
  queueId: idSchema.nullable(),
  name: nameSchema,
  unit: unitSchema,
  /** Days with a measured value, and days with a plan. */
  known: spanSchema,
  planned: spanSchema,
});
export type Driver = z.output<typeof driverSchema>;

export const driverValueSchema = z.object({
  date: dateSchema,
  value: z.number().min(0).max(1e12),
  /** `true`: measured. `false`: planned, known before the day comes; only these are used for days ahead. */
  known: z.boolean(),
});
export type DriverDay = z.output<typeof driverValueSchema>;

const MOST_DAYS = 8_000;
const driverBody = driverSchema.pick({ siteId: true, queueId: true, name: true, unit: true }).strict();

export const driverRoutes = {
  listDrivers: route({
    method: 'GET',
    path: '/api/drivers',
    summary:
      'Drivers of a site with the days that are known and planned; with a queue those that hold for it',
    permission: 'forecast.read',
    query: z.strictObject({ siteId: idSchema, queueId: idSchema.optional() }),
    response: listOf(driverSchema),
  }),
  createDriver: route({
    method: 'POST',
    path: '/api/drivers',
    summary: 'Add a driver of a queue, or of every queue of a site',
    permission: 'forecast.manage',
    body: driverBody,
    status: 201,
    response: driverSchema,
  }),
  updateDriver: route({
    method: 'PATCH',
    path: '/api/drivers/:id',
    summary: 'Give a driver another name or unit',
    permission: 'forecast.manage',
    params: idParams,
    body: driverBody.pick({ name: true, unit: true }).partial(),
    response: driverSchema,
  }),
  removeDriver: route({
    method: 'DELETE',
    path: '/api/drivers/:id',
    summary: 'Remove a driver with its values; forecasts that used it keep their numbers',
    permission: 'forecast.manage',
    params: idParams,
  }),
  listDriverValues: route({
    method: 'GET',
    path: '/api/drivers/:id/values',
    summary: 'The days of a driver',
    permission: 'forecast.read',
    params: idParams,
    response: listOf(driverValueSchema),
  }),
  putDriverValues: route({
    method: 'PUT',
    path: '/api/drivers/:id/values',
    summary: 'Store days of a driver, all or none; a day that exists takes the new value',
    permission: 'forecast.manage',
    params: idParams,
    body: z.strictObject({ values: z.array(driverValueSchema.strict()).min(1).max(MOST_DAYS) }),
    maxBodyBytes: 1_048_576,
    response: driverSchema,
  }),
  pasteDriverValues: route({
    method: 'POST',
    path: '/api/drivers/:id/values',
    summary:
      'Store two columns of a spreadsheet, date and value, all or none; cells that do not fit are named',
    permission: 'forecast.manage',
    params: idParams,
    body: z.strictObject({
      text: z.string().min(1).max(400_000),
      /** Days before it are measured; it and later ones are planned. */
      plannedFrom: dateSchema,
    }),
    maxBodyBytes: 1_048_576,
    response: driverSchema,
  }),
} as const;
