import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { detectFileKind, StrictDecoder } from '../../data/import/text/encoding.ts';
import { CommandError } from './args.ts';
import { cannotRead } from './fileError.ts';

/** One row of a small table, by lower-case heading. */
export type CsvRow = Readonly<Record<string, string>>;

/**
 * The text of a small file, in any encoding that imports know.
 *
 * @throws CommandError when the file cannot be read or is no text.
 */
export async function readText(file: string): Promise<string> {
  const bytes = await readFile(file).catch(error => {
    throw cannotRead(file, error);
  });
  const kind = detectFileKind(bytes);
  if (bytes.length === 0) return '';
  if (kind.kind === 'unreadable') throw new CommandError(`${file}: ${kind.reason}`);
  if (kind.kind === 'xlsx') throw new CommandError(`${file}: this is an Excel workbook; save it as .csv`);
  const decoder = new StrictDecoder(kind.encoding);
  return decoder.write(bytes) + decoder.end();
}

/**
 * Reads a small table whole; headings are trimmed and lower-cased, `-` and `_` alike. A comma, semicolon or tab separates.
 *
 * @throws CommandError when the file cannot be read, is not CSV, or has no rows.
 */
export async function readCsv(
  file: string,
  options: { readonly mayBeEmpty?: boolean } = {},
): Promise<readonly CsvRow[]> {
  return csvRows(file, await readText(file), options);
}

/** @throws CommandError naming the file. */
export function csvRows(
  file: string,
  text: string,
  options: { readonly mayBeEmpty?: boolean } = {},
): readonly CsvRow[] {
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
  if (rows.length === 0 && !options.mayBeEmpty) throw new CommandError(`${file}: no rows below the heading`);
  return rows;
}

/** The separator of the heading row: lists inside cells may use the others. */
export function separatorOf(text: string): ',' | ';' | '\t' {
  const heading = text.slice(0, text.search(/\r?\n|$/));
  const counts = ([',', ';', '\t'] as const).map(mark => ({ mark, count: heading.split(mark).length }));
  return counts.sort((a, b) => b.count - a.count)[0]?.mark ?? ',';
}
