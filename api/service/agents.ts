import { z } from 'zod';
import type { Db } from '../../data/db/connect.ts';
import { type Agent, createAgents, findAgent, listAgents, updateAgent } from '../../data/store/agents.ts';
import { listSkills, listTeams } from '../../data/store/teams.ts';
import { peopleOf, reachesPerson } from '../auth/principal.ts';
import { type Agent as AgentAnswer, availabilityWindowSchema, contractSchema } from '../contract/people.ts';
import { assertReaches, type Context, mutate, reach } from './context.ts';
import { found, Refusal } from './refusal.ts';
import { asJson } from './storedQueue.ts';
import { unlessConflict } from './unlessConflict.ts';

type AgentFields = Omit<AgentAnswer, 'id' | 'active' | 'revision'>;
type AgentChange = { readonly [Key in keyof AgentAnswer]?: AgentAnswer[Key] | undefined };

/** Agents in reach; those who left only when asked for. */
export async function readAgents(
  context: Context,
  filter: { readonly siteId?: string | undefined; readonly former?: boolean | undefined },
): Promise<readonly AgentAnswer[]> {
  const people = peopleOf(context.principal, 'people.read');
  const agents = await listAgents(context.environment.store.db, reach(context, 'people.read'), {
    ...(filter.siteId !== undefined && { siteId: filter.siteId }),
    activeOnly: filter.former !== true,
  });
  return agents.filter(agent => reachesPerson(people, agent)).map(presentAgent);
}

/** Adds an agent. */
export async function addAgent(context: Context, input: AgentFields): Promise<AgentAnswer> {
  assertReaches(context, 'people.manage', input.siteId);
  return mutate(context, 'agent.create', async db => {
    await assertBelongs(db, input.siteId, input);
    const [agent] = await createAgents(db, [
      { ...toColumns(input), siteId: input.siteId, name: input.name, createdAt: context.environment.now() },
    ]);
    const value = presentAgent(found(agent));
    return { value, subjectKind: 'agent', subjectId: value.id, siteId: input.siteId };
  });
}

/** Changes an agent who still has the revision that the caller read. */
export async function changeAgent(
  context: Context,
  id: string,
  revision: number,
  change: AgentChange,
): Promise<AgentAnswer> {
  const scope = reach(context, 'people.manage');
  return mutate(context, 'agent.update', async db => {
    const before = found(await findAgent(db, scope, id));
    await assertBelongs(db, before.siteId, change);
    unlessConflict(await updateAgent(db, scope, id, revision, toColumns(change, before)));
    const value = presentAgent(found(await findAgent(db, scope, id)));
    return { value, subjectKind: 'agent', subjectId: id, siteId: before.siteId, detail: asJson(change) };
  });
}

/** Changes several agents alike: all of them or none. */
export async function changeAgents(
  context: Context,
  input: {
    readonly ids: readonly string[];
    readonly change: AgentChange;
    readonly addSkillIds: readonly string[];
    readonly removeSkillIds: readonly string[];
  },
): Promise<readonly AgentAnswer[]> {
  const scope = reach(context, 'people.manage');
  return mutate(context, 'agent.updateMany', async db => {
    const agents = await listAgents(db, scope, { ids: input.ids });
    if (agents.length !== new Set(input.ids).size) throw new Refusal('notFound');
    const changed: AgentAnswer[] = [];
    for (const agent of agents) {
      const kept = readSkills(agent).filter(skill => !input.removeSkillIds.includes(skill.skillId));
      const added = input.addSkillIds.filter(id => !kept.some(skill => skill.skillId === id));
      const skills = [...kept, ...added.map(skillId => ({ skillId, level: 3 }))];
      await assertBelongs(db, agent.siteId, { ...input.change, skills });
      unlessConflict(
        await updateAgent(db, scope, agent.id, agent.revision, toColumns({ ...input.change, skills }, agent)),
      );
      changed.push(presentAgent(found(await findAgent(db, scope, agent.id))));
    }
    return {
      value: changed,
      subjectKind: 'agent',
      detail: asJson({ ...input, ids: input.ids }),
    };
  });
}

/** Refuses a team or skill of another site. */
async function assertBelongs(
  db: Db,
  siteId: string,
  input: Pick<AgentChange, 'teamId' | 'skills'>,
): Promise<void> {
  if (input.teamId !== undefined && input.teamId !== null) {
    const teams = await listTeams(db, 'all', siteId);
    if (!teams.some(team => team.id === input.teamId))
      throw new Refusal('invalid', 'body.teamId: no such team');
  }
  if (input.skills !== undefined && input.skills.length > 0) {
    const known = new Set((await listSkills(db, 'all', siteId)).map(skill => skill.id));
    if (input.skills.some(skill => !known.has(skill.skillId))) {
      throw new Refusal('invalid', 'body.skills: no such skill at this site');
    }
  }
}

/** `before` has what the change leaves alone: windows and shift templates share a column. */
function toColumns(change: AgentChange, before?: Pick<Agent, 'availability'>) {
  const { teamId, externalId, name, skills, contract, availability, shiftTemplateIds } = change;
  const { licence, costPerHourCents, hiredOn, leftOn, active } = change;
  const kept = before ? readAvailability(before) : { windows: [], templateIds: [] };
  return {
    ...(teamId !== undefined && { teamId }),
    ...(externalId !== undefined && { externalId }),
    ...(name !== undefined && { name }),
    ...(skills !== undefined && {
      skills: asJson(skills.map(({ skillId, level }) => ({ skill: skillId, level }))),
    }),
    ...(contract !== undefined && { contract: asJson(contract) }),
    ...((availability !== undefined || shiftTemplateIds !== undefined) && {
      availability: asJson({
        windows: availability ?? kept.windows,
        templateIds: shiftTemplateIds ?? kept.templateIds,
      }),
    }),
    ...(licence !== undefined && { licence }),
    ...(costPerHourCents !== undefined && { costPerHourCents }),
    ...(hiredOn !== undefined && { hiredOn }),
    ...(leftOn !== undefined && { leftOn }),
    ...(active !== undefined && { active }),
  };
}

const skillsSchema = z.array(z.object({ skill: z.string(), level: z.int().min(1).max(5).optional() }));
const availabilitySchema = z.object({
  windows: z.array(availabilityWindowSchema).optional(),
  templateIds: z.array(z.string()).optional(),
});

/** The skills of a stored agent. */
export function readSkills(agent: Pick<Agent, 'skills'>): { skillId: string; level: number }[] {
  const skills = skillsSchema.safeParse(agent.skills);
  return skills.success ? skills.data.map(({ skill, level }) => ({ skillId: skill, level: level ?? 3 })) : [];
}

/** When a stored agent can work, and on which templates; empty means always and any. */
export function readAvailability(agent: Pick<Agent, 'availability'>) {
  const list = z.array(availabilityWindowSchema).safeParse(agent.availability);
  if (list.success) return { windows: list.data, templateIds: [] };
  const stored = availabilitySchema.safeParse(agent.availability);
  return {
    windows: (stored.success ? stored.data.windows : undefined) ?? [],
    templateIds: (stored.success ? stored.data.templateIds : undefined) ?? [],
  };
}

/** The contract hours of a stored agent; a full week of 40 where none is stored. */
export function readContract(agent: Pick<Agent, 'contract'>) {
  const contract = contractSchema.safeParse(agent.contract);
  return contract.success
    ? contract.data
    : { minHoursPerWeek: 0, targetHoursPerWeek: 40, maxHoursPerWeek: 40 };
}

function presentAgent(agent: Agent): AgentAnswer {
  const { windows, templateIds } = readAvailability(agent);
  return {
    id: agent.id,
    siteId: agent.siteId,
    teamId: agent.teamId,
    externalId: agent.externalId,
    name: agent.name,
    skills: readSkills(agent),
    contract: readContract(agent),
    availability: windows,
    shiftTemplateIds: templateIds,
    licence: agent.licence,
    costPerHourCents: agent.costPerHourCents,
    hiredOn: agent.hiredOn,
    leftOn: agent.leftOn,
    active: agent.active,
    revision: agent.revision,
  };
}
