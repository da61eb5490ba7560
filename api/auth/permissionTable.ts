import { PERMISSIONS, type Permission, type Role } from '../contract/permission.ts';

/**
 * Which role may do what. A role reaches as far as it was granted: every site, one site, one team, or the person.
 * No role inherits from another; what is not listed is denied.
 */
export const PERMISSION_TABLE: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  administrator: new Set<Permission>([
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
  ]),
  planner: new Set<Permission>([
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
  ]),
  manager: new Set<Permission>([
    'centre.read',
    'history.read',
    'forecast.read',
    'staffing.read',
    'people.read',
    'schedule.read',
    'schedule.readOwn',
    'timeOff.decide',
    'report.read',
    'report.manage',
    'scenario.read',
    'scenario.manage',
    'scenario.promote',
    'capacity.read',
    'capacity.manage',
    'job.read',
  ]),
  director: new Set<Permission>([
    'centre.read',
    'history.read',
    'forecast.read',
    'staffing.read',
    'people.read',
    'schedule.read',
    'report.read',
    'scenario.read',
    'scenario.manage',
    'capacity.read',
    'job.read',
  ]),
  agent: new Set<Permission>(['schedule.readOwn', 'timeOff.request']),
};

/** What a role granted for one team reaches: reading the site's plan, and the people of the team. */
export const TEAM_PERMISSIONS: ReadonlySet<Permission> = new Set<Permission>([
  'centre.read',
  'forecast.read',
  'staffing.read',
  'people.read',
  'schedule.read',
  'schedule.readOwn',
  'timeOff.decide',
  'report.read',
  'scenario.read',
]);

/** What a role granted for the own person reaches. */
export const SELF_PERMISSIONS: ReadonlySet<Permission> = new Set<Permission>([
  'schedule.readOwn',
  'timeOff.request',
]);

/** Reaches beyond any site: a role needs the reach `all` for it. */
export const INSTALLATION_PERMISSIONS: ReadonlySet<Permission> = new Set<Permission>([
  'user.manage',
  'setting.manage',
  'backup.manage',
  'audit.read',
  'metrics.read',
]);

/** Permissions in their declared order, for stable answers. */
export function inOrder(permissions: ReadonlySet<Permission>): readonly Permission[] {
  return PERMISSIONS.filter(permission => permissions.has(permission));
}
