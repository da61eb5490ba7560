import { listAgents } from '../../data/store/agents.ts';
import { listQueues } from '../../data/store/queues.ts';
import {
  createSkill,
  createTeam,
  deleteSkill,
  listSkills,
  listTeams,
  type Skill,
  updateSkill,
} from '../../data/store/teams.ts';
import { readSkills } from './agents.ts';
import { assertReaches, type Context, mutate, reach } from './context.ts';
import { found, Refusal } from './refusal.ts';

/** Teams in reach. */
export async function readTeams(context: Context, siteId: string | undefined) {
  const teams = await listTeams(context.environment.store.db, reach(context, 'people.read'), siteId);
  return teams.map(team => ({ id: team.id, siteId: team.siteId, name: team.name }));
}

/** Adds a team. */
export async function addTeam(context: Context, input: { readonly siteId: string; readonly name: string }) {
  assertReaches(context, 'people.manage', input.siteId);
  return mutate(context, 'team.create', async db => {
    const teams = await listTeams(db, 'all', input.siteId);
    if (teams.some(team => team.name === input.name)) {
      throw new Refusal('unprocessable', 'a team of this name exists already');
    }
    const team = await createTeam(db, input);
    const value = { id: team.id, siteId: team.siteId, name: team.name };
    return { value, subjectKind: 'team', subjectId: team.id, siteId: team.siteId };
  });
}

/** Skills in reach. */
export async function readSkillList(context: Context, siteId: string | undefined) {
  const skills = await listSkills(context.environment.store.db, reach(context, 'people.read'), siteId);
  return skills.map(presentSkill);
}

type SkillFields = Pick<Skill, 'siteId' | 'name' | 'queueIds'>;

/** Adds a skill. */
export async function addSkill(context: Context, input: SkillFields) {
  assertReaches(context, 'people.manage', input.siteId);
  return mutate(context, 'skill.create', async db => {
    await assertSkill(db, input);
    const skill = await createSkill(db, input);
    return { value: presentSkill(skill), subjectKind: 'skill', subjectId: skill.id, siteId: skill.siteId };
  });
}

/** Renames a skill or changes the queues it serves. */
export async function changeSkill(context: Context, id: string, change: Omit<SkillFields, 'siteId'>) {
  const scope = reach(context, 'people.manage');
  return mutate(context, 'skill.update', async db => {
    const before = found((await listSkills(db, scope)).find(skill => skill.id === id));
    await assertSkill(db, { ...change, siteId: before.siteId }, id);
    await updateSkill(db, scope, id, change);
    const skill = { ...before, ...change };
    return { value: presentSkill(skill), subjectKind: 'skill', subjectId: id, siteId: before.siteId };
  });
}

/** Removes a skill that no agent holds. */
export async function removeSkill(context: Context, id: string): Promise<void> {
  const scope = reach(context, 'people.manage');
  await mutate(context, 'skill.remove', async db => {
    const skill = found((await listSkills(db, scope)).find(known => known.id === id));
    const holders = (await listAgents(db, scope, { siteId: skill.siteId })).filter(agent =>
      readSkills(agent).some(held => held.skillId === id),
    );
    if (holders.length > 0) throw new Refusal('wrongState', `${holders.length} agents hold this skill`);
    await deleteSkill(db, scope, id);
    return { value: undefined, subjectKind: 'skill', subjectId: id, siteId: skill.siteId };
  });
}

async function assertSkill(
  db: Parameters<typeof listSkills>[0],
  input: SkillFields,
  ownId?: string,
): Promise<void> {
  const others = (await listSkills(db, 'all', input.siteId)).filter(skill => skill.id !== ownId);
  if (others.some(skill => skill.name === input.name)) {
    throw new Refusal('unprocessable', 'a skill of this name exists already');
  }
  const queues = new Set((await listQueues(db, 'all', input.siteId)).map(queue => queue.id));
  if (input.queueIds.some(id => !queues.has(id))) {
    throw new Refusal('invalid', 'body.queueIds: no such queue at this site');
  }
}

function presentSkill(skill: Skill) {
  return { id: skill.id, siteId: skill.siteId, name: skill.name, queueIds: [...skill.queueIds] };
}
