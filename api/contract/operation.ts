import { z } from 'zod';
import { idSchema, instantSchema, jobStartedSchema, listOf, rangeQuery, shareSchema } from './primitive.ts';
import { route } from './route.ts';

/** Running the service: settings, backups, files to take away, health. */

export const settingsSchema = z.object({
  organisationName: z.string().max(120),
  /** Minutes without a request after which a session ends, and hours after which it ends in any case. */
  sessionIdleMinutes: z.int().min(5).max(1440),
  sessionHours: z.int().min(1).max(720),
  /** Administrators must use one-time codes. */
  requireSecondFactor: z.boolean(),
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** Money figures of the director's page, from the organisation's own books. */
  valuePerRetainedPatientCents: z.int().min(0).nullable(),
  /** Of callers who gave up, the share that the organisation loses as patients. */
  lostPatientShare: shareSchema.nullable(),
  /** What a paid hour of an agent costs, with all that comes on top. */
  agentHourCostCents: z.int().min(0).nullable(),
});
export type Settings = z.output<typeof settingsSchema>;

export const backupSchema = z.object({
  fileName: z.string(),
  bytes: z.int(),
  createdAt: instantSchema,
  verified: z.boolean(),
});

const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const fileFormat = { format: z.enum(['csv', 'xlsx']) };

export const operationRoutes = {
  getSettings: route({
    method: 'GET',
    path: '/api/settings',
    summary: 'Settings of the installation',
    permission: 'setting.manage',
    response: settingsSchema,
  }),
  updateSettings: route({
    method: 'PATCH',
    path: '/api/settings',
    summary: 'Change settings',
    permission: 'setting.manage',
    body: settingsSchema.strict().partial(),
    response: settingsSchema,
  }),
  listBackups: route({
    method: 'GET',
    path: '/api/backups',
    summary: 'Backups made, newest first',
    permission: 'backup.manage',
    response: listOf(backupSchema),
  }),
  startBackup: route({
    method: 'POST',
    path: '/api/backups',
    summary: 'Make and verify a backup while the service runs',
    permission: 'backup.manage',
    status: 202,
    limit: 'heavy',
    response: jobStartedSchema,
  }),
  downloadHistory: route({
    method: 'GET',
    path: '/api/exports/history',
    summary: 'History of a queue as a file',
    permission: 'history.read',
    query: z.strictObject({ queueId: idSchema, ...rangeQuery, ...fileFormat }),
    download: ['text/csv', SPREADSHEET],
  }),
  downloadForecast: route({
    method: 'GET',
    path: '/api/exports/forecast',
    summary: 'A forecast with bands as a file',
    permission: 'forecast.read',
    query: z.strictObject({ forecastId: idSchema, ...fileFormat }),
    download: ['text/csv', SPREADSHEET],
  }),
  downloadRequirement: route({
    method: 'GET',
    path: '/api/exports/requirement',
    summary: 'A requirement as a file',
    permission: 'staffing.read',
    query: z.strictObject({ staffingPlanId: idSchema, ...fileFormat }),
    download: ['text/csv', SPREADSHEET],
  }),
  downloadSchedule: route({
    method: 'GET',
    path: '/api/exports/schedule',
    summary: 'A schedule as a file, one row per activity',
    permission: 'schedule.read',
    query: z.strictObject({ scheduleId: idSchema, ...fileFormat }),
    download: ['text/csv', SPREADSHEET],
  }),
  downloadAudit: route({
    method: 'GET',
    path: '/api/exports/audit',
    summary: 'The audit log of a time range as CSV with its hashes',
    permission: 'audit.read',
    query: z.strictObject(rangeQuery),
    download: ['text/csv'],
  }),
} as const;

export const healthRoutes = {
  getLiveness: route({
    method: 'GET',
    path: '/livez',
    summary: 'Whether the process answers',
    permission: 'public',
    response: z.object({ status: z.literal('ok') }),
  }),
  getReadiness: route({
    method: 'GET',
    path: '/readyz',
    summary: 'Whether requests can be served: 503 while the database is away or not migrated',
    permission: 'public',
    response: z.object({ status: z.enum(['ready', 'degraded']) }),
  }),
  getMetrics: route({
    method: 'GET',
    path: '/metrics',
    summary: 'Prometheus metrics',
    permission: 'metrics.read',
    download: ['text/plain'],
  }),
  getVersion: route({
    method: 'GET',
    path: '/api/version',
    summary: 'The version that runs',
    permission: 'public',
    response: z.object({ version: z.string() }),
  }),
  getOpenApi: route({
    method: 'GET',
    path: '/api/openapi.json',
    summary: 'This API as an OpenAPI 3.1 document',
    permission: 'public',
    download: ['application/json'],
  }),
} as const;
