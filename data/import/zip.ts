import { inflateRawSync } from 'node:zlib';
import type { ZipPart } from './packZip.ts';

/** What an archive may hold. Beyond it, it is made to exhaust whoever unpacks it. */
export const ZIP_LIMITS = { entries: 100, unpackedBytes: 200 * 1024 * 1024, ratio: 200 } as const;

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const STORED = 0;
const DEFLATED = 8;

/**
 * Unpacks an archive. Refuses one with too many entries, or one that unpacks to too much: first by what its directory
 * declares, then by unpacking each entry with that size as the limit, because a directory can lie.
 *
 * @throws RangeError saying which limit is broken.
 */
export function unpackZip(bytes: Buffer): readonly ZipPart[] {
  const entries = readDirectory(bytes);
  if (entries.length > ZIP_LIMITS.entries)
    throw new RangeError(`the workbook has more than ${ZIP_LIMITS.entries} parts`);
  const unpacked = entries.reduce((sum, entry) => sum + entry.size, 0);
  if (unpacked > ZIP_LIMITS.unpackedBytes) {
    throw new RangeError(
      `the workbook unpacks to more than ${ZIP_LIMITS.unpackedBytes / 1024 / 1024} MB; export it as .csv`,
    );
  }
  for (const entry of entries) {
    if (entry.size > 1024 * 1024 && entry.size > entry.packedSize * ZIP_LIMITS.ratio) {
      throw new RangeError('the workbook unpacks to far more than it should; export it as .csv');
    }
  }
  return entries.map(entry => ({ name: entry.name, content: unpack(bytes, entry) }));
}

interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packedSize: number;
  readonly size: number;
  readonly offset: number;
}

function readDirectory(bytes: Buffer): readonly ZipEntry[] {
  const end = findEnd(bytes);
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== ENTRY_SIGNATURE)
      throw new RangeError('the workbook is damaged');
    if ((bytes.readUInt16LE(at + 8) & 1) === 1)
      throw new RangeError('the workbook is encrypted; save it without a password');
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
    entries.push({
      name: bytes.toString('utf8', at + 46, nameEnd),
      method: bytes.readUInt16LE(at + 10),
      packedSize: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    });
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

function findEnd(bytes: Buffer): number {
  const earliest = Math.max(0, bytes.length - 65_557);
  for (let at = bytes.length - 22; at >= earliest; at--)
    if (bytes.readUInt32LE(at) === END_SIGNATURE) return at;
  throw new RangeError('the workbook is damaged or is none; save it again as .xlsx, or as .csv');
}

function unpack(bytes: Buffer, entry: ZipEntry): Buffer {
  if (entry.offset + 30 > bytes.length) throw new RangeError('the workbook is damaged');
  const from =
    entry.offset + 30 + bytes.readUInt16LE(entry.offset + 26) + bytes.readUInt16LE(entry.offset + 28);
  const packed = bytes.subarray(from, from + entry.packedSize);
  if (entry.method === STORED) return packed;
  if (entry.method !== DEFLATED)
    throw new RangeError('the workbook is packed in an unusual way; save it again as .xlsx');
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.size) });
  } catch {
    throw new RangeError('the workbook is damaged, or unpacks to more than it declares');
  }
}
