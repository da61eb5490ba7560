import { z } from 'zod';
import { grantSchema, permissionSchema } from './permission.ts';
import { idParams, idSchema, instantSchema, listOf, nameSchema } from './primitive.ts';
import { route } from './route.ts';

export const emailSchema = z.email().max(200);
/** Characters of a new password at least; no composition rules, because length is what protects. */
export const LEAST_PASSWORD_LENGTH = 12;
export const newPasswordSchema = z.string().min(LEAST_PASSWORD_LENGTH).max(200);
const passwordSchema = z.string().min(1).max(200);
const codeSchema = z.string().regex(/^\d{6}$/);
/** A one-time code, or a recovery code however it was typed. */
const anyCodeSchema = z
  .string()
  .trim()
  .regex(/^(\d{6}|[A-Za-z2-7\s-]{24,40})$/);
const proofSchema = z.strictObject({ password: passwordSchema, code: anyCodeSchema.optional() });
const recoveryCodesSchema = z.object({ recoveryCodes: z.array(z.string()) });

export const meSchema = z.object({
  userId: idSchema,
  name: nameSchema,
  email: z.string(),
  grants: z.array(grantSchema),
  /** The agent that this account is, for a person's own schedule. */
  agentId: idSchema.nullable(),
  permissions: z.array(permissionSchema),
  secondFactor: z.boolean(),
  /** The settings ask for a second factor and there is none: until it is set up nothing else is allowed. */
  secondFactorMissing: z.boolean(),
});
export type Me = z.output<typeof meSchema>;

export const sessionSchema = z.object({
  id: idSchema,
  createdAt: instantSchema,
  lastSeenAt: instantSchema,
  expiresAt: instantSchema,
  userAgent: z.string(),
  current: z.boolean(),
});

/** First run, signing in and out, the own account. */
export const sessionRoutes = {
  getSetup: route({
    method: 'GET',
    path: '/api/setup',
    summary: 'Whether the first administrator still has to be created',
    permission: 'public',
    response: z.object({
      needed: z.boolean(),
      tokenRequired: z.boolean(),
      singleSignOn: z.object({ label: z.string() }).nullable(),
    }),
  }),
  setUp: route({
    method: 'POST',
    path: '/api/setup',
    summary: 'Create the first administrator and sign in; works exactly once',
    permission: 'public',
    body: z.strictObject({
      name: nameSchema,
      email: emailSchema,
      password: newPasswordSchema,
      token: z.string().max(100).optional(),
    }),
    status: 201,
    limit: 'login',
    response: meSchema,
  }),
  signIn: route({
    method: 'POST',
    path: '/api/session',
    summary: 'Sign in with e-mail address, password and, where set up, a one-time or recovery code',
    permission: 'public',
    body: z.strictObject({
      email: z.string().max(200),
      password: passwordSchema,
      code: anyCodeSchema.optional(),
    }),
    limit: 'login',
    response: meSchema,
  }),
  signOut: route({
    method: 'DELETE',
    path: '/api/session',
    summary: 'Sign out of this session',
    permission: 'signedIn',
    beforeSecondFactor: true,
  }),
  getMe: route({
    method: 'GET',
    path: '/api/me',
    summary: 'The signed-in account with its permissions',
    permission: 'signedIn',
    beforeSecondFactor: true,
    response: meSchema,
  }),
  changePassword: route({
    method: 'PUT',
    path: '/api/me/password',
    summary: 'Change the own password; every other session ends',
    permission: 'signedIn',
    body: z.strictObject({ currentPassword: passwordSchema, newPassword: newPasswordSchema }),
    limit: 'login',
  }),
  listSessions: route({
    method: 'GET',
    path: '/api/me/sessions',
    summary: 'Where the own account is signed in',
    permission: 'signedIn',
    response: listOf(sessionSchema),
  }),
  revokeSession: route({
    method: 'DELETE',
    path: '/api/me/sessions/:id',
    summary: 'End one of the own sessions',
    permission: 'signedIn',
    params: idParams,
  }),
  getSecondFactor: route({
    method: 'GET',
    path: '/api/me/second-factor',
    summary: 'Whether one-time codes are on, and how many recovery codes are left',
    permission: 'signedIn',
    beforeSecondFactor: true,
    response: z.object({ enabled: z.boolean(), recoveryCodesLeft: z.int() }),
  }),
  beginSecondFactor: route({
    method: 'POST',
    path: '/api/me/second-factor',
    summary:
      'Make a secret for one-time codes; it counts, and replaces an older one, only after confirmation',
    permission: 'signedIn',
    beforeSecondFactor: true,
    limit: 'login',
    body: proofSchema,
    response: z.object({ secret: z.string(), uri: z.string() }),
  }),
  confirmSecondFactor: route({
    method: 'PUT',
    path: '/api/me/second-factor',
    summary: 'Turn one-time codes on with a first valid code; every other session ends',
    permission: 'signedIn',
    beforeSecondFactor: true,
    limit: 'login',
    body: z.strictObject({ code: codeSchema }),
    response: recoveryCodesSchema,
  }),
  removeSecondFactor: route({
    method: 'DELETE',
    path: '/api/me/second-factor',
    summary: 'Turn one-time codes off; every other session ends',
    permission: 'signedIn',
    limit: 'login',
    body: proofSchema,
  }),
  renewRecoveryCodes: route({
    method: 'POST',
    path: '/api/me/second-factor/recovery-codes',
    summary: 'Replace the recovery codes; the new ones are shown in this answer only',
    permission: 'signedIn',
    limit: 'login',
    body: proofSchema,
    response: recoveryCodesSchema,
  }),
  beginSingleSignOn: route({
    method: 'GET',
    path: '/api/sso/start',
    summary: 'Redirect to the identity provider',
    permission: 'public',
    limit: 'login',
    download: ['text/plain'],
  }),
  finishSingleSignOn: route({
    method: 'GET',
    path: '/api/sso/callback',
    summary: 'Where the identity provider returns to',
    permission: 'public',
    limit: 'login',
    query: z.looseObject({ code: z.string().max(4000).optional(), state: z.string().max(400).optional() }),
    download: ['text/plain'],
  }),
} as const;
