import { type CsvCell, downloadBlob } from './csv.ts';

/** Sheets beyond this are packed by a worker made from text, which the content security policy forbids: they have their CSV. */
const MOST_CELLS = 4000;

export function fitsWorkbook(rows: number, columns: number): boolean {
  return (rows + 1) * columns <= MOST_CELLS;
}

/** Hands a table to the browser as a workbook with one sheet. Every cell states its kind, so that none is a formula. */
export async function downloadXlsx(
  fileName: string,
  header: readonly string[],
  rows: readonly (readonly CsvCell[])[],
): Promise<void> {
  const { default: writeXlsxFile } = await import('write-excel-file/browser');
  const heading = header.map(value => ({ type: String, value, fontWeight: 'bold' as const }));
  const blob = await writeXlsxFile([heading, ...rows.map(row => row.map(xlsxCell))]).toBlob();
  downloadBlob(fileName, blob);
}

function xlsxCell(value: CsvCell) {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return { type: String, value };
  return Number.isFinite(value) ? { type: Number, value } : null;
}
