import { packZip, type ZipPart } from '../../../data/import/packZip.ts';
import { unpackZip } from '../../../data/import/zip.ts';

/** Takes a workbook apart and puts it together again with another sheet. */
export class ZipEditor {
  readonly #parts: readonly ZipPart[];

  constructor(archive: Uint8Array) {
    this.#parts = unpackZip(Buffer.from(archive));
  }

  /** The workbook with the text of its first sheet changed; sizes and checks are right again. */
  withChangedSheet(change: (xml: string) => string): Buffer {
    return packZip(
      this.#parts.map(part =>
        /sheet1\.xml$/.test(part.name)
          ? { name: part.name, content: Buffer.from(change(part.content.toString('utf8'))) }
          : part,
      ),
    );
  }
}
