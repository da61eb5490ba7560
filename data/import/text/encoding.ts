/** The encodings of text that are read. `windows-1252` covers Latin-1. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** What the first bytes of a file say it is. */
export type FileKind =
  | { readonly kind: 'text'; readonly encoding: TextEncoding }
  | { readonly kind: 'xlsx' }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Bytes that are no text: what to do instead. */
export class EncodingError extends Error {
  override readonly name = 'EncodingError';
}

const MAGIC: readonly (readonly [bytes: readonly number[], reason: string])[] = [
  [[0xd0, 0xcf, 0x11, 0xe0], 'this is an old Excel workbook (.xls); save it as .xlsx or .csv'],
  [[0x1f, 0x8b], 'this file is compressed (gzip); unpack it first'],
  [[0x25, 0x50, 0x44, 0x46], 'this is a PDF; export the report as .csv or .xlsx'],
  [[0x7b, 0x5c, 0x72, 0x74, 0x66], 'this is a rich-text document; export the report as .csv or .xlsx'],
];

/** Tells the kind of a file, and the encoding of a text, from its first bytes (64 kB are plenty). */
export function detectFileKind(head: Uint8Array): FileKind {
  if (head.length === 0) return { kind: 'unreadable', reason: 'the file is empty' };
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04])) return { kind: 'xlsx' };
  for (const [bytes, reason] of MAGIC) if (startsWith(head, bytes)) return { kind: 'unreadable', reason };
  if (startsWith(head, [0xff, 0xfe])) return { kind: 'text', encoding: 'utf-16le' };
  if (startsWith(head, [0xfe, 0xff])) return { kind: 'text', encoding: 'utf-16be' };
  const utf16 = utf16WithoutMark(head);
  if (utf16) return { kind: 'text', encoding: utf16 };
  if (head.includes(0)) {
    return { kind: 'unreadable', reason: 'this is not a text file; export the report as .csv or .xlsx' };
  }
  return { kind: 'text', encoding: isUtf8(head) ? 'utf-8' : 'windows-1252' };
}

function startsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => head[index] === byte);
}

/** Latin text in UTF-16 has a zero in every other byte. */
function utf16WithoutMark(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const length = Math.min(head.length, 4096) & ~1;
  if (length < 8) return undefined;
  const zeros = [0, 0];
  for (let i = 0; i < length; i++) if (head[i] === 0) zeros[i & 1] = (zeros[i & 1] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > length * 0.35 && even < length * 0.05) return 'utf-16le';
  if (even > length * 0.35 && odd < length * 0.05) return 'utf-16be';
  return undefined;
}

function isUtf8(head: Uint8Array): boolean {
  // The sample may end inside a character; `stream` leaves such an end alone.
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Decodes pieces of a text strictly: a byte that does not belong to the encoding is an error, never a replacement mark. */
export class StrictDecoder {
  readonly #decoder: TextDecoder;
  readonly #encoding: TextEncoding;

  constructor(encoding: TextEncoding) {
    this.#encoding = encoding;
    this.#decoder = new TextDecoder(encoding, { fatal: true });
  }

  /** The text of the next bytes. */
  write(bytes: Uint8Array): string {
    return this.#decode(bytes, true);
  }

  /** What is left at the end. */
  end(): string {
    return this.#decode(new Uint8Array(0), false);
  }

  #decode(bytes: Uint8Array, stream: boolean): string {
    try {
      return this.#decoder.decode(bytes, { stream });
    } catch {
      const instead = this.#encoding === 'utf-8' ? 'choose Windows-1252 (Latin-1)' : 'choose UTF-8';
      throw new EncodingError(
        `the file is not ${this.#encoding.toUpperCase()} throughout; ${instead} as its encoding`,
      );
    }
  }
}
