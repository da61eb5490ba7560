import type { Db } from '../db/connect.ts';
import { newId } from '../db/id.ts';
import { inScope, type SiteScope } from '../db/scope.ts';
import { deleteInScope } from '../db/update.ts';
import { textListColumn } from './calendarColumns.ts';

/** A team of a site. */
export interface Team {
  readonly id: string;
  readonly siteId: string;
  readonly name: string;
}

/** A skill: being able to handle the contacts of some queues. */
export interface Skill {
  readonly id: string;
  readonly siteId: string;
  readonly name: string;
  readonly queueIds: readonly string[];
}

/** Adds a team; its name must be new in the site. */
export async function createTeam(db: Db, input: Omit<Team, 'id'>): Promise<Team> {
  const team = { ...input, id: newId() };
  await db.insertInto('team').values(team).execute();
  return team;
}

/** Teams in scope by name. */
export async function listTeams(db: Db, scope: SiteScope, siteId?: string): Promise<readonly Team[]> {
  let query = db.selectFrom('team').selectAll().where(inScope(scope));
  if (siteId !== undefined) query = query.where('siteId', '=', siteId);
  return query.orderBy('name').orderBy('id').execute();
}

/** Adds a skill; its name must be new in the site. */
export async function createSkill(db: Db, input: Omit<Skill, 'id'>): Promise<Skill> {
  const skill = { ...input, id: newId() };
  await db
    .insertInto('skill')
    .values({ ...skill, queueIds: textListColumn.encode(skill.queueIds) })
    .execute();
  return skill;
}

/** Skills in scope by name. */
export async function listSkills(db: Db, scope: SiteScope, siteId?: string): Promise<readonly Skill[]> {
  let query = db.selectFrom('skill').selectAll().where(inScope(scope));
  if (siteId !== undefined) query = query.where('siteId', '=', siteId);
  const rows = await query.orderBy('name').orderBy('id').execute();
  return rows.map(row => ({ ...row, queueIds: textListColumn.decode(row.queueIds) }));
}

/** Changes a skill; false when there is none in scope. */
export async function updateSkill(
  db: Db,
  scope: SiteScope,
  id: string,
  change: { readonly name?: string; readonly queueIds?: readonly string[] },
): Promise<boolean> {
  const columns = {
    ...(change.name !== undefined && { name: change.name }),
    ...(change.queueIds !== undefined && { queueIds: textListColumn.encode(change.queueIds) }),
  };
  if (Object.keys(columns).length === 0) return true;
  const result = await db
    .updateTable('skill')
    .set(columns)
    .where('id', '=', id)
    .where(inScope(scope))
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Removes a skill. */
export async function deleteSkill(db: Db, scope: SiteScope, id: string): Promise<boolean> {
  return deleteInScope(db, 'skill', scope, id);
}
