/**
 * Checks a roster of the 24 public instances from the two texts alone: the instance file and the written roster.
 * It shares no code with the reader, the evaluator or the solver, so that an error there cannot hide here.
 */
export interface RosterCheck {
  readonly objective: number;
  readonly violations: readonly string[];
}

export function checkRoster(instance: string, roster: string): RosterCheck {
  const file = sections(instance);
  const days = Number((file.SECTION_HORIZON ?? [])[0]?.[0]);
  const lengths = new Map<string, number>();
  const banned = new Set<string>();
  for (const [shift = '', minutes, after = ''] of file.SECTION_SHIFTS ?? []) {
    lengths.set(shift, Number(minutes));
    for (const next of after.split('|')) if (next) banned.add(`${shift}>${next}`);
  }
  const plan = new Map<string, string[]>();
  const violations: string[] = [];
  const [, ...planLines] = roster.trim().split('\n');
  for (const line of planLines) {
    const [person = '', ...shifts] = line.trim().split(',');
    if (shifts.length !== days) violations.push(`${person}: ${shifts.length} days instead of ${days}`);
    for (const shift of shifts)
      if (shift !== 'OFF' && shift !== '' && !lengths.has(shift))
        violations.push(`${person}: unknown shift ${shift}`);
    plan.set(
      person,
      shifts.map(shift => (shift === 'OFF' ? '' : shift)),
    );
  }
  for (const staff of file.SECTION_STAFF ?? []) {
    const shifts = plan.get(staff[0] ?? '');
    if (!shifts) violations.push(`${staff[0]}: no line in the roster`);
    else violations.push(...personViolations(staff, shifts, lengths, banned));
  }
  for (const [person = '', ...off] of file.SECTION_DAYS_OFF ?? [])
    for (const day of off)
      if (plan.get(person)?.[Number(day)]) violations.push(`${person}: works on day off ${day}`);
  return { objective: objective(file, plan), violations };
}

function personViolations(
  [person, limits = '', maxMinutes, minMinutes, maxRun, minRun, minOff, maxWeekends]: readonly string[],
  shifts: readonly string[],
  lengths: ReadonlyMap<string, number>,
  banned: ReadonlySet<string>,
): string[] {
  const found: string[] = [];
  const say = (text: string): number => found.push(`${person}: ${text}`);
  for (const limit of limits.split('|')) {
    const [shift, most] = limit.split('=');
    const worked = shifts.filter(each => each === shift).length;
    if (worked > Number(most)) say(`${worked} shifts ${shift}, most ${most}`);
  }
  const minutes = shifts.reduce((sum, shift) => sum + (lengths.get(shift) ?? 0), 0);
  if (minutes > Number(maxMinutes)) say(`${minutes} minutes, most ${maxMinutes}`);
  if (minutes < Number(minMinutes)) say(`${minutes} minutes, least ${minMinutes}`);
  for (let day = 1; day < shifts.length; day++)
    if (banned.has(`${shifts[day - 1]}>${shifts[day]}`))
      say(`${shifts[day - 1]} then ${shifts[day]} on day ${day}`);
  // Runs: W for work, - for off; what touches an end of the horizon may have begun before or go on after it.
  const pattern = shifts.map(shift => (shift ? 'W' : '-')).join('');
  for (const run of pattern.matchAll(/W+|-+/g)) {
    const length = run[0].length;
    const inside = run.index > 0 && run.index + length < pattern.length;
    if (run[0].startsWith('W')) {
      if (length > Number(maxRun)) say(`${length} shifts in a row from day ${run.index}, most ${maxRun}`);
      if (inside && length < Number(minRun))
        say(`${length} shifts in a row from day ${run.index}, least ${minRun}`);
    } else if (inside && length < Number(minOff))
      say(`${length} days off from day ${run.index}, least ${minOff}`);
  }
  let weekends = 0;
  for (let saturday = 5; saturday < shifts.length; saturday += 7)
    if (shifts[saturday] || shifts[saturday + 1]) weekends++;
  if (weekends > Number(maxWeekends)) say(`${weekends} weekends, most ${maxWeekends}`);
  return found;
}

function objective(file: Sections, plan: ReadonlyMap<string, readonly string[]>): number {
  let total = 0;
  for (const [person = '', day, shift, weight] of file.SECTION_SHIFT_ON_REQUESTS ?? [])
    if (plan.get(person)?.[Number(day)] !== shift) total += Number(weight);
  for (const [person = '', day, shift, weight] of file.SECTION_SHIFT_OFF_REQUESTS ?? [])
    if (plan.get(person)?.[Number(day)] === shift) total += Number(weight);
  for (const [day, shift, required, under, over] of file.SECTION_COVER ?? []) {
    const present = [...plan.values()].filter(shifts => shifts[Number(day)] === shift).length;
    const missing = Number(required) - present;
    total += missing > 0 ? missing * Number(under) : -missing * Number(over);
  }
  return total;
}

type Sections = Record<string, string[][]>;

function sections(text: string): Sections {
  const found: Sections = {};
  let name = '';
  for (const line of text.split('\n').map(each => each.trim())) {
    if (!line || line.startsWith('#')) continue;
    if (line.startsWith('SECTION')) found[(name = line)] = [];
    else found[name]?.push(line.split(','));
  }
  return found;
}
