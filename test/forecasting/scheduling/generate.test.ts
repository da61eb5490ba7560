import { describe, expect, it } from 'vitest';
import { evaluateSchedule } from '../../../forecasting/scheduling/evaluate.ts';
import { generateSchedule } from '../../../forecasting/scheduling/generate.ts';
import { loadHighsSolver } from '../../../forecasting/scheduling/highsSolver.ts';
import { weekProblem } from '../../bench/weekProblem.ts';

describe('generateSchedule', async () => {
  const problem = weekProblem({ agents: 30, seed: 7, rules: 'basic' });
  const everything = weekProblem({ agents: 24, seed: 7, rules: 'all' });
  const solver = await loadHighsSolver();

  it('covers a week within the hard rules, reports progress and a bound below the score', () => {
    const fractions: number[] = [];
    const result = generateSchedule(problem, {
      seed: 1,
      moveBudget: 400_000,
      solver,
      onProgress: progress => fractions.push(progress.fraction),
    });
    if (result.kind !== 'schedule') throw new Error(result.kind);
    expect(result.evaluation.findings.filter(finding => finding.hard)).toEqual([]);
    expect(result.evaluation.coverage.underShare).toBeLessThan(0.06);
    expect(result.bound).not.toBeNull();
    expect(result.bound ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(result.score.total);
    expect(fractions.length).toBeGreaterThan(10);
    expect([...fractions].sort((a, b) => a - b)).toEqual(fractions);
    // Five shifts each: the contract of every agent of the generated centre.
    expect(result.schedule.assignments).toHaveLength(150);
  });

  it('gives the same bytes for the same seed and move budget', () => {
    const options = { seed: 11, moveBudget: 60_000 };
    const first = generateSchedule(everything, options);
    const second = generateSchedule(structuredClone(everything), options);
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
    const other = generateSchedule(everything, { ...options, seed: 12 });
    expect(JSON.stringify(other)).not.toBe(JSON.stringify(first));
  });

  it('keeps every labour rule, two skills and carry-over, and its score is the evaluation of its schedule', () => {
    const result = generateSchedule(everything, { seed: 3, moveBudget: 300_000 });
    if (result.kind !== 'schedule') throw new Error(result.kind);
    expect(evaluateSchedule(everything, result.schedule).score).toEqual(result.score);
    const hard = result.evaluation.findings.filter(finding => finding.hard && finding.agentId !== null);
    expect(hard).toEqual([]);
  });

  it('stops when asked and still gives a whole schedule', () => {
    let asked = 0;
    const result = generateSchedule(problem, {
      seed: 1,
      moveBudget: 10_000_000,
      shouldStop: () => ++asked > 40,
    });
    if (result.kind !== 'schedule') throw new Error(result.kind);
    expect(result.stopped).toBe('cancelled');
    expect(result.schedule.assignments).toHaveLength(150);
  });
});
