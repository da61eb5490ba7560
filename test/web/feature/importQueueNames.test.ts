import { describe, expect, it } from 'vitest';
import { namesInFile } from '../../../web/feature/import/QueueNames.tsx';
import type { ImportPreview } from '../../../web/feature/import/step.ts';

const MAPPING: ImportPreview['mapping'] = {
  preset: 'none',
  rows: 'intervals',
  encoding: 'utf-8',
  delimiter: ';',
  skipRows: 0,
  headerRows: 1,
  decimal: ',',
  dateOrder: 'dayFirst',
  serial: 'text',
  timeZone: null,
  stamp: 'start',
  stepSeconds: null,
  columns: [{ index: 0, field: 'date' }],
  queueId: null,
  queueNames: {},
  allowedGuarded: [],
};

const PREVIEW: ImportPreview = {
  presetTitle: '',
  columns: [],
  rows: [
    ['02.03.2026', 'Termine', ' Rezepte '],
    ['02.03.2026', 'Termine', null],
    ['02.03.2026', '', 'Rezepte'],
  ],
  mapping: MAPPING,
  dateOrderCertain: true,
  queueNames: ['found by content'],
  fields: [],
};
Object.freeze(MAPPING);
Object.freeze(PREVIEW);

const choosing = (index: number) => ({ ...MAPPING, columns: [{ index, field: 'queue' as const }] });

describe('queue names in a file', () => {
  it('are those of the column that a person chose, each once', () => {
    expect(namesInFile(PREVIEW, choosing(1))).toEqual(['Termine']);
    expect(namesInFile(PREVIEW, choosing(2))).toEqual(['Rezepte']);
  });

  it('are the detected ones while the detected column stands, and none without a column', () => {
    expect(namesInFile({ ...PREVIEW, mapping: choosing(1) }, choosing(1))).toEqual(['found by content']);
    expect(namesInFile(PREVIEW, MAPPING)).toEqual([]);
  });
});
