import { hostname } from 'node:os';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { toXlsx } from '../../../data/export/xlsx.ts';
import { detectRows } from '../../../data/import/detect.ts';
import { packZip } from '../../../data/import/packZip.ts';
import { XlsxError, xlsxRecords } from '../../../data/import/xlsx.ts';
import { unpackZip } from '../../../data/import/zip.ts';

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** An archive of one entry whose directory declares `size`. */
function zipOf(content: Buffer, size = content.length, entries = 1): Buffer {
  const packed = deflateRawSync(content);
  const name = Buffer.from('xl/workbook.xml');
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(size, 22);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(size, 24);
  entry.writeUInt16LE(name.length, 28);
  const directory = Buffer.concat(Array.from({ length: entries }, () => Buffer.concat([entry, name])));
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries, 8);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(local.length + name.length + packed.length, 16);
  return Buffer.concat([local, name, packed, directory, end]);
}

describe('xlsxRecords', () => {
  it('gives dates to the second, times of day and numbers', async () => {
    const format = 'yyyy-mm-dd hh:mm';
    const bytes = await writeXlsxFile([
      ['Start', 'Offered', 'AHT'].map(value => ({ type: String, value })),
      ...[0, 15, 30, 45].map(minute => [
        { type: Date, value: new Date(Date.UTC(2026, 2, 4, 9, minute)), format },
        { type: Number, value: 20 + minute },
        { type: Number, value: 240.5 },
      ]),
    ]).toBuffer();
    const records = await xlsxRecords(whole(bytes));
    expect(records.map(record => record[0])).toEqual([
      'Start',
      '2026-03-04 09:00:00',
      '2026-03-04 09:15:00',
      '2026-03-04 09:30:00',
      '2026-03-04 09:45:00',
    ]);
    const found = detectRows(records);
    expect(found).toMatchObject({
      kind: 'table',
      detected: { mapping: { encoding: 'xlsx', headerRows: 1 } },
    });
    if (found.kind === 'table') {
      expect(found.detected.columns.map(column => column.suggestion?.field)).toEqual([
        'intervalStart',
        'offered',
        'handle',
      ]);
    }
  });

  it('refuses what is no workbook with advice', async () => {
    await expect(xlsxRecords(whole(Buffer.from('PK\u0003\u0004 not really')))).rejects.toThrow(XlsxError);
    await expect(xlsxRecords(whole(Buffer.from('PK\u0003\u0004 not really')))).rejects.toThrow(
      /save it again as \.xlsx/,
    );
    const cut = Buffer.from(await toXlsx({ headers: ['a', 'b'], rows: [['x', 1]] })).subarray(0, 800);
    await expect(xlsxRecords(whole(cut))).rejects.toThrow(XlsxError);
  });

  it('refuses a workbook above 50 MB without keeping it', async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) yield Buffer.alloc(1024 * 1024);
    }
    await expect(xlsxRecords(endless())).rejects.toThrow(/larger than 50 MB/);
  });
});

describe('hostile workbooks', () => {
  const workbook = async () =>
    writeXlsxFile([
      [{ type: String, value: 'Start' }],
      [{ type: Date, value: new Date(Date.UTC(2026, 2, 4, 9)), format: 'yyyy-mm-dd hh:mm' }],
    ]).toBuffer();
  const withSheet = async (change: (xml: string) => string) =>
    packZip(
      unpackZip(Buffer.from(await workbook())).map(part =>
        part.name.endsWith('sheet1.xml')
          ? { name: part.name, content: Buffer.from(change(part.content.toString('utf8'))) }
          : part,
      ),
    );

  it('answers whatever byte is damaged', async () => {
    const bytes = Buffer.from(await workbook());
    for (let at = 0; at < bytes.length; at += 11) {
      const damaged = Buffer.from(bytes);
      damaged[at] = 255 - (damaged[at] ?? 0);
      const answer = await xlsxRecords(whole(damaged)).catch((error: unknown) => error);
      if (answer instanceof Error) expect(answer, `byte ${at}`).toBeInstanceOf(XlsxError);
    }
  });

  it.each(['XFD1048576', 'A9999999', 'ZZZ1000000', 'A&#57;', '1A'])(
    'refuses a cell named %s, for which the reader would fill memory',
    async name => {
      const bytes = await withSheet(xml => xml.replace('r="A2"', `r="${name}"`));
      await expect(xlsxRecords(whole(bytes))).rejects.toThrow(XlsxError);
    },
  );

  it('resolves no entity that a sheet declares', async () => {
    const bytes = await withSheet(xml =>
      xml
        .replace(
          /^<\?xml[^>]*\?>/,
          '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname"><!ENTITY f "grown">]>',
        )
        .replace(/<v>46085[^<]*<\/v>/, '<v>&e;&f;</v>'),
    );
    const read = JSON.stringify(await xlsxRecords(whole(bytes)).catch((error: unknown) => String(error)));
    expect(read).not.toContain('grown');
    expect(read).not.toContain(hostname());
  });

  it('takes an impossible date for an empty cell', async () => {
    const bytes = await withSheet(xml => xml.replace(/<v>46085[^<]*<\/v>/, '<v>1e300</v>'));
    expect((await xlsxRecords(whole(bytes)))[1]).toEqual(['']);
  });
});

describe('unpackZip', () => {
  it('refuses an archive that unpacks to far more than it should', () => {
    const zeros = Buffer.alloc(64 * 1024 * 1024);
    expect(() => unpackZip(zipOf(zeros))).toThrow(/far more than it should/);
    expect(() => unpackZip(zipOf(Buffer.from('small')))).not.toThrow();
  });

  it('does not believe a directory that declares less than there is', () => {
    const zeros = Buffer.alloc(8 * 1024 * 1024);
    expect(() => unpackZip(zipOf(zeros, 1000))).toThrow(/more than it declares/);
  });

  it('refuses too many parts, and too much in all', () => {
    expect(() => unpackZip(zipOf(Buffer.from('x'), 1, 101))).toThrow(/more than 100 parts/);
    expect(() => unpackZip(zipOf(Buffer.from('x'), 150 * 1024 * 1024, 2))).toThrow(/more than 200 MB/);
  });
});
