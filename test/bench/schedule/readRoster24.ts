import type {
  RosterAgent,
  RosterCover,
  RosterProblem,
  RosterRequest,
  RosterShiftType,
} from '../../../forecasting/scheduling/roster/problem.ts';

/** Reads the text of one instance of the 24 public rosters (sections of comma-separated lines, `#` comments). */
export function readRoster24(text: string): RosterProblem {
  const sections = splitSections(text);
  const lines = (name: string): readonly string[][] =>
    (sections.get(name) ?? []).map(line => line.split(',').map(field => field.trim()));
  const days = Number(sections.get('SECTION_HORIZON')?.[0]);
  if (!Number.isInteger(days) || days < 1) throw new Error('SECTION_HORIZON holds no number of days');
  const daysOff = new Map(lines('SECTION_DAYS_OFF').map(([id = '', ...rest]) => [id, rest.map(Number)]));
  return {
    days,
    firstWeekday: 0,
    shiftTypes: lines('SECTION_SHIFTS').map(readShiftType),
    agents: lines('SECTION_STAFF').map(fields => readAgent(fields, daysOff)),
    requests: [
      ...lines('SECTION_SHIFT_ON_REQUESTS').map(fields => readRequest(fields, true)),
      ...lines('SECTION_SHIFT_OFF_REQUESTS').map(fields => readRequest(fields, false)),
    ],
    cover: lines('SECTION_COVER').map(readCover),
  };
}

function splitSections(text: string): Map<string, string[]> {
  const sections = new Map<string, string[]>();
  let current: string[] | undefined;
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    if (line.startsWith('SECTION_')) sections.set(line, (current = []));
    else if (current) current.push(line);
    else throw new Error(`line outside of a section: ${line}`);
  }
  return sections;
}

function readShiftType([id = '', minutes = '', after = '']: readonly string[]): RosterShiftType {
  return {
    id,
    minutes: numberIn(minutes, id),
    cannotBeFollowedBy: after.split('|').filter(next => next !== ''),
  };
}

function readAgent(fields: readonly string[], daysOff: ReadonlyMap<string, readonly number[]>): RosterAgent {
  const [id = '', limits = '', maxMinutes, minMinutes, maxOn, minOn, minOff, weekends] = fields;
  const maxShifts: Record<string, number> = {};
  for (const limit of limits.split('|')) {
    const [type = '', most = ''] = limit.split('=');
    if (type !== '') maxShifts[type] = numberIn(most, id);
  }
  return {
    id,
    maxShifts,
    maxTotalMinutes: numberIn(maxMinutes, id),
    minTotalMinutes: numberIn(minMinutes, id),
    maxConsecutiveShifts: numberIn(maxOn, id),
    minConsecutiveShifts: numberIn(minOn, id),
    minConsecutiveDaysOff: numberIn(minOff, id),
    maxWeekends: numberIn(weekends, id),
    daysOff: daysOff.get(id) ?? [],
  };
}

function readRequest(
  [agent = '', day, shiftType = '', weight]: readonly string[],
  wanted: boolean,
): RosterRequest {
  return { agent, day: numberIn(day, agent), shiftType, weight: numberIn(weight, agent), wanted };
}

function readCover([day, shiftType = '', required, under, over]: readonly string[]): RosterCover {
  return {
    day: numberIn(day, 'cover'),
    shiftType,
    required: numberIn(required, 'cover'),
    underWeight: numberIn(under, 'cover'),
    overWeight: numberIn(over, 'cover'),
  };
}

function numberIn(text: string | undefined, where: string): number {
  const value = Number(text);
  if (text === undefined || text === '' || !Number.isFinite(value))
    throw new Error(`${where}: expected a number, found ${JSON.stringify(text)}`);
  return value;
}

/** Reads a published or written roster: a header of day numbers, then one line per agent; `OFF` or empty is off. */
export function readRosterCsv(text: string, problem: RosterProblem): Int8Array[] {
  const typeIndex = new Map(problem.shiftTypes.map((type, index) => [type.id, index]));
  const rows = new Map<string, Int8Array>();
  for (const line of text.split(/\r?\n/).slice(1)) {
    if (line.trim() === '') continue;
    const [id = '', ...days] = line.split(',').map(field => field.trim());
    const row = new Int8Array(problem.days).fill(-1);
    for (let day = 0; day < problem.days; day++) {
      const field = days[day] ?? '';
      if (field === '' || field === 'OFF') continue;
      const type = typeIndex.get(field);
      if (type === undefined) throw new Error(`${id}, day ${day}: unknown shift type ${field}`);
      row[day] = type;
    }
    rows.set(id, row);
  }
  return problem.agents.map(agent => {
    const row = rows.get(agent.id);
    if (!row) throw new Error(`the roster has no line for ${agent.id}`);
    return row;
  });
}

/** Writes a roster in the form of the published ones. */
export function writeRosterCsv(problem: RosterProblem, assignment: readonly Int8Array[]): string {
  const header = ['employee', ...Array.from({ length: problem.days }, (_, day) => String(day))];
  const lines = problem.agents.map((agent, i) => {
    const row = assignment[i] ?? new Int8Array(problem.days).fill(-1);
    return [agent.id, ...Array.from(row, type => (type < 0 ? 'OFF' : (problem.shiftTypes[type]?.id ?? '')))];
  });
  return `${[header, ...lines].map(fields => fields.join(',')).join('\n')}\n`;
}
