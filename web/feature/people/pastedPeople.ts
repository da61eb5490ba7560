import type { Skill } from '../../../api/contract/people.ts';
import { readNumber } from '../../component/intervalGrid/cells.ts';

/** A line of a pasted list. */
export interface PastedPerson {
  readonly name: string;
  /** Contract hours a week; null where the line has none. */
  readonly hours: number | null;
  readonly skillIds: readonly string[];
}

export interface PastedPeople {
  readonly people: readonly PastedPerson[];
  /** Lines that cannot be read, with their number, first = 1. */
  readonly wrong: readonly { readonly line: number; readonly text: string }[];
  /** Skills that the list names and the site does not have, each once. */
  readonly unknownSkills: readonly string[];
}

const MOST_HOURS = 168;

/**
 * Reads a list of one person per line: a name, and where it has them the hours a week and names of skills, with tabs or
 * semicolons between. Hours may be left empty; skills are known by name in either case.
 */
export function readPastedPeople(text: string, skills: readonly Pick<Skill, 'id' | 'name'>[]): PastedPeople {
  const people: PastedPerson[] = [];
  const wrong: { line: number; text: string }[] = [];
  const unknown = new Set<string>();
  const seen = new Set<string>();
  const ids = new Map(skills.map(skill => [skill.name.trim().toLowerCase(), skill.id]));
  text.split(/\r?\n/).forEach((line, i) => {
    if (line.trim() === '') return;
    const [name = '', hoursText = '', ...named] = line.split(/[\t;]/).map(part => part.trim());
    const hours = hoursText === '' ? null : readNumber(hoursText);
    const isWrong =
      name === '' || (hoursText !== '' && (hours === null || hours > MOST_HOURS)) || seen.has(name);
    const skillNames = named.filter(skill => skill !== '');
    for (const skill of skillNames) if (!ids.has(skill.toLowerCase())) unknown.add(skill);
    const skillIds = new Set(skillNames.flatMap(skill => ids.get(skill.toLowerCase()) ?? []));
    if (isWrong) wrong.push({ line: i + 1, text: line.trim() });
    else people.push({ name, hours, skillIds: [...skillIds] });
    seen.add(name);
  });
  return { people, wrong, unknownSkills: [...unknown] };
}
