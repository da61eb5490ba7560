import { CsvParser } from './csv.ts';

/** A record with the line in which it begins, first = 1. */
export type NumberedRecord = readonly [line: number, fields: readonly string[]];

/** Cuts a delimited text into its records with their lines. @throws CsvError for a text that is no table. */
export function numberedRecords(text: string, delimiter: string): readonly NumberedRecord[] {
  const records: NumberedRecord[] = [];
  const parser = new CsvParser({ delimiter, onRecord: (fields, line) => records.push([line, [...fields]]) });
  parser.write(text);
  parser.end();
  return records;
}
