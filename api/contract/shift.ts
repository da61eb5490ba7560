import { z } from 'zod';
import { weekdaySchema } from './people.ts';
import { idParams, idSchema, listOf, minuteSchema, nameSchema } from './primitive.ts';
import { route } from './route.ts';

/** Kinds of shifts and the rules that bind them. */

/** Offsets are minutes from the start of the shift to the start of the break. */
export const breakTemplateSchema = z.object({
  kind: z.enum(['break', 'lunch', 'gap']),
  minutes: z.int().min(5).max(480),
  paid: z.boolean(),
  earliestOffsetMinutes: minuteSchema,
  latestOffsetMinutes: minuteSchema,
});

const shiftTemplateFields = {
  siteId: idSchema,
  name: nameSchema,
  /** Class used by sequence and fairness rules, such as `early`, `late`, `night`. */
  type: z.string().min(1).max(40),
  /** Elapsed minutes including breaks. */
  lengthsMinutes: z.array(z.int().min(30).max(1440)).min(1).max(50),
  /** Wall-clock starts in minutes after midnight. */
  starts: z
    .array(
      z.object({
        earliestMinute: minuteSchema,
        latestMinute: minuteSchema,
        stepMinutes: z.int().min(5).max(1440),
      }),
    )
    .min(1)
    .max(20),
  /** Days on which the shift may start; empty: every day. */
  weekdays: z.array(weekdaySchema).max(7),
  breaks: z.array(breakTemplateSchema).max(8),
  /** Least work between two breaks, before the first and after the last. */
  minSpacingMinutes: minuteSchema,
  active: z.boolean(),
};
export const shiftTemplateSchema = z.object({ id: idSchema, ...shiftTemplateFields, revision: z.int() });
export type ShiftTemplateEntry = z.output<typeof shiftTemplateSchema>;

const parameterValueSchema = z.union([
  z.number(),
  z.string().max(200),
  z.array(z.string().max(200)).max(500),
]);

export const ruleSettingSchema = z.object({
  id: z.string().min(1).max(64),
  /** A rule of the registry, such as `minimumRest`. */
  kind: z.string().max(60),
  parameters: z.record(z.string().max(60), parameterValueSchema),
  enforcement: z.enum(['hard', 'soft']),
  /** Price per unit of breach of a soft rule. */
  weight: z.number().min(0).max(1_000_000).exactOptional(),
  /** Agents the rule binds; absent: everyone. */
  agentIds: z.array(idSchema).max(5000).exactOptional(),
});

export const ruleSetSchema = z.object({
  id: idSchema,
  siteId: idSchema,
  name: nameSchema,
  rules: z.array(ruleSettingSchema.extend({ sentence: z.string() })),
  isDefault: z.boolean(),
  revision: z.int(),
});
export type RuleSetEntry = z.output<typeof ruleSetSchema>;

/** A rule that exists: its sentence and the parameters to fill in. */
export const ruleKindSchema = z.object({
  kind: z.string(),
  name: z.string(),
  unit: z.string(),
  sentence: z.string(),
  parameters: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      type: z.enum(['number', 'text', 'textList']),
      unit: z.string().nullable(),
      default: parameterValueSchema,
      min: z.number().nullable(),
      max: z.number().nullable(),
    }),
  ),
});

const ruleSetBody = z.strictObject({
  name: nameSchema,
  rules: z.array(ruleSettingSchema.strict()).max(200),
  isDefault: z.boolean(),
});

export const shiftRoutes = {
  listShiftTemplates: route({
    method: 'GET',
    path: '/api/shift-templates',
    summary: 'Shift templates with their breaks',
    permission: 'people.read',
    query: z.strictObject({ siteId: idSchema.optional() }),
    response: listOf(shiftTemplateSchema),
  }),
  createShiftTemplate: route({
    method: 'POST',
    path: '/api/shift-templates',
    summary: 'Add a shift template',
    permission: 'people.manage',
    body: z.strictObject(shiftTemplateFields),
    status: 201,
    response: shiftTemplateSchema,
  }),
  updateShiftTemplate: route({
    method: 'PUT',
    path: '/api/shift-templates/:id',
    summary: 'Change a shift template',
    permission: 'people.manage',
    params: idParams,
    body: z.strictObject(shiftTemplateFields).omit({ siteId: true }),
    ifMatch: 'required',
    response: shiftTemplateSchema,
  }),
  listRuleSets: route({
    method: 'GET',
    path: '/api/rule-sets',
    summary: 'Work rules in force, each as a sentence, and every rule that exists',
    permission: 'people.read',
    query: z.strictObject({ siteId: idSchema.optional() }),
    response: z.object({ items: z.array(ruleSetSchema), kinds: z.array(ruleKindSchema) }),
  }),
  createRuleSet: route({
    method: 'POST',
    path: '/api/rule-sets',
    summary: 'Add a set of work rules',
    permission: 'people.manage',
    body: ruleSetBody.extend({ siteId: idSchema }),
    status: 201,
    response: ruleSetSchema,
  }),
  updateRuleSet: route({
    method: 'PUT',
    path: '/api/rule-sets/:id',
    summary: 'Change a set of work rules',
    permission: 'people.manage',
    params: idParams,
    body: ruleSetBody,
    ifMatch: 'required',
    response: ruleSetSchema,
  }),
} as const;
