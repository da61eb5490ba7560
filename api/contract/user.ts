import { z } from 'zod';
import { grantSchema, permissionSchema } from './permission.ts';
import {
  idParams,
  idSchema,
  instantSchema,
  listOf,
  nameSchema,
  pageOf,
  pageQuery,
  queryInt,
} from './primitive.ts';
import { route } from './route.ts';
import { emailSchema, newPasswordSchema, sessionSchema } from './session.ts';

export const userSchema = z.object({
  id: idSchema,
  name: nameSchema,
  email: z.string(),
  grants: z.array(grantSchema),
  agentId: idSchema.nullable(),
  disabled: z.boolean(),
  secondFactor: z.boolean(),
  lastSignInAt: instantSchema.nullable(),
  createdAt: instantSchema,
});
export type User = z.output<typeof userSchema>;

const userFields = {
  name: nameSchema,
  email: emailSchema,
  grants: z.array(grantSchema).min(1).max(50),
  agentId: idSchema.nullable(),
};

export const userRoutes = {
  listUsers: route({
    method: 'GET',
    path: '/api/users',
    summary: 'Accounts',
    permission: 'user.manage',
    response: listOf(userSchema),
  }),
  createUser: route({
    method: 'POST',
    path: '/api/users',
    summary: 'Create an account with a first password',
    permission: 'user.manage',
    body: z.strictObject({ ...userFields, password: newPasswordSchema }),
    status: 201,
    response: userSchema,
  }),
  updateUser: route({
    method: 'PATCH',
    path: '/api/users/:id',
    summary: 'Change name, role, scope; disable or enable. A change of role ends the sessions of the account',
    permission: 'user.manage',
    params: idParams,
    body: z
      .strictObject({
        ...userFields,
        disabled: z.boolean(),
        password: newPasswordSchema,
        /** Takes one-time and recovery codes off the account of somebody who lost both. */
        resetSecondFactor: z.literal(true),
      })
      .partial(),
    response: userSchema,
  }),
  listUserSessions: route({
    method: 'GET',
    path: '/api/users/:id/sessions',
    summary: 'Where an account is signed in',
    permission: 'user.manage',
    params: idParams,
    response: listOf(sessionSchema),
  }),
  revokeUserSessions: route({
    method: 'DELETE',
    path: '/api/users/:id/sessions',
    summary: 'End every session of an account',
    permission: 'user.manage',
    params: idParams,
  }),
} as const;

export const tokenSchema = z.object({
  id: idSchema,
  name: nameSchema,
  permissions: z.array(permissionSchema),
  /** `null`: every site that its owner may see. */
  siteIds: z.array(idSchema).nullable(),
  createdAt: instantSchema,
  expiresAt: instantSchema,
  lastUsedAt: instantSchema.nullable(),
});

export const tokenRoutes = {
  listTokens: route({
    method: 'GET',
    path: '/api/tokens',
    summary: 'Own API tokens',
    permission: 'token.manage',
    response: listOf(tokenSchema),
  }),
  createToken: route({
    method: 'POST',
    path: '/api/tokens',
    summary: 'Create an API token; its secret is shown in this answer only',
    permission: 'token.manage',
    body: z.strictObject({
      name: nameSchema,
      permissions: z.array(permissionSchema).min(1),
      siteIds: z.array(idSchema).max(500).nullable(),
      expiresInDays: z.int().min(1).max(365),
    }),
    status: 201,
    response: z.object({ token: tokenSchema, secret: z.string() }),
  }),
  revokeToken: route({
    method: 'DELETE',
    path: '/api/tokens/:id',
    summary: 'Revoke an API token',
    permission: 'token.manage',
    params: idParams,
  }),
} as const;

export const auditEntrySchema = z.object({
  sequence: z.int(),
  at: instantSchema,
  actorKind: z.enum(['user', 'token', 'system', 'anonymous']),
  actorId: z.string().nullable(),
  actorName: z.string().nullable(),
  /** In dotted words, such as `schedule.publish`. */
  action: z.string(),
  outcome: z.enum(['done', 'denied', 'failed']),
  subjectKind: z.string().nullable(),
  subjectId: z.string().nullable(),
  siteId: z.string().nullable(),
  requestId: z.string().nullable(),
  /** What was before and after. */
  detail: z.unknown(),
  hash: z.string(),
});
export type AuditEntry = z.output<typeof auditEntrySchema>;

export const auditRoutes = {
  searchAudit: route({
    method: 'GET',
    path: '/api/audit',
    summary: 'Who did what, newest first',
    permission: 'audit.read',
    query: z.strictObject({
      ...pageQuery,
      from: queryInt.optional(),
      to: queryInt.optional(),
      actorId: idSchema.optional(),
      /** An action or its beginning: `schedule.` finds all that was done to schedules. */
      action: z.string().max(100).optional(),
      subjectId: z.string().max(64).optional(),
      outcome: z.enum(['done', 'denied', 'failed']).optional(),
    }),
    response: pageOf(auditEntrySchema),
  }),
  verifyAudit: route({
    method: 'POST',
    path: '/api/audit/verify',
    summary: 'Recompute the hash chain over the whole log',
    permission: 'audit.read',
    limit: 'heavy',
    response: z.object({
      intact: z.boolean(),
      checked: z.int(),
      firstBrokenSequence: z.int().nullable(),
      head: z.string().nullable(),
    }),
  }),
} as const;
