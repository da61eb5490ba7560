import type { Client } from 'pg';

/** A column as the catalogue tells it. */
interface Column {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  /** The table and column that it refers to. */
  readonly foreignTable: string | null;
  readonly foreignColumn: string | null;
}

const COLUMNS = `
  select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
    f.relname as "foreignTable", fa.attname as "foreignColumn"
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_constraint k on k.conrelid = c.oid and k.contype = 'f' and k.conkey = array[a.attnum]
    left join pg_class f on f.oid = k.confrelid
    left join pg_attribute fa on fa.attrelid = f.oid and fa.attnum = k.confkey[1]
  where n.nspname = current_schema() and c.relkind = 'r' and c.relname not like 'kysely_%'
  order by c.relname, a.attnum`;

const CHECKS = `
  select c.relname as table, pg_get_constraintdef(k.oid) as definition
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = current_schema() and k.contype = 'c'`;

/**
 * Puts one row for each site into every table of the schema, whatever tables there are: the values come from the
 * catalogue. The row of a site refers to rows of that site. Answers which sites have a row in each table.
 */
export async function fillEveryTable(
  owner: Client,
  sites: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows: columns } = await owner.query<Column>(COLUMNS);
  const { rows: checks } = await owner.query<{ table: string; definition: string }>(CHECKS);
  const filled = new Map<string, string[]>();
  for (const site of sites) {
    const made = new Map<string, ReadonlyMap<string, unknown>>();
    for (const table of inOrder(columns)) {
      const own = columns.filter(column => column.table === table);
      const allowed = checks.filter(check => check.table === table).map(check => check.definition);
      const row = new Map(own.map(column => [column.name, valueFor(column, site, made, allowed)]));
      const names = [...row.keys()];
      await owner.query(
        `insert into ${table} (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})`,
        [...row.values()],
      );
      made.set(table, row);
      filled.set(table, [...(filled.get(table) ?? []), site]);
    }
  }
  return filled;
}

/** Tables so that each comes after those that it refers to. */
function inOrder(columns: readonly Column[]): readonly string[] {
  const left = new Set(columns.map(column => column.table));
  const order: string[] = [];
  while (left.size > 0) {
    const next = [...left].find(table =>
      columns.every(
        ({ table: own, foreignTable }) =>
          own !== table || foreignTable === null || foreignTable === table || !left.has(foreignTable),
      ),
    );
    if (next === undefined)
      throw new Error(`tables refer to each other in a circle: ${[...left].join(', ')}`);
    left.delete(next);
    order.push(next);
  }
  return order;
}

let counted = 100;

function valueFor(
  column: Column,
  site: string,
  made: ReadonlyMap<string, ReadonlyMap<string, unknown>>,
  checks: readonly string[],
): unknown {
  if (column.foreignTable !== null)
    return made.get(column.foreignTable)?.get(column.foreignColumn ?? '') ?? null;
  if (column.table === 'site' && column.name === 'id') return site;
  if (column.name === 'site_id') return site;
  // Settings of a site are kept under its id.
  if (column.table === 'setting' && column.name === 'scope') return site;
  const listed = checks.find(check => check.includes(`(${column.name} = ANY`) && check.includes("'"));
  if (listed !== undefined) return /'([^']+)'/.exec(listed)?.[1];
  // Numbers grow, so that every key is new and every end lies after its start; flags stay 0.
  if (column.type === 'smallint') return 0;
  if (/^(integer|bigint|double precision)$/.test(column.type)) return counted++;
  if (column.type === 'bytea') return Buffer.from('bytes');
  return `${site} ${column.name}`;
}
