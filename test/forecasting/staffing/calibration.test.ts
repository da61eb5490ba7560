import { describe, expect, it } from 'vitest';
import {
  calibrateStaffing,
  createRandom,
  evaluateQueue,
  type Load,
  type PastInterval,
} from '../../../forecasting/index.ts';

const OPTIONS = Object.freeze({
  answerWithinSeconds: 20,
  definition: 'offered' as const,
  method: 'sipp' as const,
});
const load = (i: number): Load => ({
  calls: 60 + 40 * Math.sin(i / 5),
  intervalSeconds: 900,
  ahtSeconds: 300,
  patience: { kind: 'exponential', meanSeconds: 200 },
});

/** Intervals whose agents served like `factor` agents, with noise on each service level. */
function past(count: number, factor: number, noise: number): PastInterval[] {
  const random = createRandom(21).stream('past');
  return Array.from({ length: count }, (_, i) => {
    const agents = Math.round((load(i).calls * 300) / 900 + 2);
    const level = evaluateQueue(load(i), agents * factor, OPTIONS).serviceLevel.offered;
    const serviceLevel = Math.min(1, Math.max(0, level + noise * (random.uniform() + random.uniform() - 1)));
    return { load: load(i), agents, serviceLevel };
  });
}

describe('calibrateStaffing', () => {
  it('finds the factor that was at work and leaves no bias', () => {
    const found = calibrateStaffing(past(60, 0.93, 0), OPTIONS);
    expect(found.kind).toBe('calibrated');
    if (found.kind !== 'calibrated') return;
    expect(found.staffFactor).toBeCloseTo(0.93, 8);
    expect(found.asModelled.bias).toBeGreaterThan(0.03);
    expect(Math.abs(found.corrected.bias)).toBeLessThan(1e-8);
    expect(found.corrected.meanAbsoluteError).toBeLessThan(1e-8);
    expect(found.heldOut).toBeNull();
  });

  it('judges the correction on intervals it has not seen', () => {
    const found = calibrateStaffing(past(400, 0.9, 0.2), { ...OPTIONS, holdOutFrom: 200 });
    if (found.kind !== 'calibrated') throw new Error('must be calibrated');
    expect(found.corrected.intervals).toBe(200);
    expect(found.heldOut!.corrected.intervals).toBe(200);
    expect(Math.abs(found.heldOut!.corrected.bias)).toBeLessThan(
      3 * found.heldOut!.corrected.biasStandardError + 0.01,
    );
    expect(Math.abs(found.heldOut!.asModelled.bias)).toBeGreaterThan(
      5 * Math.abs(found.heldOut!.corrected.bias),
    );
    expect(found.heldOut!.corrected.meanAbsoluteError).toBeLessThan(
      found.heldOut!.asModelled.meanAbsoluteError,
    );
  });

  it('follows modified offered load and breaks at missing data', () => {
    const intervals = past(30, 1, 0);
    const found = calibrateStaffing([...intervals.slice(0, 10), null, ...intervals.slice(10)], {
      ...OPTIONS,
      method: 'offeredLoad',
    });
    expect(found.asModelled.intervals).toBe(30);
  });

  it('says so when no factor explains the figures, and names bad input', () => {
    const odd = past(10, 1, 0).map(one => ({ ...one, serviceLevel: 1 }));
    expect(
      calibrateStaffing(
        odd.map(one => ({ ...one, agents: one.agents / 8 })),
        OPTIONS,
      ).kind,
    ).toBe('outOfReach');
    expect(() => calibrateStaffing([{ ...odd[0]!, serviceLevel: 80 }], OPTIONS)).toThrow(
      /^past\[0\]\.serviceLevel /,
    );
    expect(() => calibrateStaffing([null], OPTIONS)).toThrow(/^past /);
  });
});
