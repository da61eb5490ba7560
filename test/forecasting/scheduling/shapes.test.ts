import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../forecasting/calendar/random.ts';
import { localDay } from '../../../forecasting/calendar/time.ts';
import { BreakPlacer } from '../../../forecasting/scheduling/breakPlacer.ts';
import { coverage } from '../../../forecasting/scheduling/coverage.ts';
import { evaluateSchedule } from '../../../forecasting/scheduling/evaluate.ts';
import { generateSchedule } from '../../../forecasting/scheduling/generate.ts';
import type { ScheduleProblem, ShiftTemplate } from '../../../forecasting/scheduling/problem.ts';
import { bestPattern, isLegalPattern, shapeOf } from '../../../forecasting/scheduling/shape.ts';

const ZONE = 'Europe/Berlin';
const start = localDay('2026-05-04', ZONE).startEpochSeconds;

function dayProblem(
  templates: readonly ShiftTemplate[],
  required: (hour: number) => number | null,
): ScheduleProblem {
  return {
    grid: { start, stepSeconds: 900, timeZone: ZONE, count: 192 },
    queues: [{ id: 'desk', required: Array.from({ length: 192 }, (_, i) => required(i / 4)) }],
    agents: ['a', 'b', 'c'].map(id => ({
      id,
      name: id,
      skills: [{ skill: 'desk' }],
      contract: { minHoursPerWeek: 0, targetHoursPerWeek: 40, maxHoursPerWeek: 40 },
      costPerHour: 10,
    })),
    templates,
    rules: {
      // Parameters left out take the rule's defaults: 11 h of rest, one shift a day.
      rules: [
        { id: 'rest', kind: 'minimumRest', parameters: {}, enforcement: 'hard' },
        { id: 'one', kind: 'oneShiftPerDay', parameters: {}, enforcement: 'hard' },
      ],
    },
  };
}

const night: ShiftTemplate = {
  id: 'night',
  name: 'Night',
  type: 'night',
  lengthsMinutes: [480],
  starts: [{ earliestMinute: 1320, latestMinute: 1320, stepMinutes: 60 }],
  breaks: [{ kind: 'lunch', minutes: 30, paid: false, earliestOffsetMinutes: 180, latestOffsetMinutes: 300 }],
};

describe('kinds of shift', () => {
  it('works over midnight: the cover lies on both days, the shift on the first', () => {
    const problem = dayProblem([night], hour => (hour >= 22 && hour < 30 ? 1 : null));
    const result = generateSchedule(problem, { seed: 1, moveBudget: 5000 });
    if (result.kind !== 'schedule') throw new Error(result.kind);
    // One night does it but for the half hour of lunch.
    expect(result.evaluation.coverage.underHours).toBe(0.5);
    expect(result.schedule.assignments.map(s => (s.start - start) / 3600)).toEqual([22]);
    expect(result.uncovered[0]?.missingHours).toBe(0.5);
  });

  it('works split shifts: the middle is unpaid and covers nothing', () => {
    const split: ShiftTemplate = {
      id: 'split',
      name: 'Split',
      type: 'day',
      lengthsMinutes: [720],
      starts: [{ earliestMinute: 420, latestMinute: 540, stepMinutes: 60 }],
      breaks: [
        { kind: 'gap', minutes: 240, paid: false, earliestOffsetMinutes: 180, latestOffsetMinutes: 300 },
      ],
    };
    const problem = dayProblem([split], hour =>
      (hour >= 8 && hour < 12) || (hour >= 16 && hour < 20) ? 1 : null,
    );
    const result = generateSchedule(problem, { seed: 1, moveBudget: 5000 });
    if (result.kind !== 'schedule') throw new Error(result.kind);
    expect(result.schedule.assignments).toHaveLength(1);
    const [shift] = result.schedule.assignments;
    expect(
      shift?.activities.map(a => [a.kind, (a.start - start) / 3600, (a.end - start) / 3600, a.paid]),
    ).toEqual([
      ['work', 8, 12, true],
      ['gap', 12, 16, false],
      ['work', 16, 20, true],
    ]);
    expect(result.score.cover).toBe(0);
    expect(result.score.labour).toBe(80);
  });

  it('places meetings together and training alone where they hurt least, and says who cannot attend', () => {
    const day: ShiftTemplate = {
      id: 'day',
      name: 'Day',
      type: 'day',
      lengthsMinutes: [480],
      starts: [{ earliestMinute: 480, latestMinute: 480, stepMinutes: 60 }],
      breaks: [],
    };
    // Three wanted until noon, two from 13:00: the hour in between is quiet.
    const problem = dayProblem([day], hour =>
      hour >= 8 && hour < 12 ? 3 : hour >= 12 && hour < 13 ? 1 : hour >= 13 && hour < 16 ? 3 : null,
    );
    const window = { earliest: start + 8 * 3600, latest: start + 16 * 3600 };
    const events = [
      {
        id: 'team',
        kind: 'meeting' as const,
        name: 'Team',
        minutes: 30,
        agentIds: ['a', 'b'],
        together: true,
        ...window,
      },
      {
        id: 'course',
        kind: 'training' as const,
        name: 'Course',
        minutes: 60,
        agentIds: ['c'],
        together: false,
        ...window,
      },
      {
        id: 'far',
        kind: 'training' as const,
        name: 'Far',
        minutes: 60,
        agentIds: ['c'],
        together: false,
        earliest: start,
        latest: start + 3600,
      },
    ];
    const result = generateSchedule({ ...problem, events }, { seed: 1, moveBudget: 5000 });
    if (result.kind !== 'schedule') throw new Error(result.kind);
    const placed = result.schedule.assignments.flatMap(s =>
      s.activities.filter(a => a.eventId).map(a => [s.agentId, a.eventId, (a.start - start) / 3600]),
    );
    const meeting = placed.filter(([, event]) => event === 'team');
    expect(meeting.map(([agent]) => agent)).toEqual(['a', 'b']);
    expect(new Set(meeting.map(([, , at]) => at)).size).toBe(1);
    expect(Number(meeting[0]?.[2])).toBeGreaterThanOrEqual(12);
    expect(Number(meeting[0]?.[2])).toBeLessThanOrEqual(12.5);
    expect(placed.filter(([, event]) => event === 'course')).toHaveLength(1);
    expect(result.unplacedEvents).toEqual([{ eventId: 'far', agentId: 'c' }]);
    // Events do not count as cover.
    expect(coverage(problem, result.schedule).queues[0]!.scheduled[12 * 4]).toBeLessThan(3);
  });

  it('refines its slots for ten-minute breaks on a quarter-hour grid', () => {
    const ten: ShiftTemplate = {
      ...night,
      id: 'ten',
      starts: [{ earliestMinute: 480, latestMinute: 480, stepMinutes: 60 }],
      breaks: [
        { kind: 'break', minutes: 10, paid: true, earliestOffsetMinutes: 120, latestOffsetMinutes: 180 },
      ],
    };
    const problem = dayProblem([ten], hour => (hour >= 8 && hour < 16 ? 1 : null));
    const result = generateSchedule(problem, { seed: 1, moveBudget: 5000 });
    if (result.kind !== 'schedule') throw new Error(result.kind);
    expect(result.evaluation.coverage.underHours).toBeCloseTo(1 / 6, 9);
    const cover = result.evaluation.coverage.queues[0]!;
    expect(Math.min(...cover.scheduled.slice(32, 64))).toBeCloseTo(1 / 3, 9);
  });

  it('refuses a rule nobody knows instead of dropping it', () => {
    const problem = dayProblem([night], () => null);
    const unknown = {
      ...problem,
      rules: { rules: [{ id: 'x', kind: 'x', parameters: {}, enforcement: 'hard' as const }] },
    };
    expect(() => evaluateSchedule(unknown, { assignments: [] })).toThrow(
      new RangeError('unknown rule kind "x"'),
    );
    expect(generateSchedule(unknown, { seed: 1 }).kind).toBe('invalid');
  });
});

describe('break placement', () => {
  const limits = [{ maxStretchMinutes: 180, minBreakMinutes: 15, overMinutes: 0, dueMinutes: 0 }];
  const shape = shapeOf(
    0,
    480,
    [
      { kind: 'break', minutes: 15, paid: true, earliestOffsetMinutes: 60, latestOffsetMinutes: 165 },
      { kind: 'lunch', minutes: 30, paid: false, earliestOffsetMinutes: 180, latestOffsetMinutes: 300 },
      { kind: 'break', minutes: 15, paid: true, earliestOffsetMinutes: 300, latestOffsetMinutes: 420 },
    ],
    75,
    { slotMinutes: 15, limits },
  );

  it('is exact: no legal pattern is better, by trying every one', () => {
    const random = createRandom('breaks');
    const placer = new BreakPlacer([shape], 64);
    for (let run = 0; run < 40; run++) {
      const price = Array.from({ length: 64 }, () => random.uniform() * 10 - 5);
      const prefix = Float64Array.from({ length: 65 }, (_, t) =>
        price.slice(0, t).reduce((a, b) => a + b, 0),
      );
      const at = random.integer(40);
      let best = Number.POSITIVE_INFINITY;
      const pattern = new Int16Array(3);
      const cost = (): number => {
        let sum = prefix[Math.min(64, at + shape.slots)]! - prefix[at]!;
        shape.breaks.forEach((b, i) => {
          const from = Math.min(64, at + pattern[i]!);
          sum -= prefix[Math.min(64, from + b.slots)]! - prefix[from]!;
        });
        return sum;
      };
      for (let a = 0; a < 32; a++)
        for (let b = 0; b < 32; b++)
          for (let c = 0; c < 32; c++) {
            pattern.set([a, b, c]);
            if (isLegalPattern(shape, pattern)) best = Math.min(best, cost());
          }
      expect(placer.place(shape, at, prefix)).toBeCloseTo(best, 9);
      expect(isLegalPattern(shape, placer.pattern)).toBe(true);
      pattern.set(placer.pattern);
      expect(cost()).toBeCloseTo(best, 9);
    }
  });

  it('finds no pattern where none is legal', () => {
    const tight = { ...shape, maxStretchSlots: 4 };
    expect(bestPattern(tight, () => 0)).toBeNull();
    expect(new BreakPlacer([tight], 64).place(tight, 0, new Float64Array(65))).toBe(Number.POSITIVE_INFINITY);
  });
});
