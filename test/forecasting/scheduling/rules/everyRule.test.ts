import { describe, expect, it } from 'vitest';
import { evaluateSchedule } from '../../../../forecasting/scheduling/evaluate.ts';
import { parseRuleSet, ruleSentence } from '../../../../forecasting/scheduling/ruleSet.ts';
import { RULES } from '../../../../forecasting/scheduling/rules/registry.ts';
import { brokenRules } from '../independentChecker.ts';
import { RULE_CASES } from './cases.ts';
import { problemOfCase, type RuleCase } from './ruleCase.ts';

function findingsOf(kind: string, ruleCase: RuleCase) {
  const { problem, assignments } = problemOfCase(kind, ruleCase);
  return evaluateSchedule(problem, { assignments }).findings;
}

function total(kind: string, ruleCase: RuleCase): number {
  return findingsOf(kind, ruleCase).reduce((sum, finding) => sum + finding.amount, 0);
}

describe('every work rule', () => {
  it('has a satisfied, a violated and a boundary case, and no case is for an unknown rule', () => {
    expect(Object.keys(RULE_CASES).sort()).toEqual(RULES.map(rule => rule.kind).sort());
    for (const rule of RULES) {
      const cases = RULE_CASES[rule.kind];
      expect(cases?.satisfied.length, rule.kind).toBeGreaterThan(0);
      expect(cases?.violated.length, rule.kind).toBeGreaterThan(0);
      expect(cases?.boundary.length, rule.kind).toBeGreaterThan(0);
    }
  });

  describe.each(RULES.map(rule => [rule.kind, rule] as const))('%s', (kind, rule) => {
    const cases = RULE_CASES[kind]!;

    it('is satisfied, is violated by the amount worked out by hand, and holds at its limit', () => {
      for (const ruleCase of [...cases.satisfied, ...cases.boundary]) {
        expect(ruleCase.amount).toBe(0);
        expect(findingsOf(kind, ruleCase)).toEqual([]);
      }
      for (const ruleCase of cases.violated) {
        expect(ruleCase.amount).toBeGreaterThan(0);
        expect(total(kind, ruleCase)).toBeCloseTo(ruleCase.amount, 9);
      }
    });

    it('agrees with the independent checker on every case', () => {
      const subject = kind === 'minimumCover' ? 'site rule' : 'ana rule';
      for (const ruleCase of [...cases.satisfied, ...cases.boundary, ...cases.violated]) {
        const { problem, assignments } = problemOfCase(kind, ruleCase);
        expect(brokenRules(problem, { assignments })).toEqual(ruleCase.amount > 0 ? [subject] : []);
      }
    });

    it('states itself in a sentence with its numbers and explains who, when and by how much', () => {
      const parameters = cases.violated[0]?.parameters ?? {};
      const setting = { id: 'r', kind, parameters, enforcement: 'hard' } as const;
      const sentence = ruleSentence(setting);
      expect(sentence).toMatch(/^[A-Z0-9].*\(must hold\)$/);
      for (const value of Object.values(parameters)) {
        if (typeof value === 'string' && value !== '') expect(sentence).toContain(value);
      }
      for (const finding of findingsOf(kind, cases.violated[0]!)) {
        expect(finding.sentence).toMatch(/(Mon|Tue|Wed|Thu|Fri|Sat|Sun) 2026-0\d-\d\d \d\d:\d\d/);
        expect(finding.end).toBeGreaterThan(finding.start);
        expect(finding.hard).toBe(true);
        if (kind !== 'minimumCover') expect(finding.sentence).toContain('Ana Silva');
      }
    });

    it('weighs as much as its price when soft', () => {
      const ruleCase = cases.violated[0]!;
      const { problem, assignments } = problemOfCase(kind, ruleCase);
      const [first] = problem.rules.rules;
      const soft = {
        ...problem,
        rules: { rules: [{ ...first!, enforcement: 'soft' as const, weight: 2.5 }] },
      };
      const { score, findings } = evaluateSchedule(soft, { assignments });
      expect(score.hardRules).toBe(0);
      expect(score.softRules).toBeCloseTo(2.5 * ruleCase.amount, 9);
      expect(findings.every(finding => !finding.hard)).toBe(true);
    });

    it('parses with its defaults and refuses unknown and impossible parameters', () => {
      expect(parseRuleSet([{ kind }]).kind).toBe('valid');
      const unknown = parseRuleSet([{ kind, parameters: { nonsense: 1 } }]);
      expect(unknown.kind === 'invalid' && unknown.problems[0]?.path).toBe('rules[0].parameters.nonsense');
      for (const [name, spec] of Object.entries(rule.parameters)) {
        const wrong = spec.type === 'number' ? spec.max + 1 : 7;
        const parsed = parseRuleSet([{ kind, parameters: { [name]: wrong } }]);
        expect(parsed.kind === 'invalid' && parsed.problems[0]?.path).toBe(`rules[0].parameters.${name}`);
      }
    });
  });
});
