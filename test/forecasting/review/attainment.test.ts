import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AttainmentGoals,
  acrossQueues,
  adherence,
  attainment,
  consistency,
  fairnessLedger,
  type IntervalActuals,
  isoWeek,
  METRIC_DEFINITIONS,
  metricDefinition,
  planAgainstActual,
  totalActuals,
} from '../../../forecasting/index.ts';

/** 2026-05-04, a Monday, midnight in Chicago. */
const START = 1_777_870_800;
const HOUR = 3600;

function actualsOf(
  offered: readonly (number | null)[],
  answeredWithin: readonly (number | null)[],
): IntervalActuals {
  return {
    start: START,
    stepSeconds: HOUR,
    timeZone: 'America/Chicago',
    offered,
    handled: offered.map(v => (v == null ? null : Math.floor(v * 0.95))),
    abandoned: offered.map(v => (v == null ? null : v - Math.floor(v * 0.95))),
    answeredWithin,
    answerWaitSeconds: offered.map(v => (v == null ? null : v * 20)),
    handleSeconds: offered.map(v => (v == null ? null : v * 300)),
  };
}

describe('attainment', () => {
  it('weighs an average by its own denominator', () => {
    // 90 of 100 and 2 of 10 answered in time: 92 of 110, not the mean of 90 % and 20 %.
    const [day] = attainment(actualsOf([100, 10], [90, 2]), {}, 'day');
    expect(day?.serviceLevel).toBeCloseTo(92 / 110, 12);
  });

  it('keeps no data apart from no calls', () => {
    const rows = attainment(actualsOf([null, 0, 5], [null, 0, 5]), {}, 'interval');
    expect(rows.map(row => [row.offered, row.serviceLevel])).toEqual([
      [0, null],
      [5, 1],
    ]);
  });

  it('judges only what has a goal and data', () => {
    const goals = {
      serviceLevel: { target: 0.8, definitionId: 'serviceLevel.offered' },
      maxAbandonment: 0.05,
    };
    const [met] = attainment(actualsOf([100], [85]), goals, 'day');
    const [missed] = attainment(actualsOf([100], [79]), goals, 'day');
    expect([met?.inGoal, missed?.inGoal]).toEqual([true, false]);
    expect(attainment(actualsOf([100], [85]), {}, 'day')[0]?.inGoal).toBeNull();
  });

  it('rolls up without losing a contact, whatever the period', () => {
    const counts = fc.array(fc.option(fc.integer({ min: 0, max: 300 }), { nil: null }), {
      minLength: 1,
      maxLength: 24 * 40,
    });
    fc.assert(
      fc.property(counts, offered => {
        const actuals = actualsOf(
          offered,
          offered.map(v => (v == null ? null : Math.floor(v / 2))),
        );
        const whole = totalActuals(actuals, 0, offered.length).offered;
        for (const period of ['interval', 'day', 'week', 'month', 'all'] as const) {
          const sum = attainment(actuals, {}, period).reduce((total, row) => total + row.offered, 0);
          expect(sum).toBe(whole);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('names the worst hours of the week first', () => {
    const offered = Array.from({ length: 24 * 7 }, () => 50);
    const within = offered.map((v, i) => (i === 8 ? 10 : i === 33 ? 20 : v));
    const goals = { serviceLevel: { target: 0.8, definitionId: 'serviceLevel.offered' } };
    const result = consistency(actualsOf(offered, within), goals, 2);
    // 80 % of 50 are 40: 30 and 20 answers are missing.
    expect(result.worstHours).toEqual([
      { weekday: 0, hour: 8, offered: 50, serviceLevel: 0.2, missing: 30 },
      { weekday: 1, hour: 9, offered: 50, serviceLevel: 0.4, missing: 20 },
    ]);
    expect([result.intervalsInGoal, result.intervalsJudged, result.daysInGoal]).toEqual([166, 168, 7]);
  });
});

describe('worst hours', () => {
  const goals = { serviceLevel: { target: 0.8, definitionId: 'serviceLevel.offered' } };
  const hoursOf = (offered: readonly number[], within: readonly number[], held: AttainmentGoals = goals) =>
    consistency(actualsOf(offered, within), held, 5).worstHours.map(({ hour, missing }) => [hour, missing]);

  it('are not led by an hour with two late calls', () => {
    expect(hoursOf([2, 100, 100], [0, 70, 79])).toEqual([
      [1, 10],
      [0, 1.6],
      [2, 1],
    ]);
  });

  it('leave out what kept the target, however many were late', () => {
    expect(hoursOf([1000, 10], [800, 10])).toEqual([]);
  });

  it('count every late call where there is no target', () => {
    expect(hoursOf([1000, 10], [800, 4], {})).toEqual([
      [0, 200],
      [1, 6],
    ]);
  });
});

describe('acrossQueues', () => {
  const goals = { serviceLevel: { target: 0.8, definitionId: 'serviceLevel.offered' } };
  const row = (offered: number, within: number) => {
    const [period] = attainment(actualsOf([offered], [within]), goals, 'day');
    if (!period) throw new Error('no row');
    return period;
  };

  it('adds counts before it divides', () => {
    // 90 of 100 and 2 of 10: 92 of 110, not the mean of 90 % and 20 %.
    const both = acrossQueues([row(100, 90), row(10, 2)]);
    expect(both).toMatchObject({ offered: 110, abandoned: 6, intervals: 2 });
    expect(both.serviceLevel).toBeCloseTo(92 / 110, 12);
  });

  it('is in goal only when every queue is, however good the whole looks', () => {
    expect(acrossQueues([row(1000, 1000), row(10, 2)])).toMatchObject({ inGoal: false });
    expect(acrossQueues([row(1000, 1000), row(10, 8)])).toMatchObject({ inGoal: true });
  });

  it('is the same whether days or queues are added first', () => {
    const count = fc.nat({ max: 200 });
    fc.assert(
      fc.property(fc.array(fc.tuple(count, count), { minLength: 2, maxLength: 2 }), pairs => {
        const queues = pairs.map(([a, b]) => actualsOf([a, b], [Math.floor(a / 2), Math.floor(b / 3)]));
        const whole = acrossQueues(queues.flatMap(queue => attainment(queue, goals, 'all')));
        const hours = queues.flatMap(queue => attainment(queue, goals, 'interval'));
        expect(whole.offered).toBe(hours.reduce((sum, hour) => sum + hour.offered, 0));
        expect(whole.ratios.serviceLevel?.numerator).toBe(
          hours.reduce((sum, hour) => sum + (hour.ratios.serviceLevel?.numerator ?? 0), 0),
        );
      }),
    );
  });

  it('refuses rows of different periods', () => {
    const hours = attainment(actualsOf([5, 5], [5, 5]), goals, 'interval');
    expect(() => acrossQueues(hours)).toThrow('are different periods');
    expect(() => acrossQueues([])).toThrow('at least one row');
  });
});

describe('metric definitions', () => {
  it('order as they must: short abandons out never lowers, abandons in time met never lowers', () => {
    const share = fc.nat({ max: 100 });
    fc.assert(
      fc.property(share, share, share, share, (within, late, short, abandonedLate) => {
        const offered = within + late + short + abandonedLate;
        fc.pre(offered > 0 && within + late > 0);
        const total = {
          ...totalActuals(actualsOf([], []), 0, 0),
          offered,
          handled: within + late,
          abandoned: short + abandonedLate,
          shortAbandoned: short,
          answeredWithin: within,
          abandonedWithin: short,
        };
        const of = (id: string) => {
          const r = metricDefinition(`serviceLevel.${id}`).ratio(total);
          return r && r.denominator > 0 ? r.numerator / r.denominator : 0;
        };
        expect(of('excludeShortAbandons')).toBeGreaterThanOrEqual(of('offered'));
        expect(of('answered')).toBeGreaterThanOrEqual(of('excludeShortAbandons') - 1e-12);
        expect(of('waitOnly')).toBeGreaterThanOrEqual(of('offered'));
      }),
    );
  });

  it('have unique ids and refuse an unknown one by naming those there are', () => {
    expect(new Set(METRIC_DEFINITIONS.map(d => d.id)).size).toBe(METRIC_DEFINITIONS.length);
    expect(() => metricDefinition('x')).toThrow('serviceLevel.offered');
  });
});

describe('planAgainstActual', () => {
  it('compares only intervals that have both a forecast and data', () => {
    const plan = { forecastOffered: [100, 50, null], forecastAhtSeconds: [300, 300, null] };
    const [row] = planAgainstActual(plan, actualsOf([110, null, 9], [99, null, 9]), 'day');
    expect(row).toMatchObject({ forecastOffered: 100, offered: 110, ahtSeconds: (110 * 300) / 104 });
    expect(row?.errorShare).toBeCloseTo(0.1, 12);
    expect(row?.wape).toBeCloseTo(10 / 110, 12);
  });

  it('refuses grids of different length', () => {
    expect(() =>
      planAgainstActual({ forecastOffered: [1], forecastAhtSeconds: [1] }, actualsOf([1, 2], [1, 2]), 'day'),
    ).toThrow('plan has 1 intervals, actuals have 2');
  });
});

describe('isoWeek', () => {
  // ISO 8601 examples: 2027-01-03 is a Sunday of 2026-W53; 2024-12-30 a Monday of 2025-W01.
  it.each([
    ['2026-05-04', '2026-W19'],
    ['2027-01-03', '2026-W53'],
    ['2024-12-30', '2025-W01'],
    ['2021-01-01', '2020-W53'],
  ])('%s is in %s', (date, week) => {
    expect(isoWeek(date)).toBe(week);
  });
});

describe('adherence', () => {
  it('counts the right thing at the right time, and the right amount', () => {
    const scheduled = [
      { start: 0, end: 3600, state: 'work' },
      { start: 3600, end: 4500, state: 'break' },
    ];
    const actual = [
      { start: 300, end: 3900, state: 'work' },
      { start: 3900, end: 4500, state: 'break' },
    ];
    expect(adherence(scheduled, actual)).toMatchObject({
      scheduledSeconds: 4500,
      adherentSeconds: 3900,
      workedSeconds: 4200,
    });
  });

  it('is 1 for doing exactly what was scheduled', () => {
    const spans = [{ start: 0, end: 100, state: 'work' }];
    expect(adherence(spans, spans)).toMatchObject({ adherence: 1, conformance: 1 });
    expect(adherence([], spans).adherence).toBeNull();
  });
});

describe('fairnessLedger', () => {
  it('counts weekends, late ends and holidays by the local day a shift starts on', () => {
    const saturday = START + 5 * 86_400;
    const shifts = [
      { agentId: 'a', start: saturday + 9 * HOUR, end: saturday + 17 * HOUR },
      { agentId: 'a', start: START + 14 * HOUR, end: START + 22 * HOUR },
      { agentId: 'b', start: START + 23 * HOUR, end: START + 31 * HOUR },
    ];
    const ledger = fairnessLedger(['a', 'b', 'c'], shifts, 'America/Chicago', new Set(['2026-05-04']));
    expect(ledger.map(e => [e.shifts, e.hours, e.weekendShifts, e.lateShifts, e.holidayShifts])).toEqual([
      [2, 16, 1, 1, 1],
      [1, 8, 0, 1, 1],
      [0, 0, 0, 0, 0],
    ]);
  });
});
