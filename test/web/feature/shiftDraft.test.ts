import { describe, expect, it } from 'vitest';
import type { ShiftTemplateEntry } from '../../../api/contract/shift.ts';
import { readLengths, readShift, shiftDraftOf, usualBreaks } from '../../../web/feature/people/shiftDraft.ts';

const NIGHT: ShiftTemplateEntry = {
  id: 'night',
  siteId: 'site',
  name: 'Night',
  type: 'night',
  lengthsMinutes: [500, 600],
  starts: [
    { earliestMinute: 1260, latestMinute: 1320, stepMinutes: 30 },
    { earliestMinute: 0, latestMinute: 0, stepMinutes: 15 },
  ],
  weekdays: [4, 5],
  breaks: [
    { kind: 'break', minutes: 15, paid: true, earliestOffsetMinutes: 120, latestOffsetMinutes: 150 },
    { kind: 'lunch', minutes: 45, paid: false, earliestOffsetMinutes: 240, latestOffsetMinutes: 300 },
  ],
  minSpacingMinutes: 90,
  active: true,
  revision: 3,
};

describe('a kind of shift in the form', () => {
  it('comes out as it went in, every length, window and break', () => {
    const { id: _, siteId: __, revision: ___, ...fields } = NIGHT;
    expect(readShift(shiftDraftOf(NIGHT))).toEqual({ fields });
  });

  it('names the first thing that is wrong', () => {
    const draft = shiftDraftOf(NIGHT);
    const [start] = draft.starts;
    const [pause] = draft.breaks;
    if (!start || !pause) throw new Error('the night shift has neither start nor break');
    const faulty = [
      { name: ' ' },
      { lengths: '0.25' },
      { starts: [] },
      { starts: [{ ...start, latestMinute: null }] },
      { starts: [{ ...start, earliestMinute: 1380 }] },
      { weekdays: [] },
      { breaks: [{ ...pause, latestOffsetMinutes: 60 }] },
      { lengths: '4 8.5' },
    ];
    expect(faulty.map(change => readShift({ ...draft, ...change }))).toEqual(
      ['name', 'lengths', 'starts', 'starts', 'starts', 'days', 'breaks', 'fit'].map(fault => ({ fault })),
    );
  });

  it('reads lengths in hours with either decimal mark, each once', () => {
    expect(readLengths('6 8,5; 8.5')).toEqual([360, 510]);
    for (const text of ['', 'long', '8 25']) expect(readLengths(text)).toBeNull();
  });

  it('has usual breaks that fit every length', () => {
    for (let length = 30; length <= 1440; length += 15) {
      const read = readShift({
        ...shiftDraftOf(null),
        name: 'Day',
        lengths: String(length / 60),
        breaks: usualBreaks(length),
      });
      expect(read).toHaveProperty('fields');
    }
  });
});
