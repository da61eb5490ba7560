import type { Ddl } from './ddl.ts';

/** Files that wait to be imported. Where machines share a database, their bytes wait in it as well, in pieces. */
export async function createUploads({ engine, run }: Ddl): Promise<void> {
  await run(`create table import_upload (
    id text primary key, site_id text not null references site (id) on delete cascade, file_name text not null,
    bytes bigint, mapping text, report text, created_by text not null, created_at bigint not null)`);
  await run(`create index import_upload_site on import_upload (site_id, created_at)`);
  await run(`create table import_upload_piece (
    upload_id text not null references import_upload (id) on delete cascade, ordinal integer not null,
    content bytes not null, primary key (upload_id, ordinal))`);
  // Compressing what is read once costs more than it saves.
  if (engine === 'postgres')
    await run('alter table import_upload_piece alter column content set storage external');
  // Earlier versions kept what waits among the settings; their files are purged with them.
  await run(`delete from setting where scope = 'uploads'`);
}
