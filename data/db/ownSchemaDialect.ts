import { type DatabaseIntrospector, type Kysely, PostgresDialect, sql, type TableMetadata } from 'kysely';

/**
 * PostgreSQL as its migrator looks at it: the tables of the current schema alone. Kysely's own look reads the columns
 * of every schema, which is slow in a large database and fails when another program drops a table meanwhile.
 */
export class OwnSchemaDialect extends PostgresDialect {
  override createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    const whole = super.createIntrospector(db);
    const getTables = () => tablesOfCurrentSchema(db);
    return {
      getSchemas: () => whole.getSchemas(),
      getTables,
      getMetadata: async () => ({ tables: await getTables() }),
    };
  }
}

async function tablesOfCurrentSchema(db: Kysely<unknown>): Promise<TableMetadata[]> {
  const { rows } = await sql<{ name: string; schema: string }>`
    select tablename as name, schemaname as schema from pg_tables where schemaname = current_schema()`.execute(
    db,
  );
  return rows.map(row => ({ ...row, isView: false, columns: [] }));
}
