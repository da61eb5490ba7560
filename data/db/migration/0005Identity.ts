import type { Ddl } from './ddl.ts';

/** Users, roles, sessions, tokens, login attempts, jobs and the audit trail. */
export async function createIdentity({ engine, run }: Ddl): Promise<void> {
  await run(`create table user_account (
    id text primary key, login text not null unique, name text not null, password_hash text,
    password_changed_at bigint, totp_secret text, totp_enabled flag not null, totp_last_step bigint,
    oidc_issuer text, oidc_subject text, agent_id text references agent (id) on delete set null,
    active flag not null, locale text, revision integer not null, created_at bigint not null,
    last_login_at bigint, unique (oidc_issuer, oidc_subject))`);
  await run(`create index user_account_agent on user_account (agent_id)`);
  await run(`create table role_assignment (
    id text primary key, user_id text not null references user_account (id) on delete cascade,
    role text not null, scope_kind text not null check (scope_kind in ('all', 'site', 'team', 'self')),
    scope_id text, granted_by text, granted_at bigint not null)`);
  await run(
    `create unique index role_assignment_once on role_assignment (user_id, role, scope_kind, coalesce(scope_id, ''))`,
  );
  await run(`create table session (
    token_hash text primary key, id text not null unique,
    user_id text not null references user_account (id) on delete cascade, created_at bigint not null,
    last_seen_at bigint not null, idle_expires_at bigint not null, expires_at bigint not null,
    user_agent text, address text) {clustered}`);
  await run(`create index session_by_user on session (user_id)`);
  await run(`create table api_token (
    id text primary key, user_id text not null references user_account (id) on delete cascade,
    name text not null, token_hash text not null unique, permissions text not null, site_ids text,
    created_at bigint not null, expires_at bigint not null, last_used_at bigint, revoked_at bigint)`);
  await run(`create index api_token_user on api_token (user_id)`);
  await run(`create table login_attempt (
    id text primary key, account text not null, address text not null, at bigint not null,
    succeeded flag not null)`);
  await run(`create index login_attempt_account on login_attempt (account, address, at)`);
  await run(`create index login_attempt_address on login_attempt (address, at)`);
  await createJobs(run);
  await createAudit({ engine, run });
}

async function createJobs(run: Ddl['run']): Promise<void> {
  await run(`create table job (
    id text primary key, site_id text references site (id) on delete cascade, kind text not null,
    input text not null,
    status text not null check (status in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    priority integer not null, progress float not null, message text, attempts integer not null,
    max_attempts integer not null, lease_owner text, lease_until bigint, fence integer not null,
    cancel_requested flag not null, dedupe_key text, result text, error text, created_by text,
    created_at bigint not null, run_after bigint not null, started_at bigint, finished_at bigint)`);
  await run(`create unique index job_dedupe on job (dedupe_key) where status in ('queued', 'running')`);
  await run(`create index job_claim on job (status, run_after)`);
  await run(`create index job_site on job (site_id, created_at)`);
}

async function createAudit({ engine, run }: Ddl): Promise<void> {
  await run(`create table audit_event (
    sequence bigint primary key, at bigint not null, actor_kind text not null, actor_id text,
    action text not null, outcome text not null, subject_kind text, subject_id text, site_id text,
    request_id text, address text, detail text not null, previous_hash text not null, hash text not null)`);
  await run(`create index audit_event_at on audit_event (at)`);
  await run(`create index audit_event_actor on audit_event (actor_id, sequence)`);
  await run(`create index audit_event_subject on audit_event (subject_kind, subject_id)`);
  if (engine === 'sqlite') {
    for (const change of ['update', 'delete']) {
      await run(`create trigger audit_event_no_${change} before ${change} on audit_event
        begin select raise(abort, 'the audit trail only grows'); end`);
    }
    return;
  }
  await run(`create function audit_event_append_only() returns trigger language plpgsql as
    $$ begin raise exception 'the audit trail only grows'; end $$`);
  await run(`create trigger audit_event_append_only before update or delete on audit_event
    for each row execute function audit_event_append_only()`);
  await run(`create trigger audit_event_no_truncate before truncate on audit_event
    for each statement execute function audit_event_append_only()`);
}
