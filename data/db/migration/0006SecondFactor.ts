import type { Ddl } from './ddl.ts';

/** A second factor that replaces the present one only once confirmed, and codes for when the phone is lost. */
export async function createSecondFactor({ run }: Ddl): Promise<void> {
  await run(`alter table user_account add column totp_pending_secret text`);
  await run(`create table recovery_code (
    user_id text not null references user_account (id) on delete cascade, code_hash text not null,
    primary key (user_id, code_hash)) {clustered}`);
}
