import type { Insertable, Selectable, Updateable } from 'kysely';
import { anyJson, flag, type JsonValue } from '../db/codec.ts';
import type { Db } from '../db/connect.ts';
import { takeNumbers } from '../db/counter.ts';
import { newId } from '../db/id.ts';
import { inScope, type SiteScope } from '../db/scope.ts';
import type { AgentTable } from '../db/table/people.ts';
import { type UpdateOutcome, updateIfUnchanged } from '../db/update.ts';

/** Somebody who handles contacts. Contract, skills and availability keep the shape that scheduling gives them. */
export interface Agent {
  readonly id: string;
  readonly siteId: string;
  /** Short key of the agent in actuals. */
  readonly number: number;
  readonly teamId: string | null;
  /** The agent's key in the source system. */
  readonly externalId: string | null;
  readonly name: string;
  readonly skills: JsonValue;
  readonly contract: JsonValue;
  readonly availability: JsonValue;
  /** A professional licence that some work asks for, for example `RN`. */
  readonly licence: string | null;
  readonly costPerHourCents: number | null;
  readonly hiredOn: string | null;
  readonly leftOn: string | null;
  readonly active: boolean;
  readonly revision: number;
  readonly createdAt: number;
}

/** What a new agent needs. */
export interface NewAgent
  extends Pick<Agent, 'siteId' | 'name' | 'createdAt'>,
    Partial<Omit<Agent, 'id' | 'siteId' | 'number' | 'name' | 'revision' | 'createdAt'>> {}

/** Fields of an agent that can be changed. */
export type AgentChange = Partial<Omit<Agent, 'id' | 'siteId' | 'number' | 'revision' | 'createdAt'>>;

/** Adds agents to their sites, in the order given. */
export async function createAgents(db: Db, inputs: readonly NewAgent[]): Promise<readonly Agent[]> {
  if (inputs.length === 0) return [];
  const firstNumber = await takeNumbers(db, 'agent', inputs.length);
  const agents = inputs.map(
    (input, index): Agent => ({
      teamId: null,
      externalId: null,
      skills: [],
      contract: {},
      availability: {},
      licence: null,
      costPerHourCents: null,
      hiredOn: null,
      leftOn: null,
      active: true,
      ...input,
      id: newId(),
      number: firstNumber + index,
      revision: 1,
    }),
  );
  for (let from = 0; from < agents.length; from += 500) {
    await db
      .insertInto('agent')
      .values(agents.slice(from, from + 500).map(toRow))
      .execute();
  }
  return agents;
}

/** Agents in scope by name. */
export async function listAgents(
  db: Db,
  scope: SiteScope,
  filter: {
    readonly siteId?: string;
    readonly teamId?: string;
    readonly activeOnly?: boolean;
    readonly ids?: readonly string[];
  } = {},
): Promise<readonly Agent[]> {
  if (filter.ids?.length === 0) return [];
  let query = db.selectFrom('agent').selectAll().where(inScope(scope));
  if (filter.siteId !== undefined) query = query.where('siteId', '=', filter.siteId);
  if (filter.teamId !== undefined) query = query.where('teamId', '=', filter.teamId);
  if (filter.activeOnly === true) query = query.where('active', '=', 1);
  if (filter.ids) query = query.where('id', 'in', filter.ids);
  return (await query.orderBy('name').orderBy('id').execute()).map(toAgent);
}

/** One agent, or undefined when there is none in scope. */
export async function findAgent(db: Db, scope: SiteScope, id: string): Promise<Agent | undefined> {
  const row = await db
    .selectFrom('agent')
    .selectAll()
    .where('id', '=', id)
    .where(inScope(scope))
    .executeTakeFirst();
  return row && toAgent(row);
}

/** Changes an agent if it still has `expectedRevision`. */
export async function updateAgent(
  db: Db,
  scope: SiteScope,
  id: string,
  expectedRevision: number,
  change: AgentChange,
): Promise<UpdateOutcome> {
  return updateIfUnchanged(db, 'agent', scope, id, expectedRevision, toColumns(change));
}

function toRow(agent: Agent): Insertable<AgentTable> {
  return {
    ...agent,
    skills: anyJson.encode(agent.skills),
    contract: anyJson.encode(agent.contract),
    availability: anyJson.encode(agent.availability),
    active: flag(agent.active),
  };
}

function toColumns(change: AgentChange): Updateable<AgentTable> {
  const { skills, contract, availability, active, ...plain } = change;
  return {
    ...plain,
    ...(skills !== undefined && { skills: anyJson.encode(skills) }),
    ...(contract !== undefined && { contract: anyJson.encode(contract) }),
    ...(availability !== undefined && { availability: anyJson.encode(availability) }),
    ...(active !== undefined && { active: flag(active) }),
  };
}

function toAgent(row: Selectable<AgentTable>): Agent {
  return {
    ...row,
    skills: anyJson.decode(row.skills),
    contract: anyJson.decode(row.contract),
    availability: anyJson.decode(row.availability),
    active: row.active === 1,
  };
}
