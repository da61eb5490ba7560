import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  copiedText,
  entryResult,
  filledChanges,
  pastedChanges,
  rangeBetween,
  readEntry,
  readNumber,
} from '../../../web/component/intervalGrid/cells.ts';

describe('typed entries', () => {
  it.each([
    ['42', { kind: 'value', value: 42 }],
    ['1,234.5', { kind: 'value', value: 1234.5 }],
    ['1.234,5', { kind: 'value', value: 1234.5 }],
    ['12,5', { kind: 'value', value: 12.5 }],
    ['1,234', { kind: 'value', value: 1234 }],
    ['0,125', { kind: 'value', value: 0.125 }],
    ['+10%', { kind: 'percent', percent: 10 }],
    ['-5 %', { kind: 'percent', percent: -5 }],
    ['−5%', { kind: 'percent', percent: -5 }],
    ['+3', { kind: 'add', amount: 3 }],
    ['abc', { kind: 'unreadable', text: 'abc' }],
    ['1e5', { kind: 'unreadable', text: '1e5' }],
  ])('reads %s', (text, expected) => {
    expect(readEntry(text)).toEqual(expected);
  });

  it('never goes below zero and leaves missing values missing', () => {
    expect(entryResult({ kind: 'add', amount: -9 }, 4)).toBe(0);
    expect(entryResult({ kind: 'percent', percent: 10 }, 50)).toBeCloseTo(55);
    expect(entryResult({ kind: 'percent', percent: 10 }, null)).toBeNull();
  });

  it('reads back every number that a spreadsheet writes with either decimal mark', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999 }), fc.integer({ min: 0, max: 99 }), (whole, cents) => {
        const decimals = String(cents).padStart(2, '0');
        const value = Number(`${whole}.${decimals}`);
        expect(readNumber(`${whole}.${decimals}`)).toBe(value);
        expect(readNumber(`${whole},${decimals}`)).toBe(value);
        expect(readNumber(whole.toLocaleString('en'))).toBe(whole);
        expect(readNumber(`${whole.toLocaleString('de')},${decimals}`)).toBe(value);
      }),
    );
  });
});

describe('blocks', () => {
  const selection = rangeBetween({ row: 1, column: 1 }, { row: 2, column: 2 });

  it('anchors a pasted block at the upper left and drops what lies outside', () => {
    const { changes, unreadable } = pastedChanges('1\t2\t3\n4\tx\t6\n', selection, 3, 3);
    expect(unreadable).toBe(1);
    expect(changes).toEqual([
      { row: 1, column: 1, value: 1 },
      { row: 1, column: 2, value: 2 },
      { row: 2, column: 1, value: 4 },
    ]);
  });

  it('fills the whole selection with a single value', () => {
    expect(pastedChanges('7', selection, 9, 9).changes).toHaveLength(4);
  });

  it('fills down and right from the first row or column', () => {
    const valueAt = (row: number, column: number) => row * 10 + column;
    expect(filledChanges(selection, 'down', valueAt)).toEqual([
      { row: 2, column: 1, value: 11 },
      { row: 2, column: 2, value: 12 },
    ]);
    expect(filledChanges(selection, 'right', valueAt)).toEqual([
      { row: 1, column: 2, value: 11 },
      { row: 2, column: 2, value: 21 },
    ]);
  });

  it('pastes back exactly what it copied', () => {
    const valueAt = (row: number, column: number) => row * 3 + column + 0.5;
    const { changes } = pastedChanges(copiedText(selection, valueAt), selection, 9, 9);
    expect(changes.every(change => change.value === valueAt(change.row, change.column))).toBe(true);
    expect(changes).toHaveLength(4);
  });
});
