import type { RandomGenerator } from '../../../forecasting/calendar/random.ts';

/** Pieces that parsers have stumbled over, here or elsewhere. */
const HOSTILE: readonly string[] = [
  '"',
  '""',
  ',',
  ';',
  '\t',
  '\r',
  '\n',
  '\r\n',
  '\0',
  '\ufeff',
  '\ud800',
  '\u202e',
  '\u00a0',
  '\u2007',
  '٣',
  '１',
  '-',
  '+',
  '.',
  ',',
  '--',
  '1e308',
  '1e-400',
  'Infinity',
  'NaN',
  '0x10',
  '-0',
  '99999999999999999999',
  '1.234.567,89',
  '1,234,567.89',
  '25:61',
  '24:00',
  '00:00:60',
  '2026-02-30',
  '02/29/2025',
  '2026-03-08 02:30',
  '2026-11-01 01:30',
  '+14:00',
  '-12:00',
  'Z',
  'UTC',
  'AM',
  'pm',
  '__proto__',
  'constructor',
  '=1+1',
  '%00',
  '%',
  '[',
  '\\',
  '(((((',
  'aaaaaaaaaaaaaaaaaaaaaaaa!',
];

/** A whole number from 0 to below `limit`. */
export function below(random: RandomGenerator, limit: number): number {
  return Math.floor(random.uniform() * limit);
}

export function pick<Value>(random: RandomGenerator, values: readonly Value[]): Value {
  const value = values[below(random, values.length)];
  if (value === undefined) throw new RangeError('pick requires at least one value');
  return value;
}

/** A text with one to four changes: a piece cut, doubled, moved or put in, a character replaced. */
export function mutateText(random: RandomGenerator, text: string): string {
  let changed = text;
  for (let changes = 1 + below(random, 4); changes > 0; changes--) changed = mutateOnce(random, changed);
  return changed;
}

function mutateOnce(random: RandomGenerator, text: string): string {
  const at = below(random, text.length + 1);
  const until = Math.min(text.length, at + 1 + below(random, 12));
  const piece = text.slice(at, until);
  switch (below(random, 6)) {
    case 0:
      return text.slice(0, at) + text.slice(until);
    case 1:
      return text.slice(0, until) + piece.repeat(1 + below(random, 3)) + text.slice(until);
    case 2: {
      const rest = text.slice(0, at) + text.slice(until);
      const to = below(random, rest.length + 1);
      return rest.slice(0, to) + piece + rest.slice(to);
    }
    case 3:
      return text.slice(0, at) + String.fromCharCode(below(random, 0x250)) + text.slice(at + 1);
    default:
      return text.slice(0, at) + pick(random, HOSTILE) + text.slice(random.uniform() < 0.5 ? at : until);
  }
}

/** Bytes with one to six changes: a bit, a byte, a stretch cut, doubled or zeroed. */
export function mutateBytes(random: RandomGenerator, bytes: Uint8Array): Uint8Array {
  let changed = Uint8Array.from(bytes);
  for (let changes = 1 + below(random, 6); changes > 0; changes--) {
    const at = below(random, changed.length);
    const until = Math.min(changed.length, at + 1 + below(random, 40));
    const kind = below(random, 5);
    if (kind === 0) changed[at] = (changed[at] ?? 0) ^ (1 << below(random, 8));
    else if (kind === 1) changed[at] = below(random, 256);
    else if (kind === 2) changed.fill(pick(random, [0, 255]), at, until);
    else if (kind === 3) changed = Uint8Array.from([...changed.subarray(0, at), ...changed.subarray(until)]);
    else changed = Uint8Array.from([...changed.subarray(0, until), ...changed.subarray(at)]);
  }
  return changed;
}
