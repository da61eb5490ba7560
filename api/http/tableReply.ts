import type { ExportTable } from '../service/exportTables.ts';
import { tableFile } from '../service/tableFile.ts';
import type { FileReply } from './reply.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A table as a file to save. */
export async function tableReply(table: ExportTable, format: 'csv' | 'xlsx'): Promise<FileReply> {
  return {
    kind: 'file',
    contentType: format === 'xlsx' ? XLSX : 'text/csv; charset=utf-8',
    fileName: `${table.name}.${format}`,
    content: await tableFile(table, format),
  };
}
