import { describe, expect, it } from 'vitest';
import {
  type Assignment,
  DayBoard,
  dayMoves,
  evaluateQueue,
  type RunningDay,
  type ScheduleProblem,
} from '../../../forecasting/index.ts';

/** 2026-05-04, a Monday, 08:00 UTC; intervals of half an hour until 18:00. */
const START = 1_777_881_600;
const STEP = 1800;
const COUNT = 20;
const HOUR = 3600;
const at = (hours: number) => START + (hours - 8) * HOUR;

function problemOf(agents: ScheduleProblem['agents'], queueIds: readonly string[]): ScheduleProblem {
  return {
    grid: { start: START, stepSeconds: STEP, timeZone: 'UTC', count: COUNT },
    queues: queueIds.map(id => ({ id, required: new Array<number>(COUNT).fill(2) })),
    agents,
    templates: [],
    rules: { rules: [] },
  };
}

function agent(id: string, ...skills: readonly string[]): ScheduleProblem['agents'][number] {
  return {
    id,
    name: id,
    skills: skills.map(skill => ({ skill })),
    contract: { minHoursPerWeek: 0, targetHoursPerWeek: 40, maxHoursPerWeek: 48 },
    costPerHour: 20,
  };
}

function shift(agentId: string, from: number, to: number, breakAt?: number): Assignment {
  const work = (start: number, end: number) => ({ kind: 'work', start, end, paid: true }) as const;
  const activities =
    breakAt === undefined
      ? [work(at(from), at(to))]
      : [
          work(at(from), at(breakAt)),
          { kind: 'break', start: at(breakAt), end: at(breakAt) + STEP, paid: true } as const,
          work(at(breakAt) + STEP, at(to)),
        ];
  return { id: `s-${agentId}`, agentId, start: at(from), end: at(to), templateId: null, activities };
}

function dayOf(needed: Readonly<Record<string, (index: number) => number>>, now = 10): RunningDay {
  return {
    start: START,
    stepSeconds: STEP,
    count: COUNT,
    now: at(now),
    queues: Object.entries(needed).map(([queueId, agents]) => {
      const column = Array.from({ length: COUNT }, (_, i) => agents(i));
      return {
        queueId,
        // Ten contacts of five minutes for every agent and hour: 0.42 Erlangs an agent.
        offered: column.map(count => 2.5 * count),
        needed: column,
        presentShare: column.map(() => 1),
        serviceLevelOf: (index, count) =>
          evaluateQueue(
            {
              calls: 2.5 * (column[index] ?? 0),
              intervalSeconds: STEP,
              ahtSeconds: 300,
              patience: { kind: 'exponential', meanSeconds: 120 },
            },
            count,
            { answerWithinSeconds: 30 },
          ).serviceLevel.offered,
      };
    }),
  };
}

const hourOf = (index: number) => 8 + index / 2;

describe('dayMoves', () => {
  it('moves a break out of a short half-hour, and the effect is what the board says afterwards', () => {
    const problem = problemOf([agent('a', 'q'), agent('b', 'q')], ['q']);
    const schedule = { assignments: [shift('a', 8, 18, 12), shift('b', 8, 18)] };
    const day = dayOf({ q: i => (hourOf(i) === 12 ? 2 : 1) });
    const [move] = dayMoves(problem, schedule, day).filter(one => one.kind === 'moveBreak');
    expect(move).toMatchObject({ agentId: 'a', from: at(12) });
    expect(move?.before.shortfall).toBe(1);
    expect(move?.after.shortfall).toBe(0);
    const moved = move?.changes[0]?.after;
    const after = new DayBoard(problem, { assignments: [...(moved ? [moved] : []), shift('b', 8, 18)] }, day);
    expect(after.outlook().serviceLevel).toBeCloseTo(move?.after.serviceLevel ?? 0, 12);
    expect(move?.after.serviceLevel ?? 0).toBeGreaterThan(move?.before.serviceLevel ?? 1);
  });

  it('asks for overtime and calls in somebody who is off, rested and not on leave', () => {
    const off = agent('off', 'q');
    const onLeave = { ...agent('leave', 'q'), timeOff: [{ start: at(0), end: at(24) }] };
    const mornings = {
      ...agent('mornings', 'q'),
      availability: [{ weekday: 0 as const, startMinute: 0, endMinute: 720 }],
    };
    const problem = problemOf([agent('a', 'q'), off, onLeave, mornings, agent('other', 'x')], ['q']);
    const moves = dayMoves(problem, { assignments: [shift('a', 8, 16)] }, dayOf({ q: () => 2 }));
    expect(moves.filter(move => move.kind === 'callIn').map(move => move.agentId)).toEqual(['off']);
    expect(moves.find(move => move.kind === 'extendShift')).toMatchObject({ from: at(16), to: at(17) });
    for (const move of moves) {
      expect(move.after.serviceLevel ?? 0).toBeGreaterThan(move.before.serviceLevel ?? 1);
    }
    const called = moves.find(move => move.kind === 'callIn');
    expect(called?.from).toBeGreaterThanOrEqual(at(11));
    expect(called?.after.shortfall).toBe((called?.before.shortfall ?? 0) - 8);
  });

  it('offers time off only where nobody is missed', () => {
    const problem = problemOf([agent('a', 'q'), agent('b', 'q')], ['q']);
    const schedule = { assignments: [shift('a', 8, 16), shift('b', 8, 18)] };
    const ample = dayMoves(problem, schedule, dayOf({ q: i => (hourOf(i) < 14 ? 2 : 0) }));
    expect(ample.filter(move => move.kind === 'offerTimeOff').map(move => [move.agentId, move.from])).toEqual(
      [
        ['a', at(14)],
        ['b', at(16)],
      ],
    );
    const night = { assignments: [shift('a', 8, 18), shift('b', 10, 20)] };
    const intoNight = dayMoves(problem, night, dayOf({ q: i => (hourOf(i) < 14 ? 1 : 0) }));
    expect(intoNight.filter(move => move.kind === 'offerTimeOff').map(move => move.agentId)).toEqual(['a']);
    const short = dayMoves(problem, schedule, dayOf({ q: () => 2 }));
    expect(short.some(move => move.kind === 'offerTimeOff')).toBe(false);
  });

  it('says nothing about what is over, and nothing where all is well', () => {
    const problem = problemOf([agent('a', 'q'), agent('b', 'q')], ['q']);
    const schedule = { assignments: [shift('a', 8, 18, 12), shift('b', 8, 18)] };
    const over = dayMoves(problem, schedule, dayOf({ q: i => (hourOf(i) === 12 ? 2 : 1) }, 13));
    expect(over.some(move => move.kind === 'moveBreak')).toBe(false);
    expect(dayMoves(problem, schedule, dayOf({ q: () => 0 })).every(m => m.kind === 'offerTimeOff')).toBe(
      true,
    );
  });

  it('refuses a day that is off the schedule’s grid', () => {
    const day = { ...dayOf({ q: () => 1 }), stepSeconds: 900 };
    expect(() => dayMoves(problemOf([], ['q']), { assignments: [] }, day)).toThrow('grid of the schedule');
  });
});
