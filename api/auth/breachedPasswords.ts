import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

const HASH_CHARACTERS = 40;
/** More than the longest line: a hash, a colon, a count and the line's end. */
const LINE_BYTES = 80;

/**
 * Whether a file of breached passwords lists one. The file is what Have I Been Pwned gives away: a SHA-1 in hexadecimal
 * at the start of each line, in ascending order. It may be of any size; few of its lines are read. Without a file
 * nothing is listed.
 */
export async function isBreached(file: string, password: string): Promise<boolean> {
  if (!existsSync(file)) return false;
  const wanted = createHash('sha1').update(password).digest('hex').toUpperCase();
  const handle = await open(file);
  try {
    return await isListed(handle, wanted);
  } finally {
    await handle.close();
  }
}

async function isListed(handle: FileHandle, wanted: string): Promise<boolean> {
  // A line with the hash, if there is one, starts at `low` or later and before `high`.
  let low = 0;
  let high = (await handle.stat()).size;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const line = await firstLineFrom(handle, middle);
    if (line.start >= high || line.hash > wanted) high = middle;
    else if (line.hash === wanted) return true;
    else low = line.start + HASH_CHARACTERS;
  }
  return false;
}

/** The first line that starts at a byte or after it. */
async function firstLineFrom(handle: FileHandle, at: number): Promise<{ start: number; hash: string }> {
  const from = Math.max(0, at - 1);
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(2 * LINE_BYTES), 0, 2 * LINE_BYTES, from);
  const text = buffer.toString('latin1', 0, bytesRead);
  const ending = text.indexOf('\n');
  const start = at === 0 ? 0 : ending < 0 ? text.length : ending + 1;
  return { start: from + start, hash: text.slice(start, start + HASH_CHARACTERS).toUpperCase() };
}
