import type { Pool } from 'pg';
import PgBoss from 'pg-boss';
import { PROGRAM_ROLE } from './postgres.ts';

/** The queue of tickets: each stands for one row of the job table. */
export const TICKETS = 'job';

/** How tickets are handed out. */
export interface TicketTimes {
  /** A ticket that was taken is given out again after so long: whoever gets it looks whether its job still runs. */
  readonly againSeconds: number;
  /** How often that is looked after. */
  readonly lookSeconds: number;
}

export const TICKET_TIMES: TicketTimes = { againSeconds: 10, lookSeconds: 5 };

/** Tickets are given out as often as their job needs. */
const RETRY_LIMIT = 1_000_000_000;

/** pg-boss on a pool of the store, in a schema beside the store's own. It changes no schema by itself. */
export async function openTickets(pool: Pool, times: TicketTimes = TICKET_TIMES): Promise<PgBoss> {
  return new PgBoss({
    ...(await settingsOn(pool)),
    maintenanceIntervalSeconds: times.lookSeconds,
    migrate: false,
  });
}

/** Whether the schema of the tickets is there and of this version. */
export async function ticketsStand(pool: Pool): Promise<boolean> {
  const boss = new PgBoss({ ...(await settingsOn(pool)), supervise: false, migrate: false });
  try {
    await boss.start();
    return true;
  } catch {
    return false;
  } finally {
    await boss.stop({ graceful: false, close: false });
  }
}

/** Makes or updates the schema of the tickets as the owner of the database, and lets the program's role use it. */
export async function raiseTickets(pool: Pool): Promise<void> {
  const settings = await settingsOn(pool);
  const boss = new PgBoss({ ...settings, supervise: false, migrate: true });
  await boss.start();
  try {
    await boss.createQueue(TICKETS, {
      name: TICKETS,
      expireInSeconds: TICKET_TIMES.againSeconds,
      retryLimit: RETRY_LIMIT,
      retryDelay: 0,
    });
  } finally {
    await boss.stop({ graceful: false, close: false });
  }
  await pool.query(`do $$ begin
    if exists (select 1 from pg_roles where rolname = '${PROGRAM_ROLE}') then
      grant usage on schema ${settings.schema} to ${PROGRAM_ROLE};
      grant select, insert, update, delete on all tables in schema ${settings.schema} to ${PROGRAM_ROLE};
    end if;
  end $$`);
}

async function settingsOn(pool: Pool) {
  const { rows } = await pool.query<{ schema: string }>('select current_schema() as schema');
  const own = rows[0]?.schema ?? 'public';
  return { db: { executeSql: statementsOn(pool) }, schema: `${own}_ticket`, schedule: false };
}

/** Runs one of pg-boss's statements. Some are whole transactions: a connection on which one failed is not used again. */
function statementsOn(pool: Pool) {
  return async (text: string, values: unknown[] = []) => {
    const client = await pool.connect();
    try {
      const answer = await client.query(text, values);
      client.release();
      return { rows: answer.rows };
    } catch (error) {
      client.release(true);
      throw error;
    }
  };
}
