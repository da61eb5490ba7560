import { describe, expect, it } from 'vitest';
import { createRandom, type RandomGenerator } from '../../../forecasting/calendar/random.ts';
import { applyEdit, type EditOp } from '../../../forecasting/scheduling/edit.ts';
import { EditSession, editLabel } from '../../../forecasting/scheduling/editSession.ts';
import { evaluateSchedule, type ScoreParts } from '../../../forecasting/scheduling/evaluate.ts';
import { generateSchedule } from '../../../forecasting/scheduling/generate.ts';
import type { ScheduleProblem } from '../../../forecasting/scheduling/problem.ts';
import type { Assignment, Schedule } from '../../../forecasting/scheduling/schedule.ts';
import { weekProblem } from '../../bench/weekProblem.ts';

const problem = weekProblem({ agents: 20, seed: 5, rules: 'all' });
const generated = generateSchedule(problem, { seed: 1, moveBudget: 30_000 });
if (generated.kind !== 'schedule') throw new Error(generated.kind);
const start = generated.schedule;

/** A random edit of any kind; some are refused, which is part of the game. */
function randomEdit(
  random: RandomGenerator,
  schedule: Schedule,
  of: ScheduleProblem,
  serial: number,
): EditOp {
  const shift = schedule.assignments[random.integer(schedule.assignments.length)]!;
  const step = 900 * (random.integer(17) - 8);
  const agentId = of.agents[random.integer(of.agents.length)]!.id;
  const index = random.integer(shift.activities.length);
  const from = shift.start + 900 * random.integer(16);
  const ops: readonly EditOp[] = [
    { kind: 'move', assignmentId: shift.id, start: shift.start + step },
    { kind: 'move', assignmentId: shift.id, start: shift.start + step, breaks: 'stay' },
    { kind: 'resize', assignmentId: shift.id, start: shift.start + step, end: shift.end - step },
    { kind: 'assignTo', assignmentId: shift.id, agentId },
    { kind: 'moveActivity', assignmentId: shift.id, index, start: from },
    {
      kind: 'setActivity',
      assignmentId: shift.id,
      activity: { kind: 'meeting', start: from, end: from + 1800, paid: true },
    },
    {
      kind: 'changeTemplate',
      assignmentId: shift.id,
      templateId: ['full', 'six', 'four'][random.integer(3)]!,
    },
    { kind: 'lock', assignmentId: shift.id, locked: random.integer(4) === 0 },
    { kind: 'remove', assignmentId: shift.id },
    { kind: 'create', assignment: { ...shift, id: `new ${serial}`, agentId } },
    {
      kind: 'batch',
      label: 'swap',
      ops: [
        { kind: 'assignTo', assignmentId: shift.id, agentId },
        { kind: 'move', assignmentId: shift.id, start: shift.start + step },
      ],
    },
  ];
  return ops[random.integer(ops.length)]!;
}

function expectClose(actual: ScoreParts, expected: ScoreParts): void {
  for (const [part, value] of Object.entries(expected)) {
    const found = new Map(Object.entries(actual)).get(part) ?? Number.NaN;
    expect(Math.abs(found - value), part).toBeLessThan(1e-6 * Math.max(1, Math.abs(value)));
  }
}

describe('EditSession', () => {
  it('scores every edit as a recomputation from scratch does, findings and coverage included', () => {
    const session = new EditSession(problem, start);
    const random = createRandom('edits');
    let edited = 0;
    for (let i = 0; i < 300; i++) {
      const outcome = session.apply(randomEdit(random, session.schedule, problem, i));
      if (outcome.kind === 'refused') continue;
      edited++;
      if (i % 10 !== 0) continue;
      const plain = evaluateSchedule(problem, session.schedule);
      expectClose(session.score, plain.score);
      expect(session.findings.map(f => f.sentence).sort()).toEqual(
        plain.findings.map(f => f.sentence).sort(),
      );
      expect(session.coverage.underHours).toBeCloseTo(plain.coverage.underHours, 9);
    }
    expect(edited).toBeGreaterThan(150);
  });

  it('undoes any edit to the same bytes, in a session and on a plain schedule', () => {
    const session = new EditSession(problem, start);
    const random = createRandom('undo');
    const before = JSON.stringify(session.schedule);
    const inverses: EditOp[] = [];
    for (let i = 0; i < 120; i++) {
      const schedule = session.schedule;
      const op = randomEdit(random, schedule, problem, i);
      const plain = applyEdit(problem, schedule, op);
      const outcome = session.apply(op);
      expect(outcome.kind).toBe(plain.kind);
      if (outcome.kind === 'refused' || plain.kind === 'refused') continue;
      expect(plain.schedule).toEqual(session.schedule);
      const back = applyEdit(problem, plain.schedule, plain.inverse);
      expect(back.kind === 'edited' ? back.schedule : null).toEqual(schedule);
      inverses.push(outcome.inverse);
    }
    for (const inverse of inverses.reverse()) session.apply(inverse);
    expect(JSON.stringify(session.schedule)).toBe(before);
  });

  it('previews without changing anything, and tells which breach an edit brings', () => {
    const session = new EditSession(problem, start);
    const before = JSON.stringify([session.schedule, session.score]);
    const first = start.assignments[0]!;
    const next = start.assignments.find(s => s.agentId === first.agentId && s.start > first.end)!;
    const outcome = session.preview({ kind: 'move', assignmentId: next.id, start: first.end + 3600 });
    if (outcome.kind === 'refused') throw new Error(outcome.reason);
    expect(outcome.newFindings.map(finding => finding.ruleKind)).toContain('minimumRest');
    const rest = outcome.newFindings.find(finding => finding.ruleKind === 'minimumRest');
    expect(rest?.amount).toBe(600);
    expect(rest?.sentence).toContain('1 h of rest before this shift, 11 h are due');
    expect(outcome.after.hardRules).toBeGreaterThan(outcome.before.hardRules);
    expect(JSON.stringify([session.schedule, session.score])).toBe(before);
  });

  it('refuses what makes no sense, in words', () => {
    const session = new EditSession(problem, start);
    const shift = start.assignments[0]!;
    const reasons = (
      [
        { kind: 'remove', assignmentId: 'nobody' },
        { kind: 'create', assignment: shift },
        { kind: 'resize', assignmentId: shift.id, end: shift.start },
        { kind: 'assignTo', assignmentId: shift.id, agentId: 'stranger' },
        { kind: 'changeTemplate', assignmentId: shift.id, templateId: 'none' },
        { kind: 'move', assignmentId: shift.id, start: shift.start + 30 },
      ] satisfies EditOp[]
    ).map(op => session.apply(op));
    expect(reasons.map(r => (r.kind === 'refused' ? r.reason : 'edited'))).toEqual([
      'there is no shift nobody',
      `there is already a shift ${shift.id}`,
      'a shift ends after it starts',
      'there is no agent stranger',
      'there is no template none',
      'times must be whole minutes',
    ]);
    session.apply({ kind: 'lock', assignmentId: shift.id, locked: true });
    const locked = session.apply({ kind: 'move', assignmentId: shift.id, start: shift.start + 900 });
    expect(locked).toEqual({ kind: 'refused', reason: 'the shift is locked; unlock it first' });
  });

  it('names edits for the undo list', () => {
    const shift = start.assignments[0]!;
    const op: EditOp = { kind: 'move', assignmentId: shift.id, start: shift.start - 1800 };
    expect(editLabel(op, problem, start)).toBe('move Agent 1 30 min earlier');
  });

  it('takes edits off the quarter-hours by refining its slots', () => {
    const session = new EditSession(problem, start);
    const shift: Assignment = start.assignments[0]!;
    session.apply({ kind: 'move', assignmentId: shift.id, start: shift.start + 300 });
    const plain = evaluateSchedule(problem, session.schedule);
    expectClose(session.score, plain.score);
    session.apply({ kind: 'move', assignmentId: shift.id, start: shift.start });
    expectClose(session.score, evaluateSchedule(problem, start).score);
  });
});
