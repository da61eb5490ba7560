import type { Db } from '../db/connect.ts';

/** What an agent did in one interval, in seconds. */
export interface AgentActual {
  readonly agentNumber: number;
  readonly start: number;
  readonly scheduledSeconds: number;
  readonly loggedInSeconds: number;
  readonly handlingSeconds: number;
  /** Seconds in which the agent did what the schedule said. */
  readonly adherentSeconds: number;
}

/** Stores actuals; an interval that exists takes the new values. */
export async function putAgentActuals(db: Db, rows: readonly AgentActual[]): Promise<void> {
  for (let from = 0; from < rows.length; from += 1000) {
    await db
      .insertInto('agentActual')
      .values(rows.slice(from, from + 1000))
      .onConflict(conflict =>
        conflict.columns(['agentNumber', 'start']).doUpdateSet(eb => ({
          scheduledSeconds: eb.ref('excluded.scheduledSeconds'),
          loggedInSeconds: eb.ref('excluded.loggedInSeconds'),
          handlingSeconds: eb.ref('excluded.handlingSeconds'),
          adherentSeconds: eb.ref('excluded.adherentSeconds'),
        })),
      )
      .execute();
  }
}

/** Actuals of some agents in `[fromEpochSeconds, toEpochSeconds)`, by agent and start. */
export async function readAgentActuals(
  db: Db,
  agentNumbers: readonly number[],
  fromEpochSeconds: number,
  toEpochSeconds: number,
): Promise<readonly AgentActual[]> {
  if (agentNumbers.length === 0) return [];
  return db
    .selectFrom('agentActual')
    .selectAll()
    .where('agentNumber', 'in', agentNumbers)
    .where('start', '>=', fromEpochSeconds)
    .where('start', '<', toEpochSeconds)
    .orderBy('agentNumber')
    .orderBy('start')
    .execute();
}
