import type { Db } from '../db/connect.ts';
import { newId } from '../db/id.ts';

/** How far a role reaches: every site, one site, one team, or only the user. */
export type RoleScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'site'; readonly siteId: string }
  | { readonly kind: 'team'; readonly teamId: string }
  | { readonly kind: 'self' };

/** A role given to a user. What a role permits is the identity layer's table. */
export interface RoleAssignment {
  readonly id: string;
  readonly userId: string;
  readonly role: string;
  readonly scope: RoleScope;
  readonly grantedBy: string | null;
  readonly grantedAt: number;
}

/** Gives a role; giving it twice changes nothing. */
export async function grantRole(
  db: Db,
  grant: {
    readonly userId: string;
    readonly role: string;
    readonly scope: RoleScope;
    readonly grantedBy?: string | null;
    readonly grantedAt: number;
  },
): Promise<void> {
  const scopeId = scopeIdOf(grant.scope);
  await db
    .insertInto('roleAssignment')
    .values({
      id: newId(),
      userId: grant.userId,
      role: grant.role,
      scopeKind: grant.scope.kind,
      scopeId,
      grantedBy: grant.grantedBy ?? null,
      grantedAt: grant.grantedAt,
    })
    .onConflict(conflict => conflict.doNothing())
    .execute();
}

/** Takes a role away; false when it was not held. */
export async function revokeRole(db: Db, assignmentId: string): Promise<boolean> {
  const result = await db.deleteFrom('roleAssignment').where('id', '=', assignmentId).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** The roles of a user, or of everyone. */
export async function listRoles(db: Db, userId?: string): Promise<readonly RoleAssignment[]> {
  let query = db.selectFrom('roleAssignment').selectAll();
  if (userId !== undefined) query = query.where('userId', '=', userId);
  const rows = await query.orderBy('userId').orderBy('role').orderBy('id').execute();
  return rows.map(({ scopeKind, scopeId, ...rest }) => ({ ...rest, scope: toScope(scopeKind, scopeId) }));
}

function scopeIdOf(scope: RoleScope): string | null {
  if (scope.kind === 'site') return scope.siteId;
  return scope.kind === 'team' ? scope.teamId : null;
}

function toScope(kind: string, id: string | null): RoleScope {
  if (kind === 'all') return { kind };
  if (kind === 'site' && id !== null) return { kind, siteId: id };
  if (kind === 'team' && id !== null) return { kind, teamId: id };
  return { kind: 'self' };
}
