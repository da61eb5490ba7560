import fc from 'fast-check';
import type { RosterAgent, RosterProblem } from '../../../../forecasting/scheduling/roster/problem.ts';

const SHIFT_TYPES = [
  { id: 'E', minutes: 480, cannotBeFollowedBy: [] },
  { id: 'L', minutes: 480, cannotBeFollowedBy: ['E'] },
  { id: 'N', minutes: 600, cannotBeFollowedBy: ['E', 'L'] },
];

function smallAgent(days: number, id: string): fc.Arbitrary<RosterAgent> {
  return fc
    .record({
      early: fc.integer({ min: 0, max: days }),
      night: fc.integer({ min: 0, max: 2 }),
      least: fc.integer({ min: 0, max: 2 }),
      most: fc.integer({ min: 3, max: days }),
      minOn: fc.integer({ min: 1, max: 2 }),
      maxOn: fc.integer({ min: 2, max: 4 }),
      minOff: fc.integer({ min: 1, max: 3 }),
      weekends: fc.integer({ min: 0, max: 2 }),
      off: fc.option(fc.integer({ min: 0, max: days - 1 }), { nil: undefined }),
      carry: fc.option(
        fc.oneof(
          fc.record({
            kind: fc.constant('off' as const),
            consecutiveDaysOff: fc.integer({ min: 1, max: 3 }),
          }),
          fc.record({
            kind: fc.constant('worked' as const),
            consecutiveShifts: fc.integer({ min: 1, max: 2 }),
            lastShiftType: fc.constantFrom('E', 'L', 'N'),
          }),
        ),
        { nil: undefined },
      ),
    })
    .map(draw => ({
      id,
      maxShifts: { E: draw.early, N: draw.night },
      minTotalMinutes: draw.least * 480,
      maxTotalMinutes: draw.most * 480,
      minConsecutiveShifts: draw.minOn,
      maxConsecutiveShifts: draw.maxOn,
      minConsecutiveDaysOff: draw.minOff,
      maxWeekends: draw.weekends,
      daysOff: draw.off === undefined ? [] : [draw.off],
      ...(draw.carry ? { carryOver: draw.carry } : {}),
    }));
}

/** Rosters small enough to enumerate: three shift types, a week or so, one to three agents. */
export function smallRoster(days: number, agents: number): fc.Arbitrary<RosterProblem> {
  const ids = Array.from({ length: agents }, (_, i) => `agent ${i}`);
  return fc
    .record({
      firstWeekday: fc.integer({ min: 0, max: 6 }),
      agents: fc.tuple(...ids.map(id => smallAgent(days, id))),
      wishes: fc.array(
        fc.record({
          agent: fc.constantFrom(...ids),
          day: fc.integer({ min: 0, max: days - 1 }),
          shiftType: fc.constantFrom('E', 'L', 'N'),
          weight: fc.integer({ min: 1, max: 5 }),
          wanted: fc.boolean(),
        }),
        { maxLength: 8 },
      ),
      required: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: days * 3, maxLength: days * 3 }),
    })
    .map(({ firstWeekday, agents: people, wishes, required }) => ({
      days,
      firstWeekday,
      shiftTypes: SHIFT_TYPES,
      agents: people,
      requests: wishes,
      cover: required.map((count, cell) => ({
        day: Math.floor(cell / 3),
        shiftType: SHIFT_TYPES[cell % 3]?.id ?? 'E',
        required: count,
        underWeight: 10,
        overWeight: 2,
      })),
    }));
}

/** Whether an agent's days keep every hard rule, read straight from the rules' words. */
export function keepsRules(problem: RosterProblem, agent: RosterAgent, row: readonly number[]): boolean {
  const type = (day: number) => problem.shiftTypes[row[day] ?? -1];
  const minutes = row.reduce((sum, _, day) => sum + (type(day)?.minutes ?? 0), 0);
  if (minutes < agent.minTotalMinutes || minutes > agent.maxTotalMinutes) return false;
  if (agent.daysOff.some(day => type(day))) return false;
  for (const { id } of problem.shiftTypes) {
    const worked = row.filter((_, day) => type(day)?.id === id).length;
    if (worked > (agent.maxShifts[id] ?? problem.days)) return false;
  }
  const before = agent.carryOver;
  const first = type(0)?.id;
  if (before?.kind === 'worked' && first) {
    const last = problem.shiftTypes.find(each => each.id === before.lastShiftType);
    if (last?.cannotBeFollowedBy.includes(first)) return false;
  }
  for (let day = 1; day < row.length; day++) {
    const next = type(day)?.id;
    if (next && type(day - 1)?.cannotBeFollowedBy.includes(next)) return false;
  }
  const weekends = new Set<number>();
  row.forEach((_, day) => {
    const weekday = (problem.firstWeekday + day) % 7;
    if (type(day) && weekday >= 5) weekends.add(Math.floor((problem.firstWeekday + day) / 7));
  });
  return weekends.size <= agent.maxWeekends && keepsRuns(agent, row);
}

function keepsRuns(agent: RosterAgent, row: readonly number[]): boolean {
  const before = agent.carryOver;
  const history =
    before?.kind === 'worked'
      ? 'W'.repeat(before.consecutiveShifts)
      : before
        ? '-'.repeat(before.consecutiveDaysOff)
        : '';
  const pattern = history + row.map(t => (t < 0 ? '-' : 'W')).join('');
  for (const run of pattern.matchAll(/W+|-+/g)) {
    const end = run.index + run[0].length;
    if (end <= history.length && end < pattern.length && run.index + run[0].length !== history.length)
      continue;
    const opensUnknown = run.index === 0 && before === undefined;
    const open = opensUnknown || end === pattern.length;
    if (run[0].startsWith('W')) {
      if (run[0].length > agent.maxConsecutiveShifts) return false;
      if (!open && run[0].length < agent.minConsecutiveShifts) return false;
    } else if (!open && run[0].length < agent.minConsecutiveDaysOff) return false;
  }
  return true;
}
