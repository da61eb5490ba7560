import { describe, expect, it } from 'vitest';
import { readPastedPeople } from '../../../web/feature/people/pastedPeople.ts';

const SKILLS = [
  { id: 'n', name: 'Nurse line' },
  { id: 'b', name: 'Billing' },
];

describe('a pasted list of people', () => {
  it('has a name per line, with hours in either decimal mark where it has them', () => {
    const { people, wrong } = readPastedPeople('Ana\t37,5\r\n\n  Ben ; 20.5\nNurse 7\n', SKILLS);
    expect(wrong).toEqual([]);
    expect(people).toEqual([
      { name: 'Ana', hours: 37.5, skillIds: [] },
      { name: 'Ben', hours: 20.5, skillIds: [] },
      { name: 'Nurse 7', hours: null, skillIds: [] },
    ]);
  });

  it('names the lines that cannot be read, hours beyond a week, and names that stand twice', () => {
    const { people, wrong } = readPastedPeople('Ana\nBen\tmany\nCid\t169\nAna\t20\n\t40', SKILLS);
    expect(people).toEqual([{ name: 'Ana', hours: null, skillIds: [] }]);
    expect(wrong.map(({ line }) => line)).toEqual([2, 3, 4, 5]);
  });

  it('has skills by name in a third column, each once, and names those that the site does not have', () => {
    const { people, wrong, unknownSkills } = readPastedPeople(
      'Ana\t40\tbilling; Nurse line; Billing\nBen;;Nurse line\nCid\t\tScheduling;\nDee\t\tScheduling; Typing',
      SKILLS,
    );
    expect(wrong).toEqual([]);
    expect(people.map(({ hours, skillIds }) => [hours, skillIds])).toEqual([
      [40, ['b', 'n']],
      [null, ['n']],
      [null, []],
      [null, []],
    ]);
    expect(unknownSkills).toEqual(['Scheduling', 'Typing']);
  });
});
