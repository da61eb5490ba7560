import {
  addDays,
  localDateOf,
  localDay,
  paidMinutes,
  type Schedule,
  type ScheduleProblem,
  wallClockSeconds,
} from '../../forecasting/index.ts';
import { weekdayLabel } from './forecast.ts';
import { clockText } from './localTime.ts';
import { toText } from './output.ts';

const MOST_DAYS = 7;
const MOST_AGENTS = 40;

/** Agents by days with their shift times, for a terminal: the first week, and the first agents of a large team. */
export function scheduleTable(problem: ScheduleProblem, schedule: Schedule): string {
  const { grid } = problem;
  const first = localDateOf(grid.start, grid.timeZone);
  const last = localDateOf(grid.start + grid.count * grid.stepSeconds - 1, grid.timeZone);
  const dates: string[] = [];
  for (let date = first; date <= last && dates.length < MOST_DAYS; date = addDays(date, 1)) dates.push(date);
  const byAgent = new Map<string, { times: Map<string, string[]>; minutes: number }>();
  for (const shift of schedule.assignments) {
    const entry = byAgent.get(shift.agentId) ?? { times: new Map<string, string[]>(), minutes: 0 };
    const date = localDateOf(shift.start, grid.timeZone);
    const text = `${clock(shift.start, grid.timeZone)}–${clock(shift.end, grid.timeZone)}`;
    entry.times.set(date, [...(entry.times.get(date) ?? []), text]);
    entry.minutes += paidMinutes(shift);
    byAgent.set(shift.agentId, entry);
  }
  const agents = problem.agents.slice(0, MOST_AGENTS);
  const table = toText({
    columns: [
      { name: 'agent', heading: 'Agent' },
      ...dates.map(date => ({ name: date, heading: weekdayLabel(date).slice(0, 3) + date.slice(7) })),
      { name: 'paid', heading: 'Paid h', digits: 1 },
    ],
    rows: agents.map(agent => {
      const entry = byAgent.get(agent.id);
      return [
        agent.name,
        ...dates.map(date => entry?.times.get(date)?.join(' ') ?? '·'),
        (entry?.minutes ?? 0) / 60,
      ];
    }),
  });
  const rest = problem.agents.length - agents.length;
  return rest > 0 ? `${table}… and ${rest} more agents (--json lists them all).\n` : table;
}

function clock(epochSeconds: number, timeZone: string): string {
  const day = localDay(localDateOf(epochSeconds, timeZone), timeZone);
  return clockText(wallClockSeconds(day, epochSeconds));
}
