/** How a delimited text is cut. */
export interface CsvOptions {
  readonly delimiter: string;
  /** Called with each record; the array is reused for the next one. `line` counts from 1, at the record's first line. */
  readonly onRecord: (fields: string[], line: number) => void;
}

/** The largest texts accepted; beyond them a file is broken (most often a quote that never closes). */
export const CSV_LIMITS = { fieldCharacters: 4096, recordCharacters: 65_536, columns: 256 } as const;

/** A text that is not a table: which line, and how to mend it. */
export class CsvError extends Error {
  override readonly name = 'CsvError';
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

const QUOTE = 34;
const LF = 10;
const CR = 13;

/**
 * A streaming CSV reader (RFC 4180; line ends LF, CRLF or CR; blank lines are passed over).
 * A quote inside an unquoted field is an ordinary character. Memory is bounded by the limits above.
 */
export class CsvParser {
  readonly #delimiter: number;
  readonly #onRecord: (fields: string[], line: number) => void;
  #fields: string[] = [];
  /** Text of the field begun in an earlier chunk. */
  #held = '';
  #state: 'fieldStart' | 'plain' | 'quoted' | 'quoteInQuoted' = 'fieldStart';
  #wasQuoted = false;
  #quotedBlank = false;
  #recordCharacters = 0;
  #line = 1;
  #recordLine = 1;
  #afterCr = false;

  constructor(options: CsvOptions) {
    this.#delimiter = options.delimiter.charCodeAt(0);
    this.#onRecord = options.onRecord;
  }

  /** Takes the next piece of the text; pieces may be cut anywhere. */
  write(text: string): void {
    let from = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (this.#state === 'quoted') {
        const close = text.indexOf('"', at);
        const until = close === -1 ? text.length : close;
        this.#countLines(text, at, until);
        this.#hold(text.slice(at, until));
        if (close !== -1) this.#state = 'quoteInQuoted';
        at = until;
        from = until + 1;
        continue;
      }
      if (this.#afterCr) {
        this.#afterCr = false;
        if (code === LF) {
          from = at + 1;
          continue;
        }
      }
      if (code === this.#delimiter || code === LF || code === CR) {
        this.#endField(text.slice(from, at));
        from = at + 1;
        if (code !== this.#delimiter) this.#endRecord(code);
        continue;
      }
      if (code === QUOTE && this.#state !== 'plain') {
        if (this.#state === 'quoteInQuoted') {
          this.#hold('"');
          this.#state = 'quoted';
        } else {
          this.#state = 'quoted';
          this.#wasQuoted = true;
        }
        from = at + 1;
        continue;
      }
      this.#state = 'plain';
    }
    if (this.#state === 'plain' && from < text.length) this.#hold(text.slice(from));
  }

  /** Ends the text. */
  end(): void {
    if (this.#state === 'quoted') throw this.#unclosed();
    if (this.#state !== 'fieldStart' || this.#fields.length > 0) {
      this.#endField('');
      this.#endRecord(LF);
    }
  }

  #hold(piece: string): void {
    this.#held += piece;
    if (this.#held.length > CSV_LIMITS.fieldCharacters) {
      if (this.#wasQuoted) throw this.#unclosed();
      throw new CsvError(this.#recordLine, `a field is longer than ${CSV_LIMITS.fieldCharacters} characters`);
    }
  }

  #unclosed(): CsvError {
    return new CsvError(
      this.#recordLine,
      `a quote opened in the row at line ${this.#recordLine} is never closed; remove it or close it`,
    );
  }

  #countLines(text: string, from: number, to: number): void {
    for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1))
      this.#line++;
  }

  #endField(tail: string): void {
    const value = this.#held === '' ? tail : this.#held + tail;
    this.#recordCharacters += value.length + 1;
    if (value.length > CSV_LIMITS.fieldCharacters) {
      throw new CsvError(this.#recordLine, `a field is longer than ${CSV_LIMITS.fieldCharacters} characters`);
    }
    if (this.#recordCharacters > CSV_LIMITS.recordCharacters) {
      throw new CsvError(this.#recordLine, `a row is longer than ${CSV_LIMITS.recordCharacters} characters`);
    }
    if (this.#fields.push(value) > CSV_LIMITS.columns) {
      throw new CsvError(this.#recordLine, `a row has more than ${CSV_LIMITS.columns} columns`);
    }
    this.#held = '';
    this.#state = 'fieldStart';
    if (!this.#wasQuoted) return;
    this.#wasQuoted = false;
    // A quoted empty field is a field, even alone on its line.
    if (value === '' && this.#fields.length === 1) this.#quotedBlank = true;
  }

  #endRecord(code: number): void {
    this.#afterCr = code === CR;
    const blank = this.#fields.length === 1 && this.#fields[0] === '' && !this.#quotedBlank;
    if (!blank) this.#onRecord(this.#fields, this.#recordLine);
    this.#fields = [];
    this.#quotedBlank = false;
    this.#recordCharacters = 0;
    this.#line++;
    this.#recordLine = this.#line;
  }
}
