import type { z } from 'zod';
import type { ImportMapping, importPreviewSchema } from '../../../api/contract/import.ts';

export type ImportPreview = z.output<typeof importPreviewSchema>;

/** What the steps between upload and check share. */
export interface StepProps {
  readonly preview: ImportPreview;
  readonly mapping: ImportMapping;
  readonly onChange: (mapping: ImportMapping) => void;
  readonly onBack: () => void;
  readonly onNext: () => void;
}
