import { z } from 'zod';

/** What a person may be allowed to do. Which role has which, and over what, is `api/auth/permissionTable.ts`. */
export const PERMISSIONS = [
  'centre.read',
  'centre.manage',
  'history.read',
  'history.manage',
  'forecast.read',
  'forecast.manage',
  'staffing.read',
  'staffing.manage',
  'people.read',
  'people.manage',
  'schedule.read',
  'schedule.manage',
  'schedule.publish',
  'schedule.readOwn',
  'timeOff.request',
  'timeOff.decide',
  'actuals.write',
  'report.read',
  'report.manage',
  'scenario.read',
  'scenario.manage',
  'scenario.promote',
  'capacity.read',
  'capacity.manage',
  'job.read',
  'job.cancel',
  'token.manage',
  'user.manage',
  'setting.manage',
  'backup.manage',
  'audit.read',
  'metrics.read',
] as const;

export const permissionSchema = z.enum(PERMISSIONS);
export type Permission = z.output<typeof permissionSchema>;

/** `public` needs no sign-in, `signedIn` any account; everything else is a permission of the table. */
export type Access = Permission | 'public' | 'signedIn';

export const ROLES = ['administrator', 'planner', 'manager', 'director', 'agent'] as const;
export const roleSchema = z.enum(ROLES);
export type Role = z.output<typeof roleSchema>;

/** How far a role reaches. `self` is the person that the account is. */
export const reachSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('site'), siteId: z.string().min(1).max(64) }),
  z.object({ kind: z.literal('team'), teamId: z.string().min(1).max(64) }),
  z.object({ kind: z.literal('self') }),
]);
export type Reach = z.output<typeof reachSchema>;

/** A role and how far it reaches; an account may hold several. */
export const grantSchema = z.object({ role: roleSchema, reach: reachSchema });
export type Grant = z.output<typeof grantSchema>;
