import { describe, expect, it } from 'vitest';
import { addDays, localDay } from '../../../forecasting/calendar/time.ts';
import { loadSchedule } from '../../../forecasting/scheduling/explain.ts';
import { hardCost, mendHardRules } from '../../../forecasting/scheduling/mend.ts';
import { mendMinimumCover } from '../../../forecasting/scheduling/mendCover.ts';
import type { ScheduleProblem, SchedulingAgent } from '../../../forecasting/scheduling/problem.ts';
import type { RuleSetting } from '../../../forecasting/scheduling/ruleSet.ts';
import type { Assignment, Schedule } from '../../../forecasting/scheduling/schedule.ts';
import type { SearchState } from '../../../forecasting/scheduling/searchState.ts';

const TIME_ZONE = 'Europe/Berlin';
const FIRST_DATE = '2026-05-04';

const hard = (kind: string, parameters: RuleSetting['parameters'] = {}): RuleSetting => ({
  id: kind,
  kind,
  parameters,
  enforcement: 'hard',
});

/** Six hours from 06:00 on a day counted from the first Monday. */
function morning(agentId: string, day: number): Assignment {
  const start = localDay(addDays(FIRST_DATE, day), TIME_ZONE).startEpochSeconds + 6 * 3600;
  const end = start + 6 * 3600;
  const activities = [{ kind: 'work' as const, start, end, paid: true }];
  return { id: `${agentId}${day}`, agentId, start, end, templateId: 'six', activities };
}

const mornings = (agentId: string, days: readonly number[]): readonly Assignment[] =>
  days.map(day => morning(agentId, day));

const fiveMornings = (id: string, more: Partial<SchedulingAgent> = {}): SchedulingAgent => ({
  id,
  name: id,
  skills: [{ skill: 'calls' }, { skill: 'RN' }],
  contract: { minHoursPerWeek: 30, targetHoursPerWeek: 30, maxHoursPerWeek: 30 },
  costPerHour: 1,
  ...more,
});

function problemOf(
  weeks: number,
  lastStartHour: number,
  agents: readonly SchedulingAgent[],
  rules: readonly RuleSetting[],
  required: (weekday: number, hour: number) => number,
): ScheduleProblem {
  const count = weeks * 672;
  return {
    grid: {
      start: localDay(FIRST_DATE, TIME_ZONE).startEpochSeconds,
      stepSeconds: 900,
      timeZone: TIME_ZONE,
      count,
    },
    queues: [
      {
        id: 'calls',
        required: Array.from({ length: count }, (_, i) => required(Math.floor(i / 96) % 7, (i % 96) / 4)),
      },
    ],
    agents,
    templates: [
      {
        id: 'six',
        name: 'Six hours',
        type: 'day',
        lengthsMinutes: [360],
        starts: [{ earliestMinute: 360, latestMinute: lastStartHour * 60, stepMinutes: 30 }],
        breaks: [],
      },
    ],
    rules: { rules },
  };
}

/** Agent-slots missing from the minimum covers. */
function gaps(state: SearchState): number {
  const { covers, slotCount } = state.model.site.cover;
  return covers.reduce(
    (sum, cover, index) =>
      sum +
      cover.due.reduce(
        (missing, due, slot) =>
          missing + Math.max(0, due - (state.cover.covered[index * slotCount + slot] ?? 0)),
        0,
      ),
    0,
  );
}

describe('mending', () => {
  it('gives back a fourth weekend where that takes other days of two weeks', () => {
    const past = mornings('a', [-2, -1]);
    const problem = problemOf(
      4,
      14,
      [fiveMornings('a', { recentShifts: past })],
      [
        hard('minimumRest', { hours: 11 }),
        hard('contractHours'),
        hard('maximumConsecutiveDays', { days: 6 }),
        hard('minimumDaysOffPerWeek', { days: 2 }),
        hard('maximumWeekends', { weekends: 3, weeks: 4 }),
      ],
      // Weekends are wanted most: every cheap roster works them.
      (weekday, hour) => (hour < 6 || hour >= 20 ? 0 : weekday >= 5 ? 3 : 1),
    );
    const worked = [0, 2, 4, 5, 6, 7, 8, 10, 12, 13, 14, 15, 16, 18, 20, 21, 22, 23, 24, 25];
    const planted: Schedule = { assignments: mornings('a', worked) };
    const state = loadSchedule(problem, planted);
    expect(hardCost(state, 0)).toBeGreaterThan(0);
    mendHardRules(state, () => false);
    expect(hardCost(state, 0)).toBe(0);
  });

  it('closes a gap of a minimum cover by moving a shift of somebody with no hours left', () => {
    const problem = problemOf(
      1,
      6,
      [fiveMornings('a'), fiveMornings('b')],
      [
        hard('contractHours'),
        hard('minimumDaysOffPerWeek', { days: 2 }),
        hard('minimumCover', { skill: 'RN', level: 0, agents: 1, fromMinute: 360, toMinute: 720 }),
      ],
      (_, hour) => (hour >= 6 && hour < 12 ? 1 : 0),
    );
    const state = loadSchedule(problem, {
      assignments: [...mornings('a', [0, 1, 2, 3, 4]), ...mornings('b', [1, 2, 3, 4, 5])],
    });
    expect(gaps(state)).toBe(24);
    const before = state.total();
    mendMinimumCover(state, () => false);
    expect(gaps(state)).toBe(0);
    expect([hardCost(state, 0), hardCost(state, 1)]).toEqual([0, 0]);
    expect(state.total()).toBeLessThan(before);
  });
});
