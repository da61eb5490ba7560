import { AUDIT_LOCK, type AuditEntry, chained } from '../../store/audit.ts';
import { type Stage, wholeNumber } from './stage.ts';

/** Puts an entry into the audit trail inside the transaction of the import that it records. */
export async function auditBatch(stage: Stage, entry: AuditEntry): Promise<void> {
  const row = chained(entry, await headOf(stage));
  const columns = Object.keys(row).map(name => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`));
  await stage.run(
    `insert into audit_event (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
    Object.values(row),
  );
}

async function headOf(
  stage: Stage,
): Promise<{ readonly sequence: number; readonly hash: string } | undefined> {
  if (stage.engine === 'postgres') await stage.query(`select pg_advisory_xact_lock(${AUDIT_LOCK})`);
  const [last] = await stage.query(
    stage.engine === 'postgres'
      ? 'select * from audit_head()'
      : 'select sequence, hash from audit_event order by sequence desc limit 1',
  );
  return last && { sequence: wholeNumber(last.sequence), hash: String(last.hash) };
}
