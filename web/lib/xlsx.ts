import { downloadBlob, type Figures } from './csv.ts';

/** What the worker says when it has made a workbook, or could not. */
export type WorkbookMessage =
  | { readonly kind: 'done'; readonly workbook: Blob }
  | { readonly kind: 'failed'; readonly reason: string };

/** Hands a table to the browser as a workbook with one sheet, made beside the page so that years of rows do not stop it. */
export async function downloadXlsx(fileName: string, figures: Figures): Promise<void> {
  downloadBlob(fileName, await workbookOf(figures));
}

function workbookOf(figures: Figures): Promise<Blob> {
  const worker = new Worker(new URL('./xlsxWorker.ts', import.meta.url), { type: 'module' });
  return new Promise<Blob>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<WorkbookMessage>) => {
      if (data.kind === 'done') resolve(data.workbook);
      else reject(new Error(data.reason));
    });
    worker.addEventListener('error', event => reject(new Error(event.message)));
    worker.postMessage(figures);
  }).finally(() => worker.terminate());
}
