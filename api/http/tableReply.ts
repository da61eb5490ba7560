import type { ExportTable } from '../service/exportTables.ts';
import { toCsv, toXlsx } from '../service/tableFile.ts';
import type { FileReply } from './reply.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A table as a file to save. */
export async function tableReply(table: ExportTable, format: 'csv' | 'xlsx'): Promise<FileReply> {
  const fileName = `${table.name}.${format}`;
  if (format === 'xlsx') return { kind: 'file', contentType: XLSX, fileName, content: await toXlsx(table) };
  return { kind: 'file', contentType: 'text/csv; charset=utf-8', fileName, content: toCsv(table) };
}
