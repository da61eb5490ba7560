import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  abandonHazard,
  checkPatience,
  createRandom,
  curvePatience,
  evaluateQueue,
  fitPatience,
  fitPatienceFromTotals,
  poolPatience,
  survivalCurve,
  type WaitLog,
} from '../../../forecasting/index.ts';

/** Calls with exponential patience against an offered wait that is 0 for 40 % and exponential for the rest. */
function simulatedLog(seed: number, calls: number, patienceSeconds: number, offeredSeconds: number): WaitLog {
  const random = createRandom(seed).stream('patience');
  const waitSeconds: number[] = [];
  const abandoned: boolean[] = [];
  for (let i = 0; i < calls; i++) {
    const offered = random.uniform() < 0.4 ? 0 : -offeredSeconds * Math.log(random.uniformPositive());
    const patience = -patienceSeconds * Math.log(random.uniformPositive());
    waitSeconds.push(Math.min(offered, patience));
    abandoned.push(patience < offered);
  }
  return { waitSeconds, abandoned };
}

describe('patience from calls', () => {
  it('covers the truth in at least 93 % of 1 000 simulated logs', () => {
    let covered = 0;
    for (let seed = 0; seed < 1000; seed++) {
      const found = fitPatience(simulatedLog(seed, 300, 400, 60));
      if (found.kind === 'estimated' && found.lowSeconds <= 400 && found.highSeconds >= 400) covered++;
    }
    expect(covered).toBeGreaterThanOrEqual(930);
    expect(covered).toBeLessThanOrEqual(975);
  });

  it('is total queue time over abandons, worked by hand', () => {
    const log: WaitLog = Object.freeze({
      waitSeconds: Object.freeze([0, 10, 20, 30, 40, 0]),
      abandoned: Object.freeze([false, false, true, false, true, false]),
    });
    expect(fitPatience(log)).toMatchObject({
      kind: 'estimated',
      meanSeconds: 50,
      abandons: 2,
      queueSeconds: 100,
    });
  });

  it('says what is missing when nobody abandoned or nobody waited', () => {
    expect(fitPatience({ waitSeconds: [30, 60], abandoned: [false, false] })).toMatchObject({
      kind: 'lowerBound',
    });
    expect(fitPatience({ waitSeconds: [0, 0], abandoned: [false, false] })).toEqual({ kind: 'noWaits' });
    expect(() => fitPatience({ waitSeconds: [3, -1], abandoned: [true, true] })).toThrow(
      /^waitSeconds\[1\] /,
    );
    expect(() => fitPatience({ waitSeconds: [3], abandoned: [] })).toThrow(/^abandoned /);
  });

  it('finds from totals what the model put into them', () => {
    const totals = [44, 48, 52, 56].map(agents => {
      const at = evaluateQueue(
        {
          calls: 300,
          intervalSeconds: 1800,
          ahtSeconds: 300,
          patience: { kind: 'exponential', meanSeconds: 240 },
        },
        agents,
        { answerWithinSeconds: 20 },
      );
      const abandoned = 300 * at.abandonProbability;
      const queued = 300 * at.meanWaitSeconds;
      const answered = 300 - abandoned;
      return {
        answered,
        abandoned,
        asaSeconds: at.asaSeconds,
        meanTimeToAbandonSeconds: (queued - answered * at.asaSeconds) / abandoned,
      };
    });
    const found = fitPatienceFromTotals(totals);
    expect(found.kind === 'estimated' && found.meanSeconds).toBeCloseTo(240, 8);
    // The mean time to abandon of the same queue is nothing like it, and the guard says so.
    const last = totals[3]!;
    expect(last.meanTimeToAbandonSeconds).toBeLessThan(60);
    const warning = checkPatience(last.meanTimeToAbandonSeconds, last);
    expect(warning?.kind).toBe('timeToAbandon');
    expect(warning?.estimateSeconds).toBeCloseTo(240, 8);
    expect(checkPatience(240, last)).toBeNull();
  });
});

describe('pooling of sparse groups', () => {
  it('pools groups outright that differ no more than chance, and leaves rich, different groups alone', () => {
    const alike = poolPatience([
      { abandons: 10, queueSeconds: 3000 },
      { abandons: 11, queueSeconds: 3000 },
      { abandons: 0, queueSeconds: 100 },
    ]);
    expect(alike?.map(group => group.ownWeight)).toEqual([0, 0, 0]);
    expect(alike?.[2]?.meanSeconds).toBeCloseTo(6100 / 21, 10);
    const apart = poolPatience([
      { abandons: 900, queueSeconds: 90_000 },
      { abandons: 300, queueSeconds: 90_000 },
      { abandons: 2, queueSeconds: 300 },
    ]);
    expect(apart?.[0]?.meanSeconds).toBeGreaterThan(98);
    expect(apart?.[0]?.meanSeconds).toBeLessThan(105);
    expect(apart?.[2]?.ownWeight).toBeLessThan(apart?.[0]?.ownWeight ?? 0);
    expect(poolPatience([{ abandons: 0, queueSeconds: 10 }])).toBeNull();
  });

  it('brings sparse groups nearer to the truth than their own data do', () => {
    const random = createRandom(7).stream('pool');
    let [own, pooled] = [0, 0];
    for (let run = 0; run < 300; run++) {
      const truths = Array.from(
        { length: 12 },
        () => 200 * Math.exp(0.3 * (random.uniform() + random.uniform() + random.uniform() - 1.5)),
      );
      const groups = truths.map((truth, g) => {
        const found = fitPatience(simulatedLog(1000 * run + g, 120, truth, 60));
        return found.kind === 'estimated' ? found : { abandons: 0, queueSeconds: 1, meanSeconds: 1e4 };
      });
      poolPatience(groups)?.forEach((group, g) => {
        pooled += Math.log(group.meanSeconds / truths[g]!) ** 2;
        own += Math.log(groups[g]!.meanSeconds / truths[g]!) ** 2;
      });
    }
    expect(pooled).toBeLessThan(0.6 * own);
  });
});

describe('the survival curve of patience', () => {
  it('is Kaplan and Meier’s product, worked by hand', () => {
    const curve = survivalCurve(
      { waitSeconds: [5, 8, 8, 12, 20, 20], abandoned: [true, true, false, false, true, false] },
      1,
    );
    expect(curve.seconds).toEqual([5, 8, 20]);
    expect(curve.atRisk).toEqual([6, 5, 2]);
    expect(curve.survival[0]).toBeCloseTo(5 / 6, 15);
    expect(curve.survival[1]).toBeCloseTo((5 / 6) * (4 / 5), 15);
    expect(curve.survival[2]).toBeCloseTo((5 / 6) * (4 / 5) * 0.5, 15);
    expect(curve.standardError[0]).toBeCloseTo(Math.sqrt(((5 / 6) * (1 / 6)) / 6), 15);
  });

  it('follows the law it was drawn from, stops where few are left, and serves as patience', () => {
    const log = simulatedLog(3, 40_000, 200, 60);
    const curve = survivalCurve(log);
    curve.seconds.forEach((seconds, i) => {
      const gap = Math.abs(curve.survival[i]! - Math.exp(-seconds / 200));
      expect(gap).toBeLessThan(5 * curve.standardError[i]! + 1e-3);
    });
    expect(Math.min(...curve.atRisk)).toBeGreaterThanOrEqual(30);
    const patience = curvePatience(curve, 200)!;
    const load = { calls: 300, intervalSeconds: 1800, ahtSeconds: 300 };
    const measured = evaluateQueue({ ...load, patience }, 52, { answerWithinSeconds: 20 });
    const exact = evaluateQueue({ ...load, patience: { kind: 'exponential', meanSeconds: 200 } }, 52, {
      answerWithinSeconds: 20,
    });
    expect(measured.abandonProbability).toBeCloseTo(exact.abandonProbability, 2);
    expect(measured.serviceLevel.offered).toBeCloseTo(exact.serviceLevel.offered, 2);
  });

  it('shows a level hazard for exponential patience and conserves events and exposure', () => {
    const log = simulatedLog(11, 30_000, 200, 60);
    const bins = abandonHazard(log, 10, 200);
    for (const bin of bins.slice(0, 12)) {
      expect(bin.rate!.low).toBeLessThan(1 / 200 + 0.001);
      expect(bin.rate!.high).toBeGreaterThan(1 / 200 - 0.001);
    }
    const all = abandonHazard(log, 10, 3000);
    expect(all.reduce((sum, bin) => sum + bin.abandons, 0)).toBe(log.abandoned.filter(Boolean).length);
    expect(all.reduce((sum, bin) => sum + bin.queueSeconds, 0)).toBeCloseTo(
      log.waitSeconds.reduce((sum, w) => sum + w, 0),
      4,
    );
  });
});

const calls = join(resolve(process.env.COVERLINE_SHARED ?? '../shared'), 'data', 'calls-january-1999.csv');
if (!existsSync(calls))
  process.stderr.write(`skipped: single-call data not found at ${calls}; set COVERLINE_SHARED\n`);

describe.skipIf(!existsSync(calls))('the bank’s calls of January 1999', () => {
  it('show a patience of minutes, many times the mean time to abandon', () => {
    const rows = readFileSync(calls, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map(line => line.split(','));
    const used = rows.filter(row => row[5] === 'AGENT' || row[5] === 'HANG');
    const log = {
      waitSeconds: used.map(row => Number(row[4])),
      abandoned: used.map(row => row[5] === 'HANG'),
    };
    const found = fitPatience(log);
    expect(found.kind).toBe('estimated');
    if (found.kind !== 'estimated') return;
    expect(found.highSeconds / found.lowSeconds).toBeLessThan(1.1);
    const hung = log.waitSeconds.filter((wait, i) => log.abandoned[i] && wait > 0);
    const meanTimeToAbandon = hung.reduce((sum, wait) => sum + wait, 0) / hung.length;
    expect(found.meanSeconds).toBeGreaterThan(3 * meanTimeToAbandon);
  });
});
