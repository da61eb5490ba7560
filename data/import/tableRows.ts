import type { ImportMapping } from './mapping.ts';
import { CsvError, CsvParser } from './text/csv.ts';
import { EncodingError, StrictDecoder } from './text/encoding.ts';
import { XlsxError, xlsxRecords } from './xlsx.ts';

/** One row of the file. `line` is where it stands there. */
export interface TableRow {
  readonly fields: readonly string[];
  readonly line: number;
}

/** A piece of the table, or why it cannot be read any further. */
export type TableStep =
  | { readonly kind: 'rows'; readonly headers: readonly string[]; readonly rows: readonly TableRow[] }
  | { readonly kind: 'unreadable'; readonly line: number | null; readonly reason: string };

/** Where the table of a file lies and how its text is written. */
export type TableLayout = Pick<ImportMapping, 'encoding' | 'delimiter' | 'skipRows' | 'headerRows'>;

/** Reads the data rows of a file as its layout says, piece by piece. */
export async function* tableRows(
  source: AsyncIterable<Uint8Array>,
  layout: TableLayout,
): AsyncGenerator<TableStep> {
  const table = new Table(layout);
  try {
    if (layout.encoding === 'xlsx') {
      for (const [index, record] of (await xlsxRecords(source)).entries()) table.take(record, index + 1);
      yield table.flush();
      return;
    }
    const decoder = new StrictDecoder(layout.encoding);
    const parser = new CsvParser({
      delimiter: layout.delimiter,
      onRecord: (fields, line) => table.take(fields, line),
    });
    for await (const chunk of source) {
      parser.write(decoder.write(chunk));
      yield table.flush();
    }
    parser.write(decoder.end());
    parser.end();
    yield table.flush();
  } catch (error) {
    if (error instanceof CsvError) yield { kind: 'unreadable', line: error.line, reason: error.message };
    else if (error instanceof EncodingError || error instanceof XlsxError)
      yield { kind: 'unreadable', line: null, reason: error.message };
    else throw error;
  }
}

/** Passes over the lines above the table and its header, and gathers the rows in between. */
class Table {
  readonly #layout: TableLayout;
  #records = 0;
  #headers: string[] = [];
  #rows: TableRow[] = [];

  constructor(layout: TableLayout) {
    this.#layout = layout;
  }

  /** Takes a record; a new array each time. */
  take(fields: readonly string[], line: number): void {
    const { skipRows, headerRows } = this.#layout;
    const position = this.#records++;
    if (position < skipRows) return;
    if (position < skipRows + headerRows) {
      this.#headers = fields.map((cell, index) =>
        [this.#headers[index], cell.trim()].filter(Boolean).join(' '),
      );
      return;
    }
    this.#rows.push({ fields, line });
  }

  flush(): TableStep {
    const rows = this.#rows;
    this.#rows = [];
    const headers = this.#headers.map((name, index) => (name === '' ? `Column ${index + 1}` : name));
    return { kind: 'rows', headers, rows };
  }
}
