import { describe, expect, it } from 'vitest';
import { generateSchedule } from '../../../forecasting/scheduling/generate.ts';
import { weekProblem } from '../../bench/weekProblem.ts';
import { brokenRules } from './independentChecker.ts';

describe('four weeks at once', () => {
  it('keeps every labour rule, the cap on weekends included, with 60 agents and carry-over', () => {
    const problem = weekProblem({ agents: 60, seed: 1, rules: 'all', weeks: 4 });
    const result = generateSchedule(problem, { seed: 2, moveBudget: 600_000 });
    if (result.kind !== 'schedule') throw new Error(result.kind);
    expect(result.evaluation.findings.filter(finding => finding.hard)).toEqual([]);
    const hardOnly = {
      ...problem,
      rules: { rules: problem.rules.rules.filter(rule => rule.enforcement === 'hard') },
    };
    expect(brokenRules(hardOnly, result.schedule)).toEqual([]);
    expect(result.evaluation.coverage.underShare).toBeLessThan(0.05);
  });
});
