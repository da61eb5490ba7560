import { z } from 'zod';
import { serviceGoalSchema } from './centre.ts';
import { idParams, idSchema, instantSchema, listOf, nameSchema, shareSchema } from './primitive.ts';
import { route } from './route.ts';

/** Headcount over 12 to 24 months. The browser computes the result; the server keeps the plan. */

const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

export const capacityInputSchema = z.object({
  firstMonth: monthSchema,
  months: z.int().min(1).max(36),
  /** Calls per month in the base, one per month; from a forecast or typed. */
  offered: z.array(z.number().min(0)).max(36),
  volumeGrowthPerYear: z.number().min(-0.9).max(10),
  ahtSeconds: z.number().positive(),
  patienceSeconds: z.number().positive(),
  goal: serviceGoalSchema,
  shrinkageShare: shareSchema,
  headcount: z.number().min(0),
  attritionPerYear: z.number().min(0).max(5),
  hoursPerWeek: z.number().gt(0).max(168),
  classes: z
    .array(
      z.object({
        month: monthSchema,
        hires: z.int().min(0).max(10_000),
        trainingWeeks: z.number().min(0).max(52),
        /** Productivity of the weeks after training until it reaches 1. */
        rampWeeks: z.number().min(0).max(104),
        rampStart: shareSchema,
      }),
    )
    .max(60),
  /** Share of headcount on leave per month of the horizon. */
  leaveShare: z.array(shareSchema).max(36),
  costPerAgentMonthCents: z.int().min(0),
  hiringCostCents: z.int().min(0),
});

const capacityFields = { name: nameSchema, queueIds: z.array(idSchema).max(200), input: capacityInputSchema };

export const capacityPlanSchema = z.object({
  id: idSchema,
  siteId: idSchema,
  ...capacityFields,
  revision: z.int(),
  createdBy: z.string(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
});
export type CapacityPlan = z.output<typeof capacityPlanSchema>;

export const capacityRoutes = {
  listCapacityPlans: route({
    method: 'GET',
    path: '/api/capacity-plans',
    summary: 'Headcount plans',
    permission: 'capacity.read',
    query: z.strictObject({ siteId: idSchema.optional() }),
    response: listOf(capacityPlanSchema),
  }),
  getCapacityPlan: route({
    method: 'GET',
    path: '/api/capacity-plans/:id',
    summary: 'One headcount plan',
    permission: 'capacity.read',
    params: idParams,
    response: capacityPlanSchema,
  }),
  createCapacityPlan: route({
    method: 'POST',
    path: '/api/capacity-plans',
    summary: 'Save a headcount plan',
    permission: 'capacity.manage',
    body: z.strictObject({ siteId: idSchema, ...capacityFields }),
    status: 201,
    response: capacityPlanSchema,
  }),
  updateCapacityPlan: route({
    method: 'PUT',
    path: '/api/capacity-plans/:id',
    summary: 'Change a headcount plan',
    permission: 'capacity.manage',
    params: idParams,
    body: z.strictObject(capacityFields),
    ifMatch: 'required',
    response: capacityPlanSchema,
  }),
  removeCapacityPlan: route({
    method: 'DELETE',
    path: '/api/capacity-plans/:id',
    summary: 'Remove a headcount plan',
    permission: 'capacity.manage',
    params: idParams,
  }),
} as const;
