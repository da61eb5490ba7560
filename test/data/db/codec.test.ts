import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyJson } from '../../../data/db/codec.ts';

describe('JSON columns', () => {
  it('give back what was put in', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), value => {
        const stored = anyJson.encode(value as never);
        expect(anyJson.decode(stored)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('refuse what writing would change, and say where it stands', () => {
    const refused: readonly [unknown, RegExp][] = [
      [{ a: [1, Number.NaN] }, /json\.a\.1: NaN is not JSON/],
      [{ a: Number.POSITIVE_INFINITY }, /json\.a: Infinity/],
      [{ a: undefined }, /json\.a: undefined/],
      [{ at: new Date(0) }, /json\.at: only plain objects/],
      [new Map(), /json: only plain objects/],
      [() => 1, /json: function/],
    ];
    for (const [value, message] of refused) expect(() => anyJson.encode(value as never)).toThrow(message);
  });
});
