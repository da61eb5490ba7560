import { addDays, createRandom, localDay } from '../../../forecasting/index.ts';
import type { ScheduleProblem } from '../../../forecasting/scheduling/problem.ts';
import type { Activity, Assignment } from '../../../forecasting/scheduling/schedule.ts';
import { starterRules } from '../../../forecasting/scheduling/starterSet.ts';

export const TIME_ZONE = 'America/Chicago';
export const MONDAY = '2026-11-23';
export const QUEUES = ['appointments', 'triage', 'pharmacy', 'billing'] as const;

/** A week of made-up people and shifts of the size a large centre has. */
export function madeUpWeek(agentCount: number, seed = 7): { problem: ScheduleProblem; shifts: Assignment[] } {
  const random = createRandom(seed);
  const from = localDay(MONDAY, TIME_ZONE).startEpochSeconds;
  const to = localDay(addDays(MONDAY, 7), TIME_ZONE).startEpochSeconds;
  const count = (to - from) / 900;
  const shifts: Assignment[] = [];
  const agents: ScheduleProblem['agents'] = Array.from({ length: agentCount }, (_, a) => {
    const first = QUEUES[a % 4] ?? 'appointments';
    const second = QUEUES[(a + 1) % 4] ?? 'billing';
    for (let day = 0; day < 7; day++) {
      if ((a + day) % 7 >= 5) continue;
      const start =
        localDay(addDays(MONDAY, day), TIME_ZONE).startEpochSeconds +
        900 * (26 + Math.floor(random.uniform() * 24));
      shifts.push(shift(`s${a}-${day}`, `a${a}`, start));
    }
    return {
      id: `a${a}`,
      name: `Agent ${String(a + 1).padStart(3, '0')}`,
      skills: a % 3 === 0 ? [{ skill: first }, { skill: second }] : [{ skill: first }],
      contract: { minHoursPerWeek: 30, targetHoursPerWeek: 40, maxHoursPerWeek: 48 },
      costPerHour: 25,
    };
  });
  const problem: ScheduleProblem = {
    grid: { start: from, stepSeconds: 900, timeZone: TIME_ZONE, count },
    queues: QUEUES.map((id, q) => ({
      id,
      required: Array.from({ length: count }, (_, i) => {
        const hour = (i % 96) / 4;
        const shape = Math.max(0, Math.sin(((hour - 6) / 14) * Math.PI));
        return Math.round((agentCount / 9) * shape * (1 + 0.1 * q));
      }),
    })),
    agents,
    templates: [],
    rules: starterRules(),
  };
  return { problem, shifts };
}

function shift(id: string, agentId: string, start: number): Assignment {
  const at = (quarters: number) => start + quarters * 900;
  const part = (kind: Activity['kind'], from: number, to: number): Activity => ({
    kind,
    start: at(from),
    end: at(to),
    paid: kind !== 'lunch',
  });
  return {
    id,
    agentId,
    start,
    end: at(34),
    templateId: null,
    activities: [
      part('work', 0, 8),
      part('break', 8, 9),
      part('work', 9, 16),
      part('lunch', 16, 18),
      part('work', 18, 26),
      part('break', 26, 27),
      part('work', 27, 34),
    ],
  };
}
