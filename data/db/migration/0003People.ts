import type { Ddl } from './ddl.ts';

/** Teams, skills, agents, shift templates, work rules, time off, calendar links, agent actuals. */
export async function createPeople({ run }: Ddl): Promise<void> {
  await run(`create table team (
    id text primary key, site_id text not null references site (id) on delete cascade, name text not null,
    unique (site_id, name))`);
  await run(`create table skill (
    id text primary key, site_id text not null references site (id) on delete cascade, name text not null,
    queue_ids text not null, unique (site_id, name))`);
  await run(`create table agent (
    id text primary key, site_id text not null references site (id) on delete cascade,
    number integer not null unique, team_id text references team (id) on delete set null, external_id text,
    name text not null, skills text not null, contract text not null, availability text not null,
    licence text, cost_per_hour_cents integer, hired_on text, left_on text, active flag not null,
    revision integer not null, created_at bigint not null, unique (site_id, external_id))`);
  await run(`create index agent_team on agent (team_id)`);
  await run(`create table shift_template (
    id text primary key, site_id text not null references site (id) on delete cascade, name text not null,
    content text not null, active flag not null, revision integer not null, unique (site_id, name))`);
  await run(`create table work_rule_set (
    id text primary key, site_id text not null references site (id) on delete cascade, name text not null,
    content text not null, is_default flag not null, revision integer not null, unique (site_id, name))`);
  await run(`create table time_off (
    id text primary key, site_id text not null references site (id) on delete cascade,
    agent_id text not null references agent (id) on delete cascade, start bigint not null,
    ends_at bigint not null, category text not null,
    status text not null check (status in ('requested', 'approved', 'declined', 'withdrawn')),
    requested_by text, requested_at bigint not null, decided_by text, decided_at bigint,
    revision integer not null, check (ends_at > start))`);
  await run(`create index time_off_agent on time_off (agent_id, start)`);
  await run(`create index time_off_site on time_off (site_id, start)`);
  await run(`create table ical_link (
    id text primary key, site_id text not null references site (id) on delete cascade,
    agent_id text not null references agent (id) on delete cascade, token_hash text not null unique,
    created_at bigint not null, revoked_at bigint)`);
  await run(`create index ical_link_agent on ical_link (agent_id)`);
  await run(`create index ical_link_site on ical_link (site_id)`);
  await run(`create table agent_actual (
    agent_number integer not null references agent (number) on delete cascade, start bigint not null,
    scheduled_seconds integer not null, logged_in_seconds integer not null, handling_seconds integer not null,
    adherent_seconds integer not null, primary key (agent_number, start)) {clustered}`);
}
