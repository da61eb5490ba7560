import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requiredAgents } from '../../../forecasting/staffing/requiredAgents.ts';
import { chanceOfVolume } from '../../../forecasting/staffing/volumeRisk.ts';

const load = Object.freeze({
  calls: 0,
  intervalSeconds: 900,
  ahtSeconds: 300,
  patience: { kind: 'exponential', meanSeconds: 120 } as const,
});
const goals = { serviceLevel: { target: 0.8, answerWithinSeconds: 30, definition: 'offered' } } as const;

describe('chanceOfVolume', () => {
  it('is about a half where the agents just carry the mean, and follows the normal law away from it', () => {
    const mean = 100;
    const sd = 12;
    const agents = requiredAgents({ ...load, calls: mean }, goals).agents;
    // Whole agents carry a little more than the mean; the next agent carries about another three calls.
    const chance = chanceOfVolume(load, goals, agents, { mean, sd });
    expect(chance).toBeGreaterThanOrEqual(0.5);
    expect(chance).toBeLessThan(0.65);
    // Φ(1) = 0.8413 (any table of the normal law) where they carry exactly one standard deviation more.
    const more = requiredAgents({ ...load, calls: mean + sd }, goals).agents;
    const atOneSd = chanceOfVolume(load, goals, more, { mean, sd });
    expect(atOneSd).toBeGreaterThanOrEqual(0.8413 - 1e-3);
    expect(atOneSd).toBeLessThan(0.92);
  });

  it('never falls with another agent nor rises with a larger mean', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.double({ min: 0, max: 150, noNaN: true }),
        fc.double({ min: 0, max: 30, noNaN: true }),
        (agents, mean, sd) => {
          const chance = chanceOfVolume(load, goals, agents, { mean, sd });
          expect(chanceOfVolume(load, goals, agents + 1, { mean, sd })).toBeGreaterThanOrEqual(chance - 1e-3);
          expect(chanceOfVolume(load, goals, agents, { mean: mean + 5, sd })).toBeLessThanOrEqual(
            chance + 1e-3,
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('without spread it says whether the mean is carried', () => {
    const { agents } = requiredAgents({ ...load, calls: 50 }, goals);
    expect(chanceOfVolume(load, goals, agents, { mean: 50, sd: 0 })).toBe(1);
    expect(chanceOfVolume(load, goals, agents - 1, { mean: 50, sd: 0 })).toBe(0);
  });
});
