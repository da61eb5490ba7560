import writeXlsxFile from 'write-excel-file/browser';
import type { CsvCell, Figures } from './csv.ts';
import type { WorkbookMessage } from './xlsx.ts';

/** Makes a workbook. Every cell states its kind, so that none is a formula. */
self.addEventListener('message', async ({ data: { header, rows } }: MessageEvent<Figures>) => {
  const heading = header.map(value => ({ type: String, value, fontWeight: 'bold' as const }));
  try {
    const workbook = await writeXlsxFile([heading, ...rows.map(row => row.map(xlsxCell))]).toBlob();
    tell({ kind: 'done', workbook });
  } catch (error) {
    tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
  }
});

function tell(message: WorkbookMessage): void {
  self.postMessage(message);
}

function xlsxCell(value: CsvCell) {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return { type: String, value };
  return Number.isFinite(value) ? { type: Number, value } : null;
}
