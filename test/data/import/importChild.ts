import { writeSync } from 'node:fs';
import { openStore } from '../../../data/db/connect.ts';
import type { ImportRequest } from '../../../data/import/importFile.ts';
import { importFile } from '../../../data/import/importFile.ts';

/** A process that imports file after file until it is killed, and says on its standard output what was acknowledged. */
const [, , url = '', requestJson = ''] = process.argv;
const request: ImportRequest = JSON.parse(requestJson);
const store = openStore(url);

async function* rows(version: number): AsyncGenerator<Uint8Array> {
  yield Buffer.from('interval_start,offered\n');
  for (let day = 1; day <= 28; day++) {
    let text = '';
    for (let slot = 0; slot < 96; slot++) {
      text += `2026-02-${String(day).padStart(2, '0')} ${String(Math.floor(slot / 4)).padStart(2, '0')}:${String((slot % 4) * 15).padStart(2, '0')},${version}\n`;
    }
    yield Buffer.from(text);
  }
}

for (let version = 1; ; version++) {
  const outcome = await importFile(store, rows(version), request);
  if (outcome.kind !== 'committed') throw new Error(`version ${version}: ${outcome.kind}`);
  // Written at once: what has been said here was acknowledged, and must be there after the kill.
  writeSync(1, `${version}\n`);
}
