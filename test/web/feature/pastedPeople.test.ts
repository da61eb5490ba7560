import { describe, expect, it } from 'vitest';
import { readPastedPeople } from '../../../web/feature/people/pastedPeople.ts';

describe('a pasted list of people', () => {
  it('has a name per line, with hours in either decimal mark where it has them', () => {
    const { people, wrong } = readPastedPeople('Ana\t37,5\r\n\n  Ben ; 20.5\nNurse 7\n');
    expect(wrong).toEqual([]);
    expect(people).toEqual([
      { name: 'Ana', hours: 37.5 },
      { name: 'Ben', hours: 20.5 },
      { name: 'Nurse 7', hours: null },
    ]);
  });

  it('names the lines that cannot be read, hours beyond a week, and names that stand twice', () => {
    const { people, wrong } = readPastedPeople('Ana\nBen\tmany\nCid\t169\nAna\t20\n\t40');
    expect(people).toEqual([{ name: 'Ana', hours: null }]);
    expect(wrong.map(({ line }) => line)).toEqual([2, 3, 4, 5]);
  });
});
