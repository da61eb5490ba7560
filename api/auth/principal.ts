import { covers, type SiteScope } from '../../data/db/scope.ts';
import type { Grant, Permission } from '../contract/permission.ts';
import {
  INSTALLATION_PERMISSIONS,
  PERMISSION_TABLE,
  SELF_PERMISSIONS,
  TEAM_PERMISSIONS,
} from './permissionTable.ts';

/** A grant with what the store knows about its reach: the site that a team belongs to. */
export interface ResolvedGrant extends Grant {
  readonly teamSiteId?: string | undefined;
}

/** Who asks. */
export interface Principal {
  readonly kind: 'anonymous' | 'user' | 'token' | 'system';
  readonly userId: string | null;
  readonly name: string;
  readonly email: string;
  readonly agentId: string | null;
  readonly secondFactor: boolean;
  /** An administrator who must have a second factor and has none: may do nothing but set it up. */
  readonly secondFactorMissing: boolean;
  readonly grants: readonly ResolvedGrant[];
  /** A token's own limits, below those of its user. */
  readonly token: {
    readonly id: string;
    readonly permissions: ReadonlySet<Permission>;
    readonly siteIds: readonly string[] | null;
  } | null;
}

export const ANONYMOUS: Principal = {
  kind: 'anonymous',
  userId: null,
  name: '',
  email: '',
  agentId: null,
  secondFactor: false,
  secondFactorMissing: false,
  grants: [],
  token: null,
};

/** The program itself: scheduled work and the command line on the own machine. */
export const SYSTEM: Principal = {
  ...ANONYMOUS,
  kind: 'system',
  name: 'system',
  grants: [{ role: 'administrator', reach: { kind: 'all' } }],
};

/** Whether any grant gives the permission, however far it reaches. */
export function mayEver(principal: Principal, permission: Permission): boolean {
  if (principal.secondFactorMissing) return false;
  if (principal.token && !principal.token.permissions.has(permission)) return false;
  return principal.grants.some(grant => gives(grant, permission));
}

function gives(grant: ResolvedGrant, permission: Permission): boolean {
  if (!PERMISSION_TABLE[grant.role].has(permission)) return false;
  switch (grant.reach.kind) {
    case 'all':
      return true;
    case 'site':
      return !INSTALLATION_PERMISSIONS.has(permission);
    case 'team':
      return TEAM_PERMISSIONS.has(permission);
    case 'self':
      return SELF_PERMISSIONS.has(permission);
  }
}

/** Every permission that the principal has somewhere. */
export function permissionsOf(principal: Principal): ReadonlySet<Permission> {
  const permissions = new Set<Permission>();
  for (const grant of principal.grants) {
    for (const permission of PERMISSION_TABLE[grant.role]) {
      if (mayEver(principal, permission)) permissions.add(permission);
    }
  }
  return permissions;
}

/** The sites over which the principal has the permission. */
export function sitesOf(principal: Principal, permission: Permission): SiteScope {
  if (!mayEver(principal, permission)) return [];
  return sitesUnder(
    principal,
    principal.grants.filter(grant => gives(grant, permission)),
  );
}

/** The sites over which the principal has any permission at all. */
export function everySiteOf(principal: Principal): SiteScope {
  return sitesUnder(principal, principal.grants);
}

function sitesUnder(principal: Principal, grants: readonly ResolvedGrant[]): SiteScope {
  const siteIds = new Set<string>();
  let all = false;
  for (const grant of grants) {
    if (grant.reach.kind === 'all') all = true;
    else if (grant.reach.kind === 'site') siteIds.add(grant.reach.siteId);
    else if (grant.teamSiteId !== undefined) siteIds.add(grant.teamSiteId);
  }
  const granted: SiteScope = all ? 'all' : [...siteIds];
  const limit = principal.token?.siteIds ?? null;
  return limit === null ? granted : limit.filter(siteId => covers(granted, siteId));
}

/**
 * The people within the sites: `everyone` on a site, or the teams and the own person to which the grants are limited.
 */
export interface PeopleReach {
  readonly sitesWithEveryone: SiteScope;
  readonly teamIds: readonly string[];
  readonly agentId: string | null;
}

/** Whose data the permission reaches. */
export function peopleOf(principal: Principal, permission: Permission): PeopleReach {
  const whole: Principal = {
    ...principal,
    grants: principal.grants.filter(grant => grant.reach.kind === 'all' || grant.reach.kind === 'site'),
  };
  const granted = principal.grants.filter(grant => gives(grant, permission));
  const teamIds = granted.flatMap(grant => (grant.reach.kind === 'team' ? [grant.reach.teamId] : []));
  const self = granted.some(grant => grant.reach.kind === 'self');
  return {
    sitesWithEveryone: sitesOf(whole, permission),
    teamIds,
    agentId: self ? principal.agentId : null,
  };
}

/** Whether the reach covers one person. */
export function reachesPerson(
  reach: PeopleReach,
  person: { readonly id: string; readonly siteId: string; readonly teamId: string | null },
): boolean {
  if (covers(reach.sitesWithEveryone, person.siteId)) return true;
  if (person.teamId !== null && reach.teamIds.includes(person.teamId)) return true;
  return reach.agentId === person.id;
}
