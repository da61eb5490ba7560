import type { Ddl } from './ddl.ts';

/** Sites, queues, special days, settings. */
export async function createOrganisation({ run }: Ddl): Promise<void> {
  await run(`create table counter (name text primary key, value integer not null) {clustered}`);
  await run(`create table site (
    id text primary key, name text not null unique, time_zone text not null, currency text not null,
    country text, region text, sample flag not null, created_at bigint not null, archived_at bigint)`);
  await run(`create table queue (
    id text primary key, site_id text not null references site (id) on delete cascade,
    number integer not null unique, name text not null,
    channel text not null check (channel in ('voice', 'chat', 'message', 'callback', 'followUp')),
    time_zone text not null, step_seconds integer not null check (step_seconds between 60 and 3600),
    opening_hours text not null, goals text not null, patience text, shrinkage text,
    concurrency integer not null, short_abandon_seconds integer not null, planning_group text,
    aliases text not null, sort_order integer not null, revision integer not null,
    created_at bigint not null, archived_at bigint, unique (site_id, name))`);
  await run(`create table special_day (
    id text primary key, site_id text not null references site (id) on delete cascade,
    queue_id text references queue (id) on delete cascade, date text not null, name text not null,
    kind text not null check (kind in ('holiday', 'closure', 'event', 'outage')), hours text)`);
  await run(
    `create unique index special_day_once on special_day (site_id, coalesce(queue_id, ''), date, name)`,
  );
  await run(`create index special_day_queue on special_day (queue_id)`);
  await run(`create table setting (
    scope text not null, name text not null, value text not null, updated_at bigint not null, updated_by text,
    primary key (scope, name)) {clustered}`);
}
