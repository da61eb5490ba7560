import type { historyRoutes } from '../../contract/history.ts';
import { importRoutes } from '../../contract/import.ts';
import { readFindings, readHistory, readHistoryDays, settleFinding } from '../../service/history.ts';
import {
  checkImport,
  discardUpload,
  importHistory,
  importTemplate,
  previewImport,
  readImport,
  readImports,
  takeUpload,
  undoBatch,
} from '../../service/imports.ts';
import type { Handlers } from '../reply.ts';

export const historyHandlers: Handlers<typeof historyRoutes> = {
  getHistory: ({ context, params, query }) => readHistory(context, params.id, query),
  getHistoryDays: ({ context, params, query }) => readHistoryDays(context, params.id, query),
  listFindings: async ({ context, params }) => ({ items: await readFindings(context, params.id) }),
  decideFinding: ({ context, params, body }) => settleFinding(context, params.id, params.findingId, body),
};

export const importHandlers: Handlers<typeof importRoutes> = {
  uploadImport: ({ context, query, upload }) =>
    takeUpload(context, query, upload, importRoutes.uploadImport.upload.maxBytes),
  listImports: ({ context, query }) => readImports(context, query),
  getImport: ({ context, params }) => readImport(context, params.id),
  previewImport: ({ context, params }) => previewImport(context, params.id),
  checkImport: ({ context, params, body }) => checkImport(context, params.id, body),
  commitImport: ({ context, params, body }) => importHistory(context, params.id, body),
  undoImport: ({ context, params }) => undoBatch(context, params.id),
  discardImport: ({ context, params }) => discardUpload(context, params.id),
  downloadImportTemplate: () => ({
    kind: 'file',
    contentType: 'text/csv; charset=utf-8',
    fileName: 'coverline-template.csv',
    content: importTemplate(),
  }),
};
