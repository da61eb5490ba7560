import writeXlsxFile from 'write-excel-file/node';
import type { ExportTable } from './table.ts';

/** A table as a workbook with one sheet. Every cell states its kind, so that none is ever a formula. */
export async function toXlsx(table: ExportTable): Promise<Uint8Array> {
  const heading = table.headers.map(value => ({ type: String, value, fontWeight: 'bold' as const }));
  return writeXlsxFile([heading, ...table.rows.map(row => row.map(xlsxCell))]).toBuffer();
}

function xlsxCell(value: string | number | null) {
  if (value === null || (typeof value === 'number' && !Number.isFinite(value))) return null;
  return typeof value === 'number' ? { type: Number, value } : { type: String, value };
}
