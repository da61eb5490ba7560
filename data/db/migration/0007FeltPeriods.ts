import type { Ddl } from './ddl.ts';

/**
 * What patients felt may be known for a week or a month only: a value has a last day beside its first one. Both are part
 * of the key, so that a month does not replace its own first day.
 */
export async function createFeltPeriods({ run }: Ddl): Promise<void> {
  await run(`alter table felt_measure rename to felt_measure_by_day`);
  await run(`drop index felt_measure_site`);
  await run(`create table felt_measure (
    site_id text not null references site (id) on delete cascade,
    queue_id text not null references queue (id) on delete cascade, measure text not null, date text not null,
    to_date text not null, value float not null, answers integer, batch_id text,
    primary key (queue_id, measure, date, to_date)) {clustered}`);
  await run(`create index felt_measure_site on felt_measure (site_id)`);
  await run(`insert into felt_measure (site_id, queue_id, measure, date, to_date, value, answers, batch_id)
    select site_id, queue_id, measure, date, date, value, answers, batch_id from felt_measure_by_day`);
  await run(`drop table felt_measure_by_day`);
}
