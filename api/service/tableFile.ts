import { toCsv } from '../../data/export/csv.ts';
import { toXlsx } from '../../data/export/xlsx.ts';
import type { ExportTable } from './exportTables.ts';

/** The bytes of a table in the format asked for. */
export async function tableFile(table: ExportTable, format: 'csv' | 'xlsx'): Promise<string | Uint8Array> {
  return format === 'xlsx' ? toXlsx(table) : toCsv(table);
}
