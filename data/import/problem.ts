import { describeValue } from './guard.ts';

/** What can be wrong with, or remarkable about, rows. Each code has one way to mend it. */
export type ProblemCode =
  | 'badTime'
  | 'missingHour'
  | 'doubledHour'
  | 'badNumber'
  | 'badDuration'
  | 'negative'
  | 'overlap'
  | 'duplicate'
  | 'offGrid'
  | 'wrongLength'
  | 'unknownQueue'
  | 'leftOut'
  | 'shortRow'
  | 'subtotal'
  | 'handledOverOffered'
  | 'fractional'
  | 'handledDerived'
  | 'levelDerived'
  | 'unknownOutcome'
  | 'excludedCall';

/** error = the row cannot be imported; warning = it can, but look; notice = what was done about it. */
export type Severity = 'error' | 'warning' | 'notice';

/** Rows with the same problem in the same column, and how to mend it. */
export interface Problem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  /** The column's name; null when the whole row is meant. */
  readonly column: string | null;
  /** What was expected there. */
  readonly expected: string;
  /** What to do about it, or what was done. */
  readonly repair: string;
  readonly rows: number;
  /** The first few: line in the file, and what was found (never more than digits and punctuation). */
  readonly examples: readonly { readonly line: number; readonly found: string }[];
}

const TEXTS: Readonly<Record<ProblemCode, readonly [severity: Severity, expected: string, repair: string]>> =
  {
    badTime: [
      'error',
      'a date and time such as 2026-03-14 09:15',
      'change the date order or the time column in the mapping, or mend the cells',
    ],
    missingHour: [
      'warning',
      'a time that exists on that day',
      'this hour was skipped when the clocks went forward, so the rows were left out; if there are many, set the time zone to the one the file was written in',
    ],
    doubledHour: [
      'notice',
      'one row per hour that the clocks repeat',
      'when the clocks go back an hour comes twice; the first row for each time was taken for the earlier pass, the second for the later',
    ],
    badNumber: [
      'error',
      'a whole number',
      'change the decimal sign or the column in the mapping, or mend the cells',
    ],
    badDuration: [
      'error',
      'a duration such as 185, 3:05 or 0:03:05',
      'change the unit, the decimal sign or the column in the mapping, or mend the cells',
    ],
    negative: [
      'error',
      'zero or more',
      'a count or duration cannot be negative; mend the cells or export again',
    ],
    overlap: [
      'error',
      'one row per queue and interval',
      'rows give different values for the same interval; remove all but one, or map the queue column',
    ],
    duplicate: [
      'notice',
      'one row per queue and interval',
      'rows that repeat another row exactly were counted once',
    ],
    offGrid: [
      'error',
      'a start on the interval grid of the queue',
      'choose the interval length that the file has, or set the queue to it',
    ],
    wrongLength: [
      'error',
      'intervals of one length that do not overlap',
      'rows cover other stretches than the rest of the file; export one interval length only',
    ],
    unknownQueue: [
      'error',
      'the name of a queue',
      'create the queue, add the name to its aliases, or choose to leave these rows out',
    ],
    leftOut: [
      'notice',
      'rows of queues that are imported',
      'these rows belong to queues that you chose to leave out',
    ],
    shortRow: ['error', 'as many columns as the header', 'the row is cut short; export the file again'],
    subtotal: ['notice', 'rows of single intervals', 'subtotal and total rows were passed over'],
    handledOverOffered: [
      'warning',
      'no more handled than offered',
      "contacts that wait across an interval's end are handled in a later one than they were offered in, which is normal for a few; if it is so in many rows, the two columns may be swapped",
    ],
    fractional: ['warning', 'a whole number', 'fractions of a contact were rounded'],
    handledDerived: [
      'notice',
      'a column of contacts handled',
      'the file has none, so handled was taken as offered less abandoned',
    ],
    levelDerived: [
      'notice',
      'a count of contacts answered within the target',
      'the file has a percentage only, so the count was taken as that share of the contacts offered',
    ],
    unknownOutcome: [
      'error',
      'an outcome such as answered or abandoned',
      'rename these outcomes to answered or abandoned, or leave the outcome column unmapped',
    ],
    excludedCall: ['notice', 'calls that were answered or abandoned', 'phantom and test calls were left out'],
  };

const EXAMPLES = 5;

interface Tally {
  readonly code: ProblemCode;
  readonly column: string | null;
  rows: number;
  readonly examples: { line: number; found: string }[];
}

/** Collects problems, so that ten thousand bad rows make one message. */
export class ProblemLog {
  readonly #tallies = new Map<string, Tally>();
  #errors = 0;

  /** Notes a problem of one row. `value` is the offending cell; it is quoted only as far as `describeValue` allows. */
  add(code: ProblemCode, line: number, column: string | null = null, value?: string): void {
    const key = `${code}|${column ?? ''}`;
    let tally = this.#tallies.get(key);
    if (!tally) this.#tallies.set(key, (tally = { code, column, rows: 0, examples: [] }));
    tally.rows++;
    if (TEXTS[code][0] === 'error') this.#errors++;
    if (tally.examples.length < EXAMPLES) {
      tally.examples.push({ line, found: value === undefined ? '' : describeValue(value) });
    }
  }

  /** Rows that cannot be imported. */
  get errorRows(): number {
    return this.#errors;
  }

  /** Every group, errors first, the commonest first. */
  problems(): readonly Problem[] {
    const order: readonly Severity[] = ['error', 'warning', 'notice'];
    return [...this.#tallies.values()]
      .map(({ code, column, rows, examples }) => {
        const [severity, expected, repair] = TEXTS[code];
        return { code, severity, column, expected, repair, rows, examples };
      })
      .sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity) || b.rows - a.rows);
  }
}
