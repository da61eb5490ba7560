import { describe, expect, it } from 'vitest';
import {
  daysBefore,
  daysOf,
  into,
  type Place,
  placeParams,
  readPlace,
  stepOf,
  trail,
} from '../../../web/feature/attainment/place.ts';

const WEEK = '2026-05-04';
const at = (address: string) => readPlace(new URLSearchParams(address));
const row = (from: string) => ({ siteId: 's1', queueId: 'q1', from });

describe('the place of a director', () => {
  it('goes from the site to the interval, one row at a time, and back through the address', () => {
    let place: Place = at('range=months12&site=all');
    const steps: string[] = [];
    for (const from of ['', '', '2026-04-01', '2026-04-06', '2026-04-08', '']) {
      steps.push(stepOf(place));
      expect(readPlace(new URLSearchParams(placeParams(place)))).toEqual(place);
      place = into(place, row(from));
    }
    expect(steps).toEqual(['site', 'queue', 'month', 'week', 'day', 'interval']);
    expect(placeParams(place)).toEqual({
      range: 'months12',
      site: 's1',
      queue: 'q1',
      month: '2026-04',
      week: '2026-04-06',
      day: '2026-04-08',
    });
    expect(trail(place, true).map(({ level }) => level)).toEqual([
      'all',
      'site',
      'queue',
      'month',
      'week',
      'day',
    ]);
    expect(trail(place, true).at(-1)?.place).toEqual(place);
  });

  it('takes a wrong address as if it said nothing', () => {
    expect(at('range=x&month=2026-13&day=2026-02-99&queue=a/b&definition=best')).toEqual(at(''));
  });

  it('has whole weeks and months, and clips a week to the month it was entered from', () => {
    expect(daysOf(at('range=week'), WEEK)).toEqual({ from: '2026-05-04', to: '2026-05-10' });
    expect(daysOf(at(''), WEEK)).toEqual({ from: '2026-04-06', to: '2026-05-10' });
    expect(daysOf(at('range=months3'), WEEK)).toEqual({ from: '2026-03-01', to: '2026-05-10' });
    expect(daysOf(at('range=months12'), WEEK)).toEqual({ from: '2025-06-01', to: '2026-05-10' });
    expect(daysOf(at('month=2028-02'), WEEK)).toEqual({ from: '2028-02-01', to: '2028-02-29' });
    expect(daysOf(at('month=2026-12'), WEEK)).toEqual({ from: '2026-12-01', to: '2026-12-31' });
    expect(daysOf(at('month=2026-04&week=2026-04-27'), WEEK)).toEqual({
      from: '2026-04-27',
      to: '2026-04-30',
    });
    expect(daysOf(at('week=2026-04-29'), WEEK)).toEqual({ from: '2026-04-27', to: '2026-05-03' });
  });

  it('compares with as many days just before', () => {
    expect(daysBefore({ from: '2026-04-06', to: '2026-05-10' })).toEqual({
      from: '2026-03-02',
      to: '2026-04-05',
    });
    expect(daysBefore({ from: '2026-05-01', to: '2026-05-01' })).toEqual({
      from: '2026-04-30',
      to: '2026-04-30',
    });
  });
});
