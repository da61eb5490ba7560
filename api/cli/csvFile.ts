import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { CommandError } from './args.ts';

/** One row of a small table, by lower-case heading. */
export type CsvRow = Readonly<Record<string, string>>;

/** @throws CommandError when the file cannot be read. */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new CommandError(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * Reads a small table whole; headings are trimmed and lower-cased, `-` and `_` alike. A comma, semicolon or tab separates.
 *
 * @throws CommandError when the file cannot be read, is not CSV, or has no rows.
 */
export async function readCsv(file: string): Promise<readonly CsvRow[]> {
  return csvRows(file, await readText(file));
}

/** @throws CommandError naming the file. */
export function csvRows(file: string, text: string): readonly CsvRow[] {
  let rows: readonly CsvRow[];
  const delimiter = separatorOf(text);
  try {
    rows = parse(text, {
      bom: true,
      columns: (headings: string[]) =>
        headings.map(heading => heading.trim().toLowerCase().replaceAll('-', '_')),
      skip_empty_lines: true,
      trim: true,
      delimiter,
    });
  } catch (error) {
    throw new CommandError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (rows.length === 0) throw new CommandError(`${file}: no rows below the heading`);
  return rows;
}

/** The separator of the heading row: lists inside cells may use the others. */
function separatorOf(text: string): string {
  const heading = text.slice(0, text.search(/\r?\n|$/));
  const counts = [',', ';', '\t'].map(mark => ({ mark, count: heading.split(mark).length }));
  return counts.sort((a, b) => b.count - a.count)[0]?.mark ?? ',';
}
