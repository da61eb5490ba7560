import { describe, expect, it } from 'vitest';
import { addDays } from '../../../forecasting/index.ts';
import { feltRows, meanWords, relationWords } from '../../../web/feature/attainment/feltRows.ts';
import { attainmentRow } from '../attainmentRow.ts';

const waited = (queueId: string, date: string, asaSeconds: number, handled = 100) =>
  attainmentRow({ queueId, period: date, from: date, to: date, actual: { asaSeconds, handled } });

const GOALS = { mostOpen: 50, answerWithinMinutes: 30 };
const day = (i: number) => addDays('2026-05-01', i);
const value = (queueId: string, i: number, of: number, answers: number | null = null) =>
  ({
    queueId,
    measure: 'firstCallResolution',
    date: day(i),
    toDate: day(i),
    value: of,
    answers,
  }) as const;

describe('what patients felt', () => {
  it('weighs a mean by the answers behind it', () => {
    const [row] = feltRows([value('a', 0, 0.9, 30), value('a', 1, 0.5, 10)], [], GOALS);
    expect(row).toMatchObject({ answers: 40, values: 2 });
    expect(row?.mean).toBeCloseTo(0.8, 12);
  });

  it('relates days, not queues: queues that differ in both say nothing about waiting', () => {
    // The slow queue is always the better liked one; within each day nothing changes.
    const days = Array.from({ length: 20 }, (_, i) => i);
    const values = days.flatMap(i => [value('slow', i, 0.9), value('fast', i, 0.6)]);
    const waits = days.flatMap(i => [waited('slow', day(i), 90), waited('fast', day(i), 10)]);
    const [row] = feltRows(values, waits, GOALS);
    expect(row?.relation.kind).toBe('tooFew');
  });

  it('gives the change of ten seconds more with its band, in points', () => {
    const days = Array.from({ length: 30 }, (_, i) => i);
    const [row] = feltRows(
      days.map(i => value('a', i, 0.9 - 0.002 * i + (i % 3) * 0.01)),
      days.map(i => waited('a', day(i), i)),
      GOALS,
    );
    if (!row) throw new Error('no row');
    expect(relationWords(row)).toMatch(/^−(1\.9|2\.\d) \(−2\.\d to −1\.\d pts\)$/);
  });

  it('takes the wait of the whole period of a value, weighted by contacts', () => {
    const weeks = Array.from({ length: 16 }, (_, i) => i);
    const values = weeks.map(i => ({ ...value('a', 7 * i, i / 100), toDate: day(7 * i + 6) }));
    const waits = weeks.flatMap(i => [
      waited('a', day(7 * i), 2 * i, 100),
      waited('a', day(7 * i + 6), 5 * i, 50),
      waited('b', day(7 * i), 999, 100),
    ]);
    const [row] = feltRows(values, waits, GOALS);
    // (100 × 2i + 50 × 5i) ÷ 150 = 3i seconds for i hundredths.
    expect(row?.relation.kind === 'related' && row.relation.slope).toBeCloseTo(1 / 300, 9);
  });

  it('sets open tickets against what the site says may be open', () => {
    const tickets = [50, 51, 20, 80].map((open, i) => ({
      ...value('a', i, open),
      measure: 'openTickets' as const,
    }));
    const words = (mostOpen: number) => feltRows(tickets, [], { ...GOALS, mostOpen }).map(meanWords);
    expect(words(50)).toEqual(['50.3 (≤ 50: 50%)']);
    expect(words(20)).toEqual(['50.3 (≤ 20: 25%)']);
  });

  it('names the minutes that the site promises for tickets', () => {
    const answered = { ...value('a', 0, 0.9), measure: 'answeredWithinPromise' as const };
    const [row] = feltRows([answered], [], { ...GOALS, answerWithinMinutes: 45 });
    expect(row?.name).toBe('Tickets answered in 45 min');
  });
});
