import { z } from 'zod';
import {
  dateRangeQuery,
  dateSchema,
  idParams,
  idSchema,
  instantSchema,
  listOf,
  minuteSchema,
  nameSchema,
  noteSchema,
  queryFlag,
} from './primitive.ts';
import { route } from './route.ts';

/** People and what binds their shifts: teams, skills, contract hours, availability, time off. */

export const teamSchema = z.object({ id: idSchema, siteId: idSchema, name: nameSchema });
export const skillSchema = z.object({
  id: idSchema,
  siteId: idSchema,
  name: nameSchema,
  /** Queues that an agent with this skill can serve. */
  queueIds: z.array(idSchema).max(200),
});
export type Skill = z.output<typeof skillSchema>;

/** Monday is 0, Sunday 6. */
export const weekdaySchema = z.union([
  z.literal(0),
  z.literal(1),
  z.literal(2),
  z.literal(3),
  z.literal(4),
  z.literal(5),
  z.literal(6),
]);

export const contractSchema = z.object({
  minHoursPerWeek: z.number().min(0).max(168),
  targetHoursPerWeek: z.number().min(0).max(168),
  maxHoursPerWeek: z.number().min(0).max(168),
});

/** `endMinute` above 1440 runs into the next day. */
export const availabilityWindowSchema = z.object({
  weekday: weekdaySchema,
  startMinute: minuteSchema,
  endMinute: z.int().min(0).max(2880),
});

const agentFields = {
  siteId: idSchema,
  teamId: idSchema.nullable(),
  /** The number or name by which other systems know the agent. */
  externalId: z.string().max(60).nullable(),
  name: nameSchema,
  /** Level from 1 (learning) to 5 (expert). */
  skills: z.array(z.object({ skillId: idSchema, level: z.int().min(1).max(5) })).max(50),
  contract: contractSchema,
  /** Empty: at any time. */
  availability: z.array(availabilityWindowSchema).max(50),
  /** Shift templates the agent may work; empty: all. */
  shiftTemplateIds: z.array(idSchema).max(100),
  licence: z.string().max(60).nullable(),
  costPerHourCents: z.int().min(0).max(10_000_000).nullable(),
  hiredOn: dateSchema.nullable(),
  leftOn: dateSchema.nullable(),
};
export const agentSchema = z.object({
  id: idSchema,
  ...agentFields,
  active: z.boolean(),
  revision: z.int(),
});
export type Agent = z.output<typeof agentSchema>;

export const TIME_OFF_KINDS = ['vacation', 'sickness', 'training', 'unpaid', 'other'] as const;
/** Instants, end exclusive. A category, never a reason: reasons can be medical. */
const timeOffFields = {
  agentId: idSchema,
  category: z.enum(TIME_OFF_KINDS),
  start: instantSchema,
  end: instantSchema,
};
export const timeOffSchema = z.object({
  id: idSchema,
  ...timeOffFields,
  status: z.enum(['requested', 'approved', 'declined', 'withdrawn']),
  requestedAt: instantSchema,
  decidedBy: z.string().nullable(),
  decidedAt: instantSchema.nullable(),
});
export type TimeOff = z.output<typeof timeOffSchema>;
export const timeOffBody = z.strictObject(timeOffFields);

const siteQuery = z.strictObject({ siteId: idSchema.optional() });

export const peopleRoutes = {
  listAgents: route({
    method: 'GET',
    path: '/api/agents',
    summary: 'Agents with skills and contract',
    permission: 'people.read',
    query: z.strictObject({ siteId: idSchema.optional(), former: queryFlag.optional() }),
    response: listOf(agentSchema),
  }),
  createAgent: route({
    method: 'POST',
    path: '/api/agents',
    summary: 'Add an agent',
    permission: 'people.manage',
    body: z.strictObject(agentFields),
    status: 201,
    response: agentSchema,
  }),
  updateAgent: route({
    method: 'PATCH',
    path: '/api/agents/:id',
    summary: 'Change an agent',
    permission: 'people.manage',
    params: idParams,
    body: z
      .strictObject({ ...agentFields, active: z.boolean() })
      .omit({ siteId: true })
      .partial(),
    ifMatch: 'required',
    response: agentSchema,
  }),
  updateAgents: route({
    method: 'POST',
    path: '/api/agents/bulk',
    summary: 'Change several agents alike, all or none',
    permission: 'people.manage',
    body: z.strictObject({
      ids: z.array(idSchema).min(1).max(5000),
      change: z
        .strictObject({ ...agentFields, active: z.boolean() })
        .pick({
          teamId: true,
          contract: true,
          availability: true,
          shiftTemplateIds: true,
          leftOn: true,
          active: true,
        })
        .partial(),
      addSkillIds: z.array(idSchema).max(50),
      removeSkillIds: z.array(idSchema).max(50),
    }),
    response: listOf(agentSchema),
  }),
  listTeams: route({
    method: 'GET',
    path: '/api/teams',
    summary: 'Teams',
    permission: 'people.read',
    query: siteQuery,
    response: listOf(teamSchema),
  }),
  createTeam: route({
    method: 'POST',
    path: '/api/teams',
    summary: 'Add a team',
    permission: 'people.manage',
    body: teamSchema.omit({ id: true }).strict(),
    status: 201,
    response: teamSchema,
  }),
  listSkills: route({
    method: 'GET',
    path: '/api/skills',
    summary: 'Skills and the queues they serve',
    permission: 'people.read',
    query: siteQuery,
    response: listOf(skillSchema),
  }),
  createSkill: route({
    method: 'POST',
    path: '/api/skills',
    summary: 'Add a skill',
    permission: 'people.manage',
    body: skillSchema.omit({ id: true }).strict(),
    status: 201,
    response: skillSchema,
  }),
  updateSkill: route({
    method: 'PUT',
    path: '/api/skills/:id',
    summary: 'Rename a skill or change the queues it serves',
    permission: 'people.manage',
    params: idParams,
    body: skillSchema.omit({ id: true, siteId: true }).strict(),
    response: skillSchema,
  }),
  removeSkill: route({
    method: 'DELETE',
    path: '/api/skills/:id',
    summary: 'Remove a skill that no agent holds',
    permission: 'people.manage',
    params: idParams,
  }),
  listTimeOff: route({
    method: 'GET',
    path: '/api/time-off',
    summary: 'Time off that touches a range of days',
    permission: 'people.read',
    query: z.strictObject({ ...dateRangeQuery, siteId: idSchema.optional(), agentId: idSchema.optional() }),
    response: listOf(timeOffSchema),
  }),
  createTimeOff: route({
    method: 'POST',
    path: '/api/time-off',
    summary: 'Enter approved time off for an agent',
    permission: 'timeOff.decide',
    body: timeOffBody,
    status: 201,
    response: timeOffSchema,
  }),
  decideTimeOff: route({
    method: 'PUT',
    path: '/api/time-off/:id/decision',
    summary: 'Approve or decline a request',
    permission: 'timeOff.decide',
    params: idParams,
    body: z.strictObject({ status: z.enum(['approved', 'declined']), note: noteSchema }),
    response: timeOffSchema,
  }),
} as const;
