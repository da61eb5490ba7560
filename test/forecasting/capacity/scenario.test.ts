import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CampaignLever,
  campaignEffect,
  computeScenario,
  confirmScenario,
  evaluateQueue,
  leveredDemand,
  planAgents,
  type QueueLevers,
  requiredAgents,
  type ScenarioQueue,
  sensitivity,
} from '../../../forecasting/index.ts';
import { monthQueues } from '../../bench/whatIfMonth.ts';

const DAY = 96;
const weekOf = (queue: ScenarioQueue): ScenarioQueue => ({
  ...queue,
  offered: Object.freeze(queue.offered.slice(0, 7 * DAY)) as ScenarioQueue['offered'],
  ahtSeconds: queue.ahtSeconds.slice(0, 7 * DAY),
});
const QUEUES: readonly ScenarioQueue[] = Object.freeze(monthQueues().map(weekOf));
const PLAN = planAgents(QUEUES);
const [APPOINTMENTS] = QUEUES;
if (!APPOINTMENTS) throw new Error('the made-up month has no queue');

const levers = fc.record(
  {
    volumeFactor: fc.double({ min: 0.5, max: 1.6, noNaN: true }),
    ahtFactor: fc.double({ min: 0.7, max: 1.4, noNaN: true }),
    patienceSeconds: fc.double({ min: 20, max: 600, noNaN: true }),
    shrinkageShare: fc.double({ min: 0, max: 0.6, noNaN: true }),
    staffShare: fc.double({ min: 0.6, max: 1.3, noNaN: true }),
  },
  { requiredKeys: [] },
);

describe('a scenario', () => {
  it('is what requiredAgents and evaluateQueue say, interval by interval', () => {
    fc.assert(
      fc.property(levers, all => {
        const { queues, totals } = computeScenario([APPOINTMENTS], [{ queueId: null, ...all }], PLAN);
        const [outcome] = queues;
        if (!outcome) throw new Error('no queue');
        const { queue, demand } = outcome;
        let [calls, inTime, hours] = [0, 0, 0];
        demand.offered.forEach((offered, i) => {
          const ahtSeconds = demand.ahtSeconds[i];
          if (offered === null || ahtSeconds == null) {
            expect(outcome.agents[i]).toBeNull();
            return;
          }
          const load = {
            calls: offered,
            ahtSeconds,
            intervalSeconds: queue.stepSeconds,
            patience: { kind: 'exponential' as const, meanSeconds: queue.patienceSeconds ?? 1 },
          };
          const needed = requiredAgents(load, queue.goal).agents;
          const share = all.staffShare;
          const agents = share === undefined ? needed : Math.round((PLAN[0]?.[i] ?? 0) * share);
          expect(outcome.required[i]).toBe(needed);
          expect(outcome.agents[i]).toBe(agents);
          calls += offered;
          inTime += offered * evaluateQueue(load, agents, { answerWithinSeconds: 30 }).serviceLevel.offered;
          hours += agents / 4 / (1 - queue.shrinkageShare);
        });
        expect(totals.calls).toBeCloseTo(calls, 6);
        expect(totals.serviceLevel).toBeCloseTo(inTime / calls, 9);
        expect(totals.paidHours).toBeCloseTo(hours, 6);
      }),
      { numRuns: 12 },
    );
  });

  it('moves one queue by its own levers and leaves the others', () => {
    const goal = {
      serviceLevel: { target: 0.95, answerWithinSeconds: 10, definition: 'offered' as const },
    };
    const outcome = computeScenario(QUEUES, [{ queueId: 'triage', goal }], PLAN);
    outcome.queues.forEach(({ queue, agents }, q) => {
      if (queue.queueId === 'triage') expect(sum(agents)).toBeGreaterThan(sum(PLAN[q] ?? []));
      else expect(agents).toEqual(PLAN[q]);
    });
  });

  it('keeps goals that hold for a part of the week only, until the scenario sets one for all of it', () => {
    const strict = { serviceLevel: { target: 0.99, answerWithinSeconds: 5, definition: 'offered' as const } };
    const mornings = Array.from({ length: 7 }, () => [{ startMinute: 0, endMinute: 720 }]);
    const queue = { ...APPOINTMENTS, goalPeriods: [{ weekly: mornings, goal: strict }] };
    const [agents = []] = planAgents([queue]);
    agents.forEach((count, i) => {
      if (count === null) return;
      if (i % DAY < 48) expect(count).toBeGreaterThanOrEqual(PLAN[0]?.[i] ?? 0);
      else expect(count).toBe(PLAN[0]?.[i]);
    });
    expect(sum(agents)).toBeGreaterThan(sum(PLAN[0] ?? []));
    const one = computeScenario([queue], [{ queueId: null, goal: APPOINTMENTS.goal }], [agents]);
    expect(one.queues[0]?.agents).toEqual(PLAN[0]);
  });

  it('says which goal nobody can meet', () => {
    const outcome = computeScenario(QUEUES, [{ queueId: null, goal: { asaSeconds: 0 } }], PLAN);
    expect(outcome.unreachable).toMatch(/asaSeconds/);
  });

  it('covers whole shifts: never fewer agents than needed, and part-time shifts waste fewer hours', () => {
    const shaped = (partTimeShare: number) =>
      computeScenario(
        QUEUES,
        [{ queueId: null, shifts: { partTimeShare, fullTimeHours: 8, partTimeHours: 4 } }],
        PLAN,
      );
    const [rigid, mixed] = [shaped(0), shaped(0.4)];
    const free = computeScenario(QUEUES, [], PLAN);
    rigid.queues.forEach(({ agents, required }) => {
      agents.forEach((count, i) => {
        expect(count ?? 0).toBeGreaterThanOrEqual(required[i] ?? 0);
      });
    });
    expect(mixed.totals.paidHours).toBeLessThan(rigid.totals.paidHours);
    expect(mixed.totals.paidHours).toBeGreaterThan(free.totals.paidHours);
  });
});

describe('other opening hours', () => {
  const hours = (startMinute: number, endMinute: number) =>
    Array.from({ length: 7 }, () => [{ startMinute, endMinute }]);

  it('lose no call when every call moves within its day, longer or shorter', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 60, max: 96 }), (from, to) => {
        const { offered } = leveredDemand(APPOINTMENTS, {
          opening: { weekly: hours(from * 15, to * 15), movedShare: 1, addedLevel: 0.3 },
        });
        expect(sum(offered)).toBeCloseTo(sum(APPOINTMENTS.offered), 6);
        offered.forEach((calls, i) => {
          expect(calls === null).toBe(i % DAY < from || i % DAY >= to);
        });
      }),
      { numRuns: 30 },
    );
  });

  it('lose the calls of closed hours when none moves, and a closed day stays closed', () => {
    const closed = { ...APPOINTMENTS, offered: APPOINTMENTS.offered.map((v, i) => (i < DAY ? null : v)) };
    const { offered } = leveredDemand(closed, {
      opening: { weekly: hours(600, 960), movedShare: 0, addedLevel: 1 },
    });
    expect(offered.slice(0, DAY).every(calls => calls === null)).toBe(true);
    expect(offered[DAY + 40]).toBe(APPOINTMENTS.offered[DAY + 40]);
    expect(offered[DAY + 30]).toBeNull();
  });
});

describe('a reminder campaign', () => {
  const campaign: CampaignLever = {
    at: APPOINTMENTS.start + 9 * 3600,
    messages: 5000,
    responseShare: 0.08,
    halfLifeMinutes: 90,
    avoidedShare: 0.05,
    avoidedDays: 3,
  };

  it('brings the calls and saves the calls that the figures say', () => {
    const { added, avoided } = campaignEffect(APPOINTMENTS, campaign);
    expect(added).toBeCloseTo(400, 0);
    expect(avoided).toBeCloseTo(250, 0);
  });

  it('lets calls that meet closed doors come when they open', () => {
    const evening = { ...campaign, at: APPOINTMENTS.start + 20 * 3600, avoidedShare: 0 };
    const { offered } = leveredDemand(APPOINTMENTS, { campaign: evening });
    const extra = offered.map((calls, i) => (calls ?? 0) - (APPOINTMENTS.offered[i] ?? 0));
    expect(sum(extra.slice(0, DAY))).toBeCloseTo(0, 9);
    const opens = extra.findIndex(calls => calls > 1e-9);
    expect(opens).toBe(DAY + 28);
    expect(extra[opens] ?? 0).toBeGreaterThan(300);
    expect(sum(extra)).toBeCloseTo(400, 0);
  });

  it('never takes more calls than there are', () => {
    const { offered } = leveredDemand(APPOINTMENTS, { campaign: { ...campaign, avoidedShare: 10 } });
    expect(offered.every(calls => calls === null || calls >= 0)).toBe(true);
  });

  it('refuses shares beyond one, by name', () => {
    expect(() => leveredDemand(APPOINTMENTS, { campaign: { ...campaign, responseShare: 2 } })).toThrow(
      /campaign.responseShare/,
    );
  });
});

describe('sensitivity', () => {
  const base = computeScenario(QUEUES, [], PLAN);

  it('more calls and longer calls cost hours; patience and a longer promise save them', () => {
    const effects = new Map(
      sensitivity(QUEUES, [], PLAN, base, 'follows').effects.map(effect => [effect.lever, effect]),
    );
    for (const lever of ['volume', 'aht', 'shrinkage'] as const) {
      expect(effects.get(lever)?.up.paidHours).toBeGreaterThan(base.totals.paidHours);
      expect(effects.get(lever)?.down.paidHours).toBeLessThan(base.totals.paidHours);
    }
    expect(effects.get('target')?.up.paidHours).toBeGreaterThan(base.totals.paidHours);
    // Below the plan's target it is abandonment that asks for the agents.
    expect(effects.get('target')?.down.paidHours).toBeLessThanOrEqual(base.totals.paidHours);
    expect(effects.get('within')?.up.paidHours).toBeLessThanOrEqual(base.totals.paidHours);
  });

  it('starts from what the goals need where the scenario sets its agents by hand', () => {
    const levers = [{ queueId: null, staffShare: 0.8 }];
    const few = computeScenario(QUEUES, levers, PLAN);
    const { base: from, effects } = sensitivity(QUEUES, levers, PLAN, few, 'follows');
    expect(from.paidHours).toBeCloseTo(base.totals.paidHours, 6);
    const volume = effects.find(({ lever }) => lever === 'volume');
    expect(volume?.down.paidHours).toBeLessThan(from.paidHours);
    expect(volume?.up.paidHours).toBeGreaterThan(from.paidHours);
  });

  it('with the same people it is service that moves, not hours', () => {
    for (const { lever, up } of sensitivity(QUEUES, [], PLAN, base, 'stays').effects) {
      if (lever !== 'shrinkage') expect(up.agentHours).toBeCloseTo(base.totals.agentHours, 6);
      if (lever === 'volume') expect(up.serviceLevel).toBeLessThan(base.totals.serviceLevel ?? 0);
    }
  });
});

describe('confirming by simulation', () => {
  it('finds the calculated service level inside its interval, up to carry-over between intervals', () => {
    const levers: readonly QueueLevers[] = [{ queueId: null, volumeFactor: 1.05 }];
    const outcome = computeScenario(QUEUES, levers, PLAN);
    const played = confirmScenario(outcome.queues, { kind: 'asForecast' }, { seed: 5, replications: 20 });
    if (played.kind !== 'complete') throw new Error('not complete');
    const { serviceLevel } = played;
    expect(serviceLevel).not.toBeNull();
    expect(serviceLevel?.value).toBeCloseTo(outcome.totals.serviceLevel ?? 0, 1.6);
    expect((serviceLevel?.high ?? 1) - (serviceLevel?.low ?? 0)).toBeLessThan(0.02);
  });

  it('stops when it is told to', () => {
    const outcome = computeScenario(QUEUES, [], PLAN);
    const played = confirmScenario(
      outcome.queues,
      { kind: 'asForecast' },
      { seed: 1, replications: 10, isCancelled: () => true },
    );
    expect(played).toEqual({ kind: 'cancelled', replications: 0 });
  });
});

function sum(values: readonly (number | null)[]): number {
  return values.reduce<number>((total, value) => total + (value ?? 0), 0);
}
