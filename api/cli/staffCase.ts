import {
  type Goals,
  type Load,
  SERVICE_LEVEL_DEFINITIONS,
  type ServiceLevelDefinition,
} from '../../forecasting/index.ts';
import { CommandError, type OptionSpec, parseDuration, parseShare } from './args.ts';
import { readCsv } from './csvFile.ts';

/** One case: the load and the goals, as read from flags or from a row of a file. */
export interface StaffCase {
  readonly label: string | null;
  /** Opens what is said of the case: its file and row, or nothing for flags. */
  readonly where: string;
  readonly load: Load;
  readonly goals: Goals;
  /** Share of paid time away from the contacts, 0–1. */
  readonly shrinkage: number;
}

/** Goals as options; the time of the service level has another default in every command. */
export const GOAL_OPTIONS: readonly OptionSpec[] = [
  { name: 'service-level', value: 'SHARE', help: 'share to be answered in time; 80% where no goal is given' },
  { name: 'asa', value: 'TIME', help: 'goal for the average speed of answer' },
  { name: 'max-abandonment', value: 'SHARE', help: 'goal for abandonment, e.g. 5%' },
  { name: 'max-occupancy', value: 'SHARE', help: 'most that agents may be busy, e.g. 85%' },
];

/** Reads one field by its option name (`answer-within`); `undefined` when it is not given. */
export type FieldReader = (name: string) => string | undefined;

const DEFAULT_TARGET = 0.8;
const DEFAULT_ANSWER_WITHIN_SECONDS = 20;

/** Fields of a case: option name, whether it is a time, a share or a number, and other column names for it. */
const FIELDS = [
  { name: 'calls', kind: 'number', columns: ['calls', 'offered', 'volume'] },
  { name: 'interval', kind: 'time', columns: ['interval', 'interval_seconds'] },
  { name: 'aht', kind: 'time', columns: ['aht', 'aht_seconds'] },
  { name: 'patience', kind: 'time', columns: ['patience', 'patience_seconds'] },
  { name: 'service-level', kind: 'share', columns: ['service_level', 'service_level_target'] },
  { name: 'answer-within', kind: 'time', columns: ['answer_within', 'answer_within_seconds'] },
  { name: 'definition', kind: 'text', columns: ['definition', 'service_level_definition'] },
  { name: 'short-abandon', kind: 'time', columns: ['short_abandon', 'short_abandon_seconds'] },
  { name: 'asa', kind: 'time', columns: ['asa', 'asa_seconds'] },
  { name: 'max-abandonment', kind: 'share', columns: ['max_abandonment'] },
  { name: 'max-occupancy', kind: 'share', columns: ['max_occupancy'] },
  { name: 'min-agents', kind: 'number', columns: ['min_agents'] },
  { name: 'rate-cv', kind: 'share', columns: ['rate_cv'] },
  { name: 'shrinkage', kind: 'share', columns: ['shrinkage'] },
] as const;

const LABEL_COLUMNS = ['interval_start', 'label', 'queue'];

/**
 * Builds a case from its fields. `where` opens every error (`row 3: `, or nothing for flags).
 *
 * @throws CommandError naming the field, what was found and what was expected.
 */
export function caseFrom(read: FieldReader, where: string, label: string | null): StaffCase {
  const readers = inputReaders(read, where);
  const { number, time, share } = readers;
  const needed = (value: number | undefined, name: string) => {
    if (value === undefined) throw new CommandError(`${where}${name} is needed`, exitCodeAt(where));
    return value;
  };
  const patienceSeconds = time('patience');
  const rateCv = share('rate-cv');
  return {
    label,
    where,
    load: {
      calls: needed(number('calls'), 'calls'),
      intervalSeconds: time('interval') ?? 1800,
      ahtSeconds: needed(time('aht'), 'aht'),
      ...(patienceSeconds !== undefined && {
        patience: { kind: 'exponential', meanSeconds: patienceSeconds },
      }),
      ...(rateCv !== undefined && { rateCv }),
    },
    goals: goalsFrom(read, readers),
    shrinkage: share('shrinkage') ?? 0,
  };
}

/** A wrong option is a wrong call; a wrong cell of a file is a file that cannot be worked with. */
function exitCodeAt(where: string): number {
  return where === '' ? 2 : 1;
}

/** Typed access to the fields of a case. */
export interface CaseReaders {
  readonly number: (name: string) => number | undefined;
  readonly time: (name: string) => number | undefined;
  readonly share: (name: string) => number | undefined;
  readonly where: string;
}

/**
 * Readers whose errors open with `where`.
 *
 * @throws CommandError naming the field, what was found and what was expected.
 */
export function inputReaders(read: FieldReader, where: string): CaseReaders {
  return {
    where,
    number: name => {
      const text = read(name);
      if (text === undefined) return undefined;
      const value = Number(text);
      if (Number.isFinite(value)) return value;
      throw new CommandError(`${where}${name} must be a number; found "${text}"`, exitCodeAt(where));
    },
    time: name => {
      const text = read(name);
      if (text === undefined) return undefined;
      return Number(text) === 0 ? 0 : parseDuration(text, 's', `${where}${name}`, exitCodeAt(where));
    },
    share: name => {
      const text = read(name);
      return text === undefined ? undefined : parseShare(text, `${where}${name}`, exitCodeAt(where));
    },
  };
}

/** The goals of a case; 80 % in 20 s where it names none. */
export function goalsFrom(read: FieldReader, { number, time, share, where }: CaseReaders): Goals {
  const target = share('service-level');
  const asaSeconds = time('asa');
  const maxAbandonment = share('max-abandonment');
  const maxOccupancy = share('max-occupancy');
  const minAgents = number('min-agents');
  const others = { asaSeconds, maxAbandonment, maxOccupancy };
  const noGoal = target === undefined && Object.values(others).every(value => value === undefined);
  const shortAbandonSeconds = time('short-abandon');
  const wantsServiceLevel = target !== undefined || read('answer-within') !== undefined || noGoal;
  return {
    ...(wantsServiceLevel && {
      serviceLevel: {
        target: target ?? DEFAULT_TARGET,
        answerWithinSeconds: time('answer-within') ?? DEFAULT_ANSWER_WITHIN_SECONDS,
        definition: readDefinition(read('definition'), where),
        ...(shortAbandonSeconds !== undefined && { shortAbandonSeconds }),
      },
    }),
    ...(asaSeconds !== undefined && { asaSeconds }),
    ...(maxAbandonment !== undefined && { maxAbandonment }),
    ...(maxOccupancy !== undefined && { maxOccupancy }),
    ...(minAgents !== undefined && { minAgents }),
  };
}

function readDefinition(text: string | undefined, where: string): ServiceLevelDefinition {
  const found = SERVICE_LEVEL_DEFINITIONS.find(definition => definition === (text ?? 'offered'));
  if (found) return found;
  throw new CommandError(
    `${where}definition must be one of ${SERVICE_LEVEL_DEFINITIONS.join(', ')}; found "${text}"`,
    exitCodeAt(where),
  );
}

/**
 * Reads cases from a CSV file with a heading row; times are seconds unless they carry a unit.
 *
 * @throws CommandError naming the file, the row and the field.
 */
export async function casesFromFile(file: string): Promise<readonly StaffCase[]> {
  const rows = await readCsv(file);
  const headings = new Set(Object.keys(rows[0] ?? {}));
  const known = new Set<string>([...FIELDS.flatMap(field => field.columns), ...LABEL_COLUMNS]);
  const unknown = [...headings].filter(heading => !known.has(heading));
  if (unknown.length > 0) {
    throw new CommandError(
      `${file}: column "${unknown[0]}" is not known; columns are ${FIELDS.map(f => f.columns.at(-1)).join(', ')}, ${LABEL_COLUMNS.join(', ')}`,
    );
  }
  return rows.map((row, i) => {
    const read: FieldReader = name => {
      const columns = FIELDS.find(field => field.name === name)?.columns ?? [];
      const column = columns.find(candidate => headings.has(candidate));
      const text = column === undefined ? '' : (row[column] ?? '').trim();
      return text === '' ? undefined : text;
    };
    const label = LABEL_COLUMNS.map(column => row[column]).find(text => text !== undefined && text !== '');
    return caseFrom(read, `${file}, row ${i + 2}: `, label ?? null);
  });
}
