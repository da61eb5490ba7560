import type { Ddl } from './ddl.ts';

/** Scenarios, forecasts and their override layers, staffing plans, schedules, their operations, publications. */
export async function createPlans({ engine, run }: Ddl): Promise<void> {
  await run(`create table scenario (
    id text primary key, site_id text not null references site (id) on delete cascade, name text not null,
    kind text not null, basis text not null, changes text not null, result text, share_token_hash text unique,
    revision integer not null, created_by text, created_at bigint not null, updated_at bigint not null)`);
  await run(`create index scenario_site on scenario (site_id)`);
  await run(`create table forecast (
    id text primary key, site_id text not null references site (id) on delete cascade,
    queue_id text not null references queue (id) on delete cascade, name text not null,
    origin_epoch_seconds bigint not null, start bigint not null, step_seconds integer not null,
    time_zone text not null, count integer not null, method text not null, inputs text not null,
    seed bigint not null, software_version text not null, columns text not null, accuracy text,
    scenario_id text references scenario (id) on delete set null, revision integer not null,
    created_by text, created_at bigint not null)`);
  await run(`create index forecast_queue on forecast (queue_id, created_at)`);
  await run(`create index forecast_site on forecast (site_id, created_at)`);
  await run(`create index forecast_scenario on forecast (scenario_id)`);
  await run(`create table forecast_layer (
    id text primary key, forecast_id text not null references forecast (id) on delete cascade,
    site_id text not null references site (id) on delete cascade, ordinal integer not null, name text not null,
    content text not null, enabled flag not null, revision integer not null, created_by text,
    created_at bigint not null, unique (forecast_id, ordinal))`);
  await run(`create index forecast_layer_site on forecast_layer (site_id)`);
  await run(`create table staffing_plan (
    id text primary key, site_id text not null references site (id) on delete cascade,
    queue_id text not null references queue (id) on delete cascade,
    forecast_id text references forecast (id) on delete set null,
    scenario_id text references scenario (id) on delete set null, name text not null, start bigint not null,
    step_seconds integer not null, time_zone text not null, count integer not null, goals text not null,
    assumptions text not null, method text not null, columns text not null, software_version text not null,
    created_by text, created_at bigint not null)`);
  await run(`create index staffing_plan_queue on staffing_plan (queue_id, created_at)`);
  await run(`create index staffing_plan_site on staffing_plan (site_id, created_at)`);
  await run(`create index staffing_plan_forecast on staffing_plan (forecast_id)`);
  await run(`create index staffing_plan_scenario on staffing_plan (scenario_id)`);
  await createSchedules(run);
  await refusePublicationChanges({ engine, run });
}

async function createSchedules(run: Ddl['run']): Promise<void> {
  await run(`create table schedule (
    id text primary key, site_id text not null references site (id) on delete cascade, name text not null,
    week_start text not null, days integer not null, time_zone text not null, step_seconds integer not null,
    status text not null check (status in ('draft', 'published', 'archived')), inputs text not null,
    scenario_id text references scenario (id) on delete set null, revision integer not null,
    created_by text, created_at bigint not null, updated_at bigint not null)`);
  await run(`create index schedule_site on schedule (site_id, week_start)`);
  await run(`create index schedule_scenario on schedule (scenario_id)`);
  await run(`create table schedule_agent_week (
    schedule_id text not null references schedule (id) on delete cascade,
    agent_id text not null references agent (id) on delete cascade,
    site_id text not null references site (id) on delete cascade, content text not null,
    day_revisions text not null, paid_minutes integer not null, revision integer not null,
    updated_at bigint not null, primary key (schedule_id, agent_id)) {clustered}`);
  await run(`create index schedule_agent_week_agent on schedule_agent_week (agent_id)`);
  await run(`create index schedule_agent_week_site on schedule_agent_week (site_id)`);
  await run(`create table schedule_operation (
    schedule_id text not null references schedule (id) on delete cascade, sequence integer not null,
    site_id text not null references site (id) on delete cascade, label text not null, operation text not null,
    inverse text not null, undoes integer, agent_ids text not null, created_by text, created_at bigint not null,
    primary key (schedule_id, sequence)) {clustered}`);
  await run(`create index schedule_operation_site on schedule_operation (site_id)`);
  await run(`create table publication (
    id text primary key, site_id text not null references site (id) on delete cascade,
    schedule_id text not null references schedule (id) on delete cascade, week_start text not null,
    version integer not null, content text not null, content_hash text not null, requirement text not null,
    forecast_ids text not null, seed bigint, software_version text not null, prediction text, note text,
    published_by text, published_at bigint not null, unique (site_id, week_start, version))`);
  await run(`create index publication_schedule on publication (schedule_id)`);
}

/** A published version is what people were told: it can go with its site, never change. */
async function refusePublicationChanges({ engine, run }: Ddl): Promise<void> {
  if (engine === 'sqlite') {
    await run(`create trigger publication_immutable before update on publication
      begin select raise(abort, 'a publication cannot be changed'); end`);
    return;
  }
  await run(`create function publication_immutable() returns trigger language plpgsql as
    $$ begin raise exception 'a publication cannot be changed'; end $$`);
  await run(`create trigger publication_immutable before update on publication
    for each row execute function publication_immutable()`);
}
