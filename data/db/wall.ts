import type { Pool, PoolClient } from 'pg';
import { PROGRAM_ROLE } from './postgres.ts';

/**
 * The second wall between sites, on PostgreSQL: row-level security. Store functions name their sites in every query;
 * should one forget, the database still shows it only the sites that its transaction named (`coverline.sites`, `*`
 * for all, nothing when unset).
 */

/** To which site a row belongs: by a column of its own, through another table's row, or to none. */
export type RowOwner =
  | { readonly kind: 'column'; readonly column: string }
  | { readonly kind: 'through'; readonly condition: string }
  | { readonly kind: 'none'; readonly why: string };

const SITE: RowOwner = { kind: 'column', column: 'site_id' };
const identity: RowOwner = { kind: 'none', why: 'who may sign in is decided before any site is known' };
const through = (table: string, key: string, own: string): RowOwner => ({
  kind: 'through',
  condition: `exists (select 1 from ${table} as owner where owner.${key} = ${own})`,
});

/** Every table. One that is not here fails `wall.test.ts`. */
export const ROW_OWNERS: Readonly<Record<string, RowOwner>> = {
  site: { kind: 'column', column: 'id' },
  queue: SITE,
  special_day: SITE,
  setting: {
    kind: 'through',
    condition: `scope = '' or scope = any ((select string_to_array(current_setting('coverline.sites', true), ','))::text[])
      or exists (select 1 from schedule as owner where 'schedule:' || owner.id = scope)`,
  },
  interval_history: through('queue', 'number', 'interval_history.queue_number'),
  import_batch: SITE,
  import_replaced: through('queue', 'number', 'import_replaced.queue_number'),
  import_template: SITE,
  import_upload: SITE,
  import_upload_piece: through('import_upload', 'id', 'import_upload_piece.upload_id'),
  history_finding: SITE,
  driver: SITE,
  driver_value: through('driver', 'id', 'driver_value.driver_id'),
  felt_measure: SITE,
  agent_actual: through('agent', 'number', 'agent_actual.agent_number'),
  forecast: SITE,
  forecast_layer: SITE,
  staffing_plan: SITE,
  scenario: SITE,
  team: SITE,
  skill: SITE,
  agent: SITE,
  shift_template: SITE,
  work_rule_set: SITE,
  time_off: SITE,
  ical_link: SITE,
  schedule: SITE,
  schedule_agent_week: SITE,
  schedule_operation: SITE,
  publication: SITE,
  job: SITE,
  audit_event: SITE,
  counter: { kind: 'none', why: 'numbers are counted over all sites' },
  user_account: identity,
  recovery_code: identity,
  role_assignment: identity,
  session: identity,
  api_token: identity,
  login_attempt: identity,
};

/** Tables of the migrator: read by the program, written by the owner. */
const MIGRATOR_TABLES = ['kysely_migration', 'kysely_migration_lock'];
const POLICY = 'sites';

/** Whether every table has its policy. */
export async function wallStands(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = current_schema() and c.relrowsecurity and c.relforcerowsecurity
       and exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = '${POLICY}')`,
  );
  const walled = new Set(rows.map(row => row.name));
  return Object.entries(ROW_OWNERS).every(([table, owner]) => owner.kind === 'none' || walled.has(table));
}

/**
 * Puts a policy on every table and lets the program's role in, as the owner of the tables. Running it again changes
 * nothing. Where the owner may not make roles, the program goes on as the owner, for whom the policies hold as well.
 */
export async function raiseWall(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const existing = await tablesOf(client);
    for (const [table, owner] of Object.entries(ROW_OWNERS))
      if (existing.has(table)) await raisePolicy(client, table, owner);
    await client.query(AUDIT_HEAD);
    if (await hasProgramRole(client)) await letIn(client);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

async function tablesOf(client: PoolClient): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ name: string }>(
    'select tablename as name from pg_tables where schemaname = current_schema()',
  );
  return new Set(rows.map(row => row.name));
}

async function raisePolicy(client: PoolClient, table: string, owner: RowOwner): Promise<void> {
  if (owner.kind === 'none') return;
  // Asked once per statement, not once per row.
  const sites = `(select current_setting('coverline.sites', true))`;
  const own =
    owner.kind === 'column'
      ? `${owner.column} = any ((select string_to_array(current_setting('coverline.sites', true), ','))::text[])`
      : owner.condition;
  const visible = `${sites} = '*' or (${sites} <> '' and (${own}))`;
  await client.query(`alter table ${table} enable row level security, force row level security`);
  await client.query(`drop policy if exists ${POLICY} on ${table}`);
  // The audit trail takes every entry, also those that belong to no site.
  const check = table === 'audit_event' ? 'with check (true)' : '';
  await client.query(`create policy ${POLICY} on ${table} using (${visible}) ${check}`);
}

/** The end of the audit trail, whatever sites the caller may see: the next entry is chained to it. */
const AUDIT_HEAD = `create or replace function audit_head() returns table (sequence bigint, hash text)
  language plpgsql as $$
  declare named text := coalesce(current_setting('coverline.sites', true), '');
  begin
    perform set_config('coverline.sites', '*', true);
    return query select last.sequence, last.hash from audit_event as last order by last.sequence desc limit 1;
    perform set_config('coverline.sites', named, true);
  end $$`;

/** Makes the program's role where that is allowed; many databases of one server share it. */
async function hasProgramRole(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ exists: boolean; mayMake: boolean }>(
    `select exists (select 1 from pg_roles where rolname = $1) as exists,
       (select rolsuper or rolcreaterole from pg_roles where rolname = current_user) as "mayMake"`,
    [PROGRAM_ROLE],
  );
  if (rows[0]?.exists === true) return true;
  if (rows[0]?.mayMake !== true) return false;
  await client.query(`do $$ begin
    create role ${PROGRAM_ROLE} nologin nosuperuser nobypassrls;
  exception when duplicate_object or unique_violation then null; end $$`);
  await client.query(`do $$ begin
    if not pg_has_role(current_user, '${PROGRAM_ROLE}', 'member') then grant ${PROGRAM_ROLE} to current_user; end if;
  end $$`);
  return true;
}

async function letIn(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ schema: string }>('select current_schema() as schema');
  const schema = client.escapeIdentifier(rows[0]?.schema ?? 'public');
  const list = MIGRATOR_TABLES.join(', ');
  for (const statement of [
    `grant usage on schema ${schema} to ${PROGRAM_ROLE}`,
    `grant select, insert, update, delete on all tables in schema ${schema} to ${PROGRAM_ROLE}`,
    `revoke insert, update, delete on ${list} from ${PROGRAM_ROLE}`,
    `revoke update, delete on audit_event from ${PROGRAM_ROLE}`,
  ])
    await client.query(statement);
}
