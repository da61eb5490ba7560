import { z } from 'zod';
import { idParams, idSchema, instantSchema, pageOf, pageQuery, shareSchema } from './primitive.ts';
import { problemSchema } from './problem.ts';
import { route } from './route.ts';

export const JOB_KINDS = [
  'importCheck',
  'importCommit',
  'sample',
  'forecast',
  'requirement',
  'schedule',
  'simulation',
  'backup',
] as const;
export const JOB_STATUSES = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;

export const jobSchema = z.object({
  id: idSchema,
  kind: z.enum(JOB_KINDS),
  status: z.enum(JOB_STATUSES),
  /** What the job works for: the import, forecast or schedule. */
  resourceId: idSchema.nullable(),
  progress: shareSchema,
  /** What it is doing now, in words. */
  stage: z.string(),
  attempt: z.int(),
  createdAt: instantSchema,
  startedAt: instantSchema.nullable(),
  finishedAt: instantSchema.nullable(),
  createdBy: z.string(),
  /** Ids of what was made: forecasts, staffing plans, a proposal. */
  resultIds: z.array(idSchema),
  /** What a job answers beyond ids, such as the outcome of a simulation; its shape is named by the kind. */
  result: z.unknown(),
  problem: problemSchema.nullable(),
});
export type Job = z.output<typeof jobSchema>;

export const jobRoutes = {
  listJobs: route({
    method: 'GET',
    path: '/api/jobs',
    summary: 'Jobs, newest first',
    permission: 'job.read',
    query: z.strictObject({ ...pageQuery, status: z.enum(JOB_STATUSES).optional() }),
    response: pageOf(jobSchema),
  }),
  getJob: route({
    method: 'GET',
    path: '/api/jobs/:id',
    summary: 'One job with its progress',
    permission: 'job.read',
    params: idParams,
    response: jobSchema,
  }),
  followJob: route({
    method: 'GET',
    path: '/api/jobs/:id/events',
    summary: 'The job whenever it changes, as server-sent events named `job`, until it has ended',
    permission: 'job.read',
    params: idParams,
    events: jobSchema,
  }),
  cancelJob: route({
    method: 'POST',
    path: '/api/jobs/:id/cancel',
    summary: 'Ask a job to stop; what it had not finished is thrown away',
    permission: 'job.cancel',
    params: idParams,
    response: jobSchema,
  }),
} as const;
