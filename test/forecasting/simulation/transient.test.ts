import { describe, expect, it } from 'vitest';
import { simulateQueueDay } from '../../../forecasting/index.ts';

const STEP = 1_800;
const AHT = 300;
const PATIENCE = 240;
const CALLS = [20, 45, 70, 60, 30, 55, 40, 12];
const AGENTS = [5, 9, 11, 8, 6, 10, 5, 3];

/**
 * Expected number waiting at each interval's end and its time integral, from the Kolmogorov equations of
 * M_t/M/n_t + M, integrated by RK4. State: calls in the system, and agents who are to leave when their call ends
 * (a fall in staff takes idle agents first, then those whose call ends next).
 */
function transientQueue(mostCalls: number, mostLeaving: number, stepsPerInterval: number) {
  const width = mostLeaving + 1;
  let p: Float64Array = new Float64Array((mostCalls + 1) * width);
  p[0] = 1;
  const waiting: number[] = [];
  const queueSeconds: number[] = [];
  CALLS.forEach((calls, k) => {
    const staff = AGENTS[k]!;
    const before = k === 0 ? staff : AGENTS[k - 1]!;
    p = changeStaff(p, width, before, staff);
    const dt = STEP / stepsPerInterval;
    let integral = 0;
    for (let i = 0; i < stepsPerInterval; i++) {
      integral += 0.5 * dt * meanWaiting(p, width, staff);
      p = rungeKutta(p, dt, q => flow(q, width, staff, calls / STEP));
      integral += 0.5 * dt * meanWaiting(p, width, staff);
    }
    waiting.push(meanWaiting(p, width, staff));
    queueSeconds.push(integral);
  });
  return { waiting, queueSeconds };
}

function changeStaff(p: Float64Array, width: number, before: number, after: number): Float64Array {
  const next = new Float64Array(p.length);
  p.forEach((mass, state) => {
    const calls = Math.floor(state / width);
    const leaving = state % width;
    const busy = Math.min(calls, before + leaving);
    const stillLeaving = Math.max(0, Math.min(busy - after, before + leaving - after));
    next[calls * width + Math.min(width - 1, stillLeaving)]! += mass;
  });
  return next;
}

function flow(p: Float64Array, width: number, staff: number, rate: number): Float64Array {
  const change = new Float64Array(p.length);
  const top = p.length / width - 1;
  for (let calls = 0; calls <= top; calls++) {
    for (let leaving = 0; leaving < width; leaving++) {
      const state = calls * width + leaving;
      const mass = p[state]!;
      if (mass === 0) continue;
      const move = (to: number, per: number) => {
        change[to]! += per * mass;
        change[state]! -= per * mass;
      };
      if (calls < top) move(state + width, rate);
      const busy = Math.min(calls, staff + leaving);
      if (busy > 0) move(leaving > 0 ? state - width - 1 : state - width, busy / AHT);
      if (calls > busy) move(state - width, (calls - busy) / PATIENCE);
    }
  }
  return change;
}

function rungeKutta(p: Float64Array, dt: number, f: (p: Float64Array) => Float64Array): Float64Array {
  const at = (k: Float64Array, h: number) => p.map((x, i) => x + h * k[i]!);
  const k1 = f(p);
  const k2 = f(at(k1, dt / 2));
  const k3 = f(at(k2, dt / 2));
  const k4 = f(at(k3, dt));
  return p.map((x, i) => x + (dt / 6) * (k1[i]! + 2 * k2[i]! + 2 * k3[i]! + k4[i]!));
}

function meanWaiting(p: Float64Array, width: number, staff: number): number {
  return p.reduce(
    (sum, mass, state) => sum + mass * Math.max(0, Math.floor(state / width) - staff - (state % width)),
    0,
  );
}

describe('a day of changing calls and staff', () => {
  const exact = transientQueue(70, 7, 360);
  const day = simulateQueueDay(
    {
      stepSeconds: STEP,
      calls: CALLS,
      ahtSeconds: AHT,
      agents: AGENTS,
      patience: { kind: 'exponential', meanSeconds: PATIENCE },
      answerWithinSeconds: 20,
    },
    { seed: 'day', replications: 6_000 },
  );

  it('carries over as many calls at each interval end as the exact transient solution', () => {
    day.intervals.forEach(({ counts }, k) => {
      // The number waiting has a variance of a few times its mean: 5 standard errors over 6,000 days.
      const slack = 5 * Math.sqrt((4 * exact.waiting[k]! + 1) / 6_000);
      expect(Math.abs(counts.carriedOver - exact.waiting[k]!)).toBeLessThan(slack);
    });
    expect(Math.max(...exact.waiting)).toBeGreaterThan(1.5);
  });

  it('waits as long in each interval', () => {
    day.intervals.forEach(({ counts }, k) => {
      expect(counts.queueSeconds).toBeGreaterThan(0.96 * exact.queueSeconds[k]! - 4);
      expect(counts.queueSeconds).toBeLessThan(1.04 * exact.queueSeconds[k]! + 4);
    });
  });

  it('loses as many callers over the day: the abandonment rate times the time waited', () => {
    const afterwards = exact.waiting.at(-1)!;
    const expected = exact.queueSeconds.reduce((a, b) => a + b, 0) / PATIENCE;
    const abandoned = day.total.counts.abandoned;
    // Callers left waiting when the day ends still belong to it; some of them hang up later.
    expect(abandoned).toBeGreaterThan(0.98 * expected);
    expect(abandoned).toBeLessThan(1.02 * expected + afterwards);
  });
});
