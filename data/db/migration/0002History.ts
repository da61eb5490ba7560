import type { Ddl } from './ddl.ts';

const MEASURES = `offered integer, handled integer, abandoned integer, short_abandoned integer,
    answered_within integer, talk_seconds integer, hold_seconds integer, wrap_seconds integer,
    handle_seconds integer, answer_wait_seconds integer, abandon_wait_seconds integer`;

/** Interval history, imports and what they replaced, findings, drivers, measures of what patients felt, agent actuals. */
export async function createHistory({ run }: Ddl): Promise<void> {
  await createImports(run);
  await run(`create table interval_history (
    queue_number integer not null references queue (number) on delete cascade, start bigint not null,
    ${MEASURES}, batch_number integer not null, primary key (queue_number, start)) {clustered}`);
  await run(`create table import_replaced (
    batch_number integer not null references import_batch (number) on delete cascade,
    queue_number integer not null references queue (number) on delete cascade, start bigint not null,
    ${MEASURES}, previous_batch_number integer not null,
    primary key (batch_number, queue_number, start)) {clustered}`);
  await run(`create index import_replaced_previous on import_replaced (previous_batch_number)`);
  await run(`create table history_finding (
    id text primary key, site_id text not null references site (id) on delete cascade,
    queue_id text not null references queue (id) on delete cascade, kind text not null,
    from_epoch_seconds bigint not null, to_epoch_seconds bigint not null,
    decision text not null check (decision in ('accept', 'keep', 'edit')),
    replacement text, note text, decided_by text, decided_at bigint not null,
    unique (queue_id, kind, from_epoch_seconds, to_epoch_seconds))`);
  await run(`create index history_finding_site on history_finding (site_id)`);
  await createMeasures(run);
}

async function createImports(run: Ddl['run']): Promise<void> {
  await run(`create table import_batch (
    id text primary key, number integer not null unique,
    site_id text not null references site (id) on delete cascade, source text not null, file_name text,
    format text not null, content_hash text not null, mapping text not null, report text not null,
    ranges_json text not null, rows_new integer not null, rows_changed integer not null,
    rows_same integer not null, rows_rejected integer not null,
    status text not null check (status in ('committed', 'undone')), created_by text,
    created_at bigint not null, undone_by text, undone_at bigint)`);
  await run(`create index import_batch_site on import_batch (site_id, created_at)`);
  await run(`create table import_template (
    id text primary key, site_id text not null references site (id) on delete cascade, name text not null,
    header_fingerprint text not null, mapping text not null, created_by text, created_at bigint not null,
    unique (site_id, name))`);
}

async function createMeasures(run: Ddl['run']): Promise<void> {
  await run(`create table driver (
    id text primary key, site_id text not null references site (id) on delete cascade,
    queue_id text references queue (id) on delete cascade, name text not null, unit text not null,
    created_at bigint not null)`);
  await run(`create index driver_site on driver (site_id)`);
  await run(`create index driver_queue on driver (queue_id)`);
  await run(`create table driver_value (
    driver_id text not null references driver (id) on delete cascade, date text not null,
    value float not null, known flag not null, primary key (driver_id, date)) {clustered}`);
  await run(`create table felt_measure (
    site_id text not null references site (id) on delete cascade,
    queue_id text not null references queue (id) on delete cascade, measure text not null, date text not null,
    value float not null, answers integer, batch_id text,
    primary key (queue_id, measure, date)) {clustered}`);
  await run(`create index felt_measure_site on felt_measure (site_id)`);
}
