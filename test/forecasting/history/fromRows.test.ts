import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectStep, type HistoryRow, reaggregate, seriesFromRows } from '../../../forecasting/index.ts';

const START = Date.UTC(2024, 0, 1, 8) / 1000;
const ZONE = 'UTC';

function rowsOf(counts: readonly (number | null)[], stepSeconds = 1800): HistoryRow[] {
  return counts.map((offered, i) => ({ startEpochSeconds: START + i * stepSeconds, offered }));
}

const kinds = (rows: readonly HistoryRow[]) =>
  seriesFromRows(rows, { timeZone: ZONE }).findings.map(finding => finding.kind);

describe('seriesFromRows', () => {
  it('puts rows on a grid; an interval without a row is missing, zero stays zero', () => {
    const rows = rowsOf([3, 0, 5, 7]).filter((_, i) => i !== 2);
    const { series, findings } = seriesFromRows(rows, { timeZone: ZONE });
    expect(series).toMatchObject({ start: START, stepSeconds: 1800, offered: [3, 0, null, 7] });
    expect(findings).toEqual([]);
  });

  it('does not depend on the order of the rows, and says when it had to order them', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(rowsOf([1, 2, 3, 4, 5, 6]), { minLength: 6, maxLength: 6 }), rows => {
        const { series } = seriesFromRows(rows, { timeZone: ZONE });
        expect(series.offered).toEqual([1, 2, 3, 4, 5, 6]);
      }),
    );
    expect(kinds(rowsOf([1, 2, 3]).reverse())).toEqual(['unordered']);
  });

  it('counts exact repeats once and keeps the last of two different counts', () => {
    const rows = rowsOf([1, 2, 3]);
    const repeated = seriesFromRows([...rows, rows[1]!], { timeZone: ZONE });
    expect(repeated.series.offered).toEqual([1, 2, 3]);
    expect(repeated.findings.map(finding => finding.kind)).toContain('duplicate-rows');
    const conflicting = seriesFromRows([...rows, { startEpochSeconds: START, offered: 9 }], {
      timeZone: ZONE,
    });
    expect(conflicting.series.offered).toEqual([9, 2, 3]);
    expect(conflicting.findings.map(finding => finding.kind)).toContain('overlap');
  });

  it.each([
    ['negative', -1, null],
    ['not-a-number', Number.NaN, null],
    ['not-a-number', Number.POSITIVE_INFINITY, null],
    ['fractional', 2.5, 2.5],
  ])('%s counts: %d becomes %s and is reported', (kind, value, kept) => {
    const { series, findings } = seriesFromRows(rowsOf([1, value, 3]), { timeZone: ZONE });
    expect(series.offered[1]).toBe(kept);
    expect(findings.map(finding => finding.kind)).toEqual([kind]);
  });

  it('moves a row that starts inside an interval into it', () => {
    const rows = [
      ...rowsOf(new Array(400).fill(4)),
      { startEpochSeconds: START + 400 * 1800 + 60, offered: 8 },
    ];
    const { series, findings } = seriesFromRows(rows, { timeZone: ZONE });
    expect(series.offered.at(-1)).toBe(8);
    expect(findings.map(finding => finding.kind)).toEqual(['off-grid']);
  });

  it('sums finer rows when the interval length changes midway, weighting handle time by contacts', () => {
    const coarse = Array.from({ length: 48 * 21 }, (_, i) => ({
      startEpochSeconds: START + i * 1800,
      offered: 10,
    }));
    const from = START + 48 * 21 * 1800;
    const fine = Array.from({ length: 96 * 21 }, (_, i) => ({
      startEpochSeconds: from + i * 900,
      offered: i % 2 === 0 ? 2 : 6,
      ahtSeconds: i % 2 === 0 ? 100 : 300,
    }));
    const { series, findings } = seriesFromRows([...coarse, ...fine], { timeZone: ZONE });
    expect(series.stepSeconds).toBe(1800);
    expect(findings.map(finding => finding.kind)).toEqual(['mixed-step']);
    expect(series.offered.slice(-3)).toEqual([8, 8, 8]);
    expect(series.ahtSeconds.at(-1)).toBeCloseTo((2 * 100 + 6 * 300) / 8, 9);
  });

  it.each<[string, readonly HistoryRow[], string, string]>([
    ['no row', [], ZONE, 'at least 1 row'],
    ['an unknown zone', rowsOf([1, 2]), 'Mars/Olympus', 'is not known'],
    ['one row', rowsOf([1]), ZONE, 'interval length not found'],
    ['a start that is no number', [{ startEpochSeconds: Number.NaN, offered: 1 }], ZONE, 'epoch seconds'],
  ])('refuses %s', (_, rows, timeZone, message) => {
    expect(() => seriesFromRows(rows, { timeZone })).toThrow(message);
  });
});

describe('detectStep', () => {
  it.each([300, 600, 900, 1200, 1800, 3600])('finds %d s, through nights and missing rows', stepSeconds => {
    const starts: number[] = [];
    for (let day = 0; day < 20; day++) {
      for (let at = 8 * 3600; at < 18 * 3600; at += stepSeconds) {
        if ((at / stepSeconds + day) % 11 !== 0) starts.push(START - 8 * 3600 + day * 86_400 + at);
      }
    }
    expect(detectStep(starts).stepSeconds).toBe(stepSeconds);
  });

  it('refuses rows on no supported grid', () => {
    expect(() => detectStep([0, 7, 20, 33, 47])).toThrow('interval length not found');
  });
});

describe('reaggregate', () => {
  const series = seriesFromRows(rowsOf([1, 2, 3, 4, null, 6, 7, 8], 900), {
    timeZone: ZONE,
    stepSeconds: 900,
  }).series;

  it('sums without loss and keeps a broken interval missing', () => {
    expect(reaggregate(series, 1800).offered).toEqual([3, 7, null, 15]);
    expect(reaggregate(series, 3600).offered).toEqual([10, null]);
  });

  it('in two steps or one gives the same', () => {
    expect(reaggregate(reaggregate(series, 1800), 3600)).toEqual(reaggregate(series, 3600));
  });

  it('refuses to split', () => {
    expect(() => reaggregate(reaggregate(series, 1800), 1200)).toThrow('not a multiple');
  });
});
