/**
 * Asserts that a value is what a page shows. Numbers are compared at the precision shown: 0.89 accepts 0.8883.
 *
 * @throws Error naming both values when they differ.
 */
export function inspectSame(actual: unknown, shown: unknown): void {
  if (!same(actual, shown)) {
    throw new Error(`the page shows ${JSON.stringify(shown)}, the code gives ${JSON.stringify(actual)}`);
  }
}

function same(actual: unknown, shown: unknown): boolean {
  if (typeof actual === 'number' && typeof shown === 'number') {
    const decimals = /\.(\d+)/.exec(String(shown))?.[1]?.length ?? 0;
    return Math.abs(actual - shown) <= 0.5000001 * 10 ** -decimals || Object.is(actual, shown);
  }
  if (Array.isArray(actual) && Array.isArray(shown)) {
    return actual.length === shown.length && actual.every((value, i) => same(value, shown[i]));
  }
  if (isRecord(actual) && isRecord(shown)) {
    return Object.keys(shown).every(key => same(actual[key], shown[key]));
  }
  return Object.is(actual, shown);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
