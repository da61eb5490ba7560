import { type DateOrder, readDateTime, readTimeOfDay, type SerialKind } from './value/dateTime.ts';
import { type DurationUnit, readDuration } from './value/duration.ts';
import { type DecimalSign, isAbsent, readNumber } from './value/number.ts';

/** The decimal sign: a comma wins when cells like `3,5` or `1.234,5` occur and none like `3.5` does. */
export function detectDecimal(cells: Iterable<string>, delimiter: string): DecimalSign {
  let comma = 0;
  let point = 0;
  for (const cell of cells) {
    if (/^-?(\d{1,3}(\.\d{3})+|\d+),\d+%?$/.test(cell) && !/^-?\d{1,3}(,\d{3})+$/.test(cell)) comma++;
    else if (/^-?(\d{1,3}(,\d{3})+|\d+)\.\d+%?$/.test(cell) && !/^\d{1,2}\.\d{2}$/.test(cell)) point++;
  }
  if (comma > point) return ',';
  return comma === 0 && point === 0 && delimiter === ';' ? ',' : '.';
}

/** Day or month first: a part above 12 settles it; otherwise the order in which successive rows move least. */
export function detectDateOrder(cells: readonly string[]): {
  readonly order: DateOrder;
  readonly certain: boolean;
} {
  let first = 0;
  let second = 0;
  let numeric = 0;
  for (const cell of cells) {
    const match = /^\s*(?:[a-z]{3},?\s+)?(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}/i.exec(cell);
    if (!match) continue;
    numeric++;
    if (Number(match[1]) > 12) first++;
    if (Number(match[2]) > 12) second++;
  }
  if (numeric === 0) return { order: 'yearFirst', certain: true };
  if (first > 0 || second > 0)
    return { order: first >= second ? 'dayFirst' : 'monthFirst', certain: first === 0 || second === 0 };
  const steps = { dayFirst: travel(cells, 'dayFirst'), monthFirst: travel(cells, 'monthFirst') };
  // Points usually mean day first (14.03.2026); slashes are ambiguous, and the United States is this product's home.
  if (steps.dayFirst === steps.monthFirst) {
    return {
      order: cells.some(cell => /^\s*\d{1,2}\.\d{1,2}\./.test(cell)) ? 'dayFirst' : 'monthFirst',
      certain: false,
    };
  }
  return { order: steps.dayFirst < steps.monthFirst ? 'dayFirst' : 'monthFirst', certain: true };
}

function travel(cells: readonly string[], order: DateOrder): number {
  let sum = 0;
  let last: number | undefined;
  for (const cell of cells) {
    const at = readDateTime(cell, order, 'text')?.seconds;
    if (at === undefined) return Number.POSITIVE_INFINITY;
    if (last !== undefined) sum += Math.abs(at - last);
    last = at;
  }
  return sum;
}

/** Whether a column of dates holds plain numbers, and which kind. */
export function detectSerial(cells: readonly string[]): SerialKind {
  const filled = cells.filter(cell => !isAbsent(cell));
  const numbers = filled.map(cell => Number(cell.replace(',', '.')));
  if (numbers.length === 0 || numbers.some(value => !Number.isFinite(value))) return 'text';
  if (filled.some(cell => /^\d{8}$/.test(cell))) return 'text';
  if (numbers.every(value => value > 20_000 && value < 80_000)) return 'excel';
  if (numbers.every(value => value > 3e8 && value < 5e9)) return 'epochSeconds';
  return numbers.every(value => value > 3e11 && value < 5e12) ? 'epochMilliseconds' : 'text';
}

/** Share of filled cells that `read` accepts, 0 when all are empty. */
export function acceptance(cells: readonly string[], read: (cell: string) => unknown): number {
  const filled = cells.filter(cell => !isAbsent(cell));
  if (filled.length === 0) return 0;
  return filled.filter(cell => read(cell) !== undefined).length / filled.length;
}

/** The values of a sample column that are numbers. */
export function numbersOf(cells: readonly string[], decimal: DecimalSign): readonly number[] {
  return cells.flatMap(cell => {
    const value = readNumber(cell.replace(/\s*%$/, ''), decimal);
    return value === null || Number.isNaN(value) ? [] : [value];
  });
}

/** Whether cells look like times of day in successive intervals. */
export function looksLikeTimeOfDay(cells: readonly string[]): boolean {
  return acceptance(cells, cell => (/[:]|[ap]m/i.test(cell) ? readTimeOfDay(cell) : undefined)) > 0.9;
}

/**
 * The unit of a duration column from its header and values. Plain numbers are seconds, unless a mean (or a sum per
 * contact) would last for hours, which only milliseconds explain, or unless fractions of minutes explain it better.
 */
export function detectDurationUnit(
  header: string,
  cells: readonly string[],
  contacts: readonly (number | undefined)[],
  style: { readonly decimal: DecimalSign; readonly aggregate: 'total' | 'mean' },
): DurationUnit {
  if (/\b(ms|msec|millis|milliseconds)\b/i.test(header.replace(/([a-z])([A-Z])/g, '$1 $2')))
    return 'milliseconds';
  if (/\b(min|mins|minutes)\b/i.test(header)) return 'minutes';
  if (/\b(hours|hrs)\b/i.test(header)) return 'hours';
  if (cells.some(cell => cell.includes(':'))) return 'seconds';
  const perContact = cells.flatMap((cell, row) => {
    const value = readDuration(cell, 'seconds', style.decimal);
    if (value === null || Number.isNaN(value) || value <= 0) return [];
    if (style.aggregate === 'mean') return [value];
    const count = contacts[row];
    return count === undefined || count <= 0 ? [] : [value / count];
  });
  const middle = median(perContact);
  if (middle === undefined) return 'seconds';
  if (middle > 7200) return 'milliseconds';
  const fractional = perContact.some(value => !Number.isInteger(value));
  if (middle < 0.1 && fractional) return 'days';
  return middle < 20 &&
    fractional &&
    style.aggregate === 'mean' &&
    !/\b(sec|secs|seconds|s)\b|asa|speed|wait|hold/i.test(header)
    ? 'minutes'
    : 'seconds';
}

/** The middle value; undefined of none. */
export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Whether a duration column holds sums or means: a mean does not grow with the number of contacts. */
export function detectAggregate(
  header: string,
  cells: readonly string[],
  contacts: readonly (number | undefined)[],
  decimal: DecimalSign,
): 'total' | 'mean' {
  if (/\b(avg|average|mean|aht|asa)\b|aht|speed/i.test(header)) return 'mean';
  if (/total|sum\b|_dur\b|duration total/i.test(header)) return 'total';
  const pairs = cells.flatMap((cell, row) => {
    const value = readDuration(cell, 'seconds', decimal);
    const count = contacts[row];
    return value === null || Number.isNaN(value) || value <= 0 || count === undefined || count <= 0
      ? []
      : [[Math.log(count), Math.log(value)] as const];
  });
  const slope = logSlope(pairs);
  return slope !== undefined && slope > 0.5 ? 'total' : 'mean';
}

/** Least-squares slope of y on x; undefined without enough spread. */
function logSlope(pairs: readonly (readonly [x: number, y: number])[]): number | undefined {
  if (pairs.length < 8) return undefined;
  const meanX = pairs.reduce((sum, [x]) => sum + x, 0) / pairs.length;
  const meanY = pairs.reduce((sum, [, y]) => sum + y, 0) / pairs.length;
  let xy = 0;
  let xx = 0;
  for (const [x, y] of pairs) {
    xy += (x - meanX) * (y - meanY);
    xx += (x - meanX) ** 2;
  }
  return xx < 0.5 ? undefined : xy / xx;
}
