import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  erlangB,
  evaluateQueue,
  type Load,
  requiredAgents,
  SERVICE_LEVEL_DEFINITIONS,
} from '../../../forecasting/index.ts';

const logUniform = (low: number, high: number) =>
  fc.double({ min: Math.log(low), max: Math.log(high), noNaN: true }).map(Math.exp);

/** A load of 0.05 to 400 Erlangs with exponential patience. */
const patientLoad = fc
  .record({ erlangs: logUniform(0.05, 400), aht: logUniform(20, 1500), patience: logUniform(2, 20_000) })
  .map(
    ({
      erlangs,
      aht,
      patience,
    }): Load & { readonly patience: { kind: 'exponential'; meanSeconds: number } } =>
      Object.freeze({
        calls: (erlangs * 1800) / aht,
        intervalSeconds: 1800,
        ahtSeconds: aht,
        patience: { kind: 'exponential' as const, meanSeconds: patience },
      }),
  );
const staffed = fc
  .tuple(patientLoad, fc.double({ min: 0.3, max: 1.6, noNaN: true }))
  .map(([load, ratio]) => ({
    load,
    agents: Math.max(1, Math.round(erlangsOf(load) * ratio)),
  }));
const seconds = fc.constantFrom(0, 5, 20, 60, 180);
const threshold = fc.record({ answerWithinSeconds: seconds, shortAbandonSeconds: seconds });

const erlangsOf = (load: Load): number => (load.calls * load.ahtSeconds) / load.intervalSeconds;
const without = ({ calls, intervalSeconds, ahtSeconds }: Load): Load => ({
  calls,
  intervalSeconds,
  ahtSeconds,
});

describe('laws of a queue', () => {
  it('one agent more: more service, less abandonment, less waiting', () => {
    fc.assert(
      fc.property(staffed, threshold, ({ load, agents }, limit) => {
        const less = evaluateQueue(load, agents, limit);
        const more = evaluateQueue(load, agents + 1, limit);
        const slack = 1e-11;
        expect(more.serviceLevel.offered).toBeGreaterThanOrEqual(less.serviceLevel.offered - slack);
        expect(more.serviceLevel.virtual).toBeGreaterThanOrEqual(less.serviceLevel.virtual - slack);
        expect(more.serviceLevel.waitOnly).toBeGreaterThanOrEqual(less.serviceLevel.waitOnly - slack);
        expect(more.abandonProbability).toBeLessThanOrEqual(less.abandonProbability * (1 + slack));
        expect(more.waitProbability).toBeLessThanOrEqual(less.waitProbability * (1 + slack));
        expect(more.occupancy).toBeLessThanOrEqual(less.occupancy * (1 + slack));
      }),
    );
  });

  it('every metric is finite, in range, and calls are conserved', () => {
    fc.assert(
      fc.property(staffed, threshold, ({ load, agents }, limit) => {
        const found = evaluateQueue(load, agents, limit);
        for (const share of [
          found.waitProbability,
          found.abandonProbability,
          found.occupancy,
          ...SERVICE_LEVEL_DEFINITIONS.map(name => found.serviceLevel[name]),
        ]) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
        }
        expect(found.asaSeconds).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(found.meanWaitSeconds)).toBe(true);
        // Busy agents = answered load; θ E[W] = P(abandon); Little's law.
        expect(found.occupancy * agents).toBeCloseTo(erlangsOf(load) * (1 - found.abandonProbability), 8);
        const byWait = found.meanWaitSeconds / load.patience.meanSeconds;
        expect(Math.abs(byWait - found.abandonProbability)).toBeLessThanOrEqual(1e-10 * byWait + 1e-300);
        const little = (load.calls / load.intervalSeconds) * found.meanWaitSeconds;
        expect(Math.abs(found.meanQueueLength - little)).toBeLessThanOrEqual(1e-12 * little);
      }),
    );
  });

  it('the definitions of the service level are ordered as they must be', () => {
    fc.assert(
      fc.property(staffed, threshold, ({ load, agents }, limit) => {
        const { serviceLevel } = evaluateQueue(load, agents, limit);
        const slack = 1e-11;
        expect(serviceLevel.offered).toBeLessThanOrEqual(serviceLevel.virtual + slack);
        expect(serviceLevel.virtual).toBeLessThanOrEqual(serviceLevel.waitOnly + slack);
        expect(serviceLevel.offered).toBeLessThanOrEqual(serviceLevel.excludeShortAbandons + slack);
        expect(serviceLevel.excludeShortAbandons).toBeLessThanOrEqual(serviceLevel.answered + slack);
      }),
    );
  });

  it('the wait has one distribution: P(W > 0) = P(wait), it falls, and waitOnly is its complement', () => {
    fc.assert(
      fc.property(staffed, seconds, ({ load, agents }, t) => {
        const found = evaluateQueue(load, agents, { answerWithinSeconds: t });
        expect(Math.abs(found.waitExceeds(0) - found.waitProbability)).toBeLessThanOrEqual(
          1e-11 * found.waitProbability,
        );
        expect(found.serviceLevel.waitOnly + found.waitExceeds(t)).toBeCloseTo(1, 10);
        expect(found.serviceLevel.virtual + found.virtualWaitExceeds(t)).toBeCloseTo(1, 10);
        expect(found.waitExceeds(t + 7)).toBeLessThanOrEqual(found.waitExceeds(t) * (1 + 1e-12));
      }),
    );
  });

  it('patience without end is Erlang C', () => {
    fc.assert(
      fc.property(patientLoad, fc.integer({ min: 1, max: 30 }), (load, spare) => {
        const plain = without(load);
        // A hundredth of an agent to spare: closer to the limit both are right and far apart.
        const agents = Math.ceil(erlangsOf(plain) + 0.01) + spare - 1;
        const limit = { answerWithinSeconds: 20 };
        const erlangC = evaluateQueue(plain, agents, limit);
        const patient = evaluateQueue(
          { ...plain, patience: { kind: 'exponential', meanSeconds: 1e15 } },
          agents,
          limit,
        );
        const none = evaluateQueue(
          { ...plain, patience: { kind: 'exponential', meanSeconds: Infinity } },
          agents,
          limit,
        );
        expect(Math.abs(patient.serviceLevel.offered - erlangC.serviceLevel.offered)).toBeLessThan(1e-6);
        expect(none.serviceLevel.offered).toBe(erlangC.serviceLevel.offered);
        expect(none.asaSeconds).toBe(erlangC.asaSeconds);
      }),
      { numRuns: 40 },
    );
  });

  it('patience as long as handling is M/M/∞: the calls in the system are Poisson', () => {
    fc.assert(
      fc.property(logUniform(0.1, 300), fc.double({ min: 0.5, max: 1.5, noNaN: true }), (load, ratio) => {
        const agents = Math.max(1, Math.round(load * ratio));
        const found = evaluateQueue(
          {
            calls: load,
            intervalSeconds: 240,
            ahtSeconds: 240,
            patience: { kind: 'exponential', meanSeconds: 240 },
          },
          agents,
          { answerWithinSeconds: 20 },
        );
        let below = 0;
        let term = Math.exp(-load);
        for (let j = 0; j < agents; j++) {
          below += term;
          term *= load / (j + 1);
        }
        expect(found.waitProbability).toBeCloseTo(1 - below, 11);
      }),
    );
  });

  it('no waiting room, or no patience at all, is Erlang B', () => {
    fc.assert(
      fc.property(patientLoad, fc.integer({ min: 1, max: 500 }), (load, agents) => {
        const blocking = erlangB({ agents, offeredLoadErlangs: erlangsOf(load) });
        const room = evaluateQueue({ ...load, trunks: agents }, agents, { answerWithinSeconds: 20 });
        expect(room.blockProbability).toBeCloseTo(blocking, 11);
        expect(room.waitProbability).toBe(0);
        const hasty = evaluateQueue(
          { ...without(load), patience: { kind: 'exponential', meanSeconds: 1e-9 } },
          agents,
          { answerWithinSeconds: 20 },
        );
        expect(hasty.abandonProbability).toBeCloseTo(blocking, 6);
      }),
    );
  });

  it('a requirement meets every goal, and one agent fewer misses at least the binding one', () => {
    const goals = fc.record(
      {
        serviceLevel: fc.record({
          target: fc.double({ min: 0.02, max: 0.99, noNaN: true }),
          answerWithinSeconds: seconds,
          definition: fc.constantFrom('offered' as const, 'virtual' as const, 'waitOnly' as const),
        }),
        asaSeconds: logUniform(1, 120),
        maxAbandonment: logUniform(0.001, 0.5),
        maxOccupancy: fc.double({ min: 0.3, max: 0.99, noNaN: true }),
        minAgents: fc.integer({ min: 0, max: 12 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(patientLoad, fc.boolean(), goals, (load, patient, wanted) => {
        const asked = patient ? without(load) : load;
        const need = requiredAgents(asked, wanted);
        const meets = (agents: number) => {
          const at = evaluateQueue(asked, agents, wanted.serviceLevel ?? { answerWithinSeconds: 20 });
          return {
            serviceLevel:
              wanted.serviceLevel === undefined ||
              at.serviceLevel[wanted.serviceLevel.definition] >= wanted.serviceLevel.target - 1e-11,
            asaSeconds: wanted.asaSeconds === undefined || at.asaSeconds <= wanted.asaSeconds * (1 + 1e-11),
            maxAbandonment:
              wanted.maxAbandonment === undefined ||
              at.abandonProbability <= wanted.maxAbandonment * (1 + 1e-11),
            maxOccupancy:
              wanted.maxOccupancy === undefined || at.occupancy <= wanted.maxOccupancy * (1 + 1e-11),
            minAgents: agents >= (wanted.minAgents ?? 0),
          };
        };
        expect(Object.values(meets(need.agents))).not.toContain(false);
        if (need.binding === 'none') {
          expect(need.agents).toBe(0);
        } else {
          expect(meets(need.agents - 1)[need.binding]).toBe(false);
          expect(need.below?.agents).toBe(need.agents - 1);
        }
        expect(need.at.agents).toBe(need.agents);
      }),
      { numRuns: 300 },
    );
  });
});
