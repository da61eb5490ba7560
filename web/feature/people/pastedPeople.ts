import { readNumber } from '../../component/intervalGrid/cells.ts';

/** A line of a pasted list. */
export interface PastedPerson {
  readonly name: string;
  /** Contract hours a week; null where the line has none. */
  readonly hours: number | null;
}

export interface PastedPeople {
  readonly people: readonly PastedPerson[];
  /** Lines that cannot be read, with their number, first = 1. */
  readonly wrong: readonly { readonly line: number; readonly text: string }[];
}

const MOST_HOURS = 168;

/** Reads a list of one person per line: a name, and where it has them the hours a week after a tab or semicolon. */
export function readPastedPeople(text: string): PastedPeople {
  const people: PastedPerson[] = [];
  const wrong: { line: number; text: string }[] = [];
  const seen = new Set<string>();
  text.split(/\r?\n/).forEach((line, i) => {
    if (line.trim() === '') return;
    const [name = '', hoursText = ''] = line.split(/[\t;]/).map(part => part.trim());
    const hours = hoursText === '' ? null : readNumber(hoursText);
    const isWrong =
      name === '' || (hoursText !== '' && (hours === null || hours > MOST_HOURS)) || seen.has(name);
    if (isWrong) wrong.push({ line: i + 1, text: line.trim() });
    else people.push({ name, hours });
    seen.add(name);
  });
  return { people, wrong };
}
