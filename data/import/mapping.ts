import { z } from 'zod';
import { FIELDS } from './field.ts';

const fieldNames = FIELDS.map(info => info.field);

const columnMapping = z.object({
  /** Position in the file, 0 = first. Positions, not names: names repeat. */
  index: z.int().min(0).max(255),
  field: z.enum(fieldNames),
  /** Of durations written as plain numbers. */
  unit: z.enum(['seconds', 'milliseconds', 'minutes', 'hours', 'days']).optional(),
  /** Of durations: the sum over the interval's contacts, or their mean. */
  aggregate: z.enum(['total', 'mean']).optional(),
  /** Of shares: 0.82 or 82. */
  share: z.enum(['fraction', 'percent']).optional(),
});

/** What one column of the file means. */
export type ColumnMapping = z.infer<typeof columnMapping>;

/** How a file is read: everything that detection suggests and a person can change. Plain JSON, so that it can be kept as a template. */
export const importMapping = z.object({
  preset: z.string(),
  rows: z.enum(['intervals', 'calls']),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'xlsx']),
  delimiter: z.enum([',', ';', '\t', '|']),
  /** Lines above the header (titles, notes). */
  skipRows: z.int().min(0).max(100),
  headerRows: z.int().min(0).max(2),
  decimal: z.enum(['.', ',']),
  dateOrder: z.enum(['yearFirst', 'dayFirst', 'monthFirst']),
  serial: z.enum(['text', 'excel', 'epochSeconds', 'epochMilliseconds']),
  /** The zone of times without an offset; null = each queue's own. */
  timeZone: z.string().nullable(),
  /** Whether a time marks the start or the end of its interval. */
  stamp: z.enum(['start', 'end']),
  /** Length of the file's intervals; null = each queue's own. */
  stepSeconds: z.int().min(60).max(3600).nullable(),
  columns: z.array(columnMapping),
  /** The queue of every row, when no column says it. */
  queueId: z.string().nullable(),
  /** Queues by the names in the queue column; names and aliases of queues need no entry. null = leave the rows out. */
  queueNames: z.record(z.string(), z.string().nullable()),
  /** Columns that look like patient data and are read all the same, by a person's explicit choice. */
  allowedGuarded: z.array(z.int().min(0)),
});

/** See `importMapping`. */
export type ImportMapping = z.infer<typeof importMapping>;

/** The first column mapped to a field. */
export function columnOf(mapping: ImportMapping, field: ColumnMapping['field']): ColumnMapping | undefined {
  return mapping.columns.find(column => column.field === field);
}

/** Faults of a mapping that no row can be read with; empty when it is usable. */
export function mappingFaults(mapping: ImportMapping): readonly string[] {
  const faults: string[] = [];
  const has = (field: ColumnMapping['field']) => columnOf(mapping, field) !== undefined;
  if (mapping.rows === 'intervals') {
    if (!has('intervalStart') && !(has('date') && has('time'))) {
      faults.push('map a column to Interval start, or one to Date and one to Time of day');
    }
    if (
      !['offered', 'handled', 'handle', 'talk'].some(field => mapping.columns.some(c => c.field === field))
    ) {
      faults.push('map at least one column to Offered, Handled or Handle time');
    }
  } else if (!has('arrival')) faults.push('map a column to Arrival');
  if (!has('queue') && mapping.queueId === null) faults.push('choose the queue, or map a column to Queue');
  const fields = mapping.columns.map(column => column.field);
  for (const field of new Set(fields.filter((field, i) => fields.indexOf(field) !== i))) {
    faults.push(`only one column can be ${FIELDS.find(info => info.field === field)?.label ?? field}`);
  }
  return faults;
}
