import { crc32 } from './crc32.ts';

/** A file of an archive. */
export interface ZipPart {
  readonly name: string;
  readonly content: Buffer;
}

const LOCAL_SIGNATURE = 0x04034b50;
const ENTRY_SIGNATURE = 0x02014b50;
const END_SIGNATURE = 0x06054b50;

/** An archive of parts as they are, without packing them. */
export function packZip(parts: readonly ZipPart[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of parts) {
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(content.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([uint32(LOCAL_SIGNATURE), common, Buffer.from(name), content]);
    locals.push(local);
    directory.push(
      Buffer.concat([
        uint32(ENTRY_SIGNATURE),
        uint16(20),
        common,
        Buffer.alloc(10),
        uint32(offset),
        Buffer.from(name),
      ]),
    );
    offset += local.length;
  }
  const list = Buffer.concat(directory);
  const counts = Buffer.concat([Buffer.alloc(4), uint16(parts.length), uint16(parts.length)]);
  const end = Buffer.concat([uint32(END_SIGNATURE), counts, uint32(list.length), uint32(offset), uint16(0)]);
  return Buffer.concat([...locals, list, end]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}
