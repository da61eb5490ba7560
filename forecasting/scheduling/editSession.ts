import { type AgentScore, scoreAgent } from './agentScore.ts';
import { groupByAgent } from './agentTerms.ts';
import { applyCover, coverageOf, coverStateOf, type ScheduleCoverage } from './coverage.ts';
import type { CoverState } from './coverState.ts';
import { type Affected, affectedBy, type EditOp, inverseOf, planEdit, type ShiftChange } from './edit.ts';
import { agentFinding, type Finding, licenceFindings, type ScoreParts, totalScore } from './evaluate.ts';
import type { ScheduleProblem } from './problem.ts';
import { type Assignment, inOrderOfStart, type Schedule, sortAssignments } from './schedule.ts';
import { buildSite, type Site } from './site.ts';

export type EditOutcome =
  | {
      readonly kind: 'edited';
      readonly inverse: EditOp;
      readonly affected: Affected;
      readonly before: ScoreParts;
      readonly after: ScoreParts;
      /** Findings of the affected agents after the edit. */
      readonly findings: readonly Finding[];
      /** Of those, the ones the edit brought about. */
      readonly newFindings: readonly Finding[];
    }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * A schedule under manual editing: after each edit only the affected agents and slots are scored again.
 * The score always equals `evaluateSchedule` of the same schedule.
 */
export class EditSession {
  readonly problem: ScheduleProblem;
  #site: Site;
  #state: CoverState;
  readonly #shifts: Map<string, Assignment>;
  readonly #byAgent: Map<string, Assignment[]>;
  #scores: AgentScore[] = [];
  /** Null after a change, until it is asked for. */
  #score: ScoreParts | null = null;
  #findings: (readonly Finding[])[] = [];

  constructor(problem: ScheduleProblem, schedule: Schedule) {
    this.problem = problem;
    this.#shifts = new Map(schedule.assignments.map(shift => [shift.id, shift]));
    this.#byAgent = new Map([...groupByAgent(schedule.assignments)].map(([id, shifts]) => [id, [...shifts]]));
    this.#site = buildSite(problem, [schedule]);
    this.#state = coverStateOf(this.#site, schedule);
    this.#scoreEverybody();
  }

  get schedule(): Schedule {
    return { assignments: sortAssignments([...this.#shifts.values()]) };
  }

  get score(): ScoreParts {
    this.#score ??= totalScore(this.#site, this.#scores, this.#state);
    return this.#score;
  }

  get coverage(): ScheduleCoverage {
    return coverageOf(this.#site, this.#state);
  }

  /** All broken rules. */
  get findings(): readonly Finding[] {
    return [...this.#findings.flat(), ...licenceFindings(this.#site, this.coverage)];
  }

  findingsOf(agentId: string): readonly Finding[] {
    const agent = this.#site.agentIndex.get(agentId);
    return agent === undefined ? [] : (this.#findings[agent] ?? []);
  }

  /** Applies an edit and scores what it touched. */
  apply(op: EditOp): EditOutcome {
    const planned = planEdit(this.problem, this.#shifts, op);
    if (planned.kind === 'refused') return planned;
    const before = this.score;
    const affected = affectedBy(planned.changes);
    const known = new Set(affected.agentIds.flatMap(id => this.findingsOf(id)).map(findingKey));
    this.#change(planned.changes);
    const findings = affected.agentIds.flatMap(id => this.findingsOf(id));
    return {
      kind: 'edited',
      inverse: inverseOf(planned.changes, op),
      affected,
      before,
      after: this.score,
      findings,
      newFindings: findings.filter(finding => !known.has(findingKey(finding))),
    };
  }

  /** What an edit would do, for a preview while dragging; the session stays as it is. */
  preview(op: EditOp): EditOutcome & { readonly coverage?: ScheduleCoverage } {
    const outcome = this.apply(op);
    if (outcome.kind === 'refused') return outcome;
    const cover = this.coverage;
    this.apply(outcome.inverse);
    return { ...outcome, coverage: cover };
  }

  #change(changes: readonly ShiftChange[]): void {
    this.#score = null;
    const touched = new Set<string>();
    for (const { before, after } of changes) {
      if (before) {
        this.#shifts.delete(before.id);
        const shifts = this.#byAgent.get(before.agentId) ?? [];
        this.#byAgent.set(
          before.agentId,
          shifts.filter(shift => shift.id !== before.id),
        );
        touched.add(before.agentId);
      }
      if (after) {
        this.#shifts.set(after.id, after);
        const shifts = [...(this.#byAgent.get(after.agentId) ?? []), after].sort(inOrderOfStart);
        this.#byAgent.set(after.agentId, shifts);
        touched.add(after.agentId);
      }
    }
    if (!changes.every(({ after }) => after === null || this.#fitsSlots(after))) {
      this.#rebuild();
      return;
    }
    for (const { before, after } of changes) {
      if (before) applyCover(this.#site, this.#state, before, -1);
      if (after) applyCover(this.#site, this.#state, after, 1);
    }
    for (const id of touched) this.#scoreOne(id);
  }

  #fitsSlots(shift: Assignment): boolean {
    const fits = (at: number): boolean => this.#site.calendar.minuteOf(at) % this.#site.slotMinutes === 0;
    return fits(shift.start) && shift.activities.every(activity => fits(activity.end));
  }

  /** An edge off the present slots asks for finer ones. */
  #rebuild(): void {
    this.#site = buildSite(this.problem, [this.schedule]);
    this.#state = coverStateOf(this.#site, this.schedule);
    this.#scoreEverybody();
  }

  #scoreEverybody(): void {
    this.#scores = [];
    this.#findings = [];
    for (const { agent } of this.#site.agents) this.#scoreOne(agent.id);
  }

  #scoreOne(agentId: string): void {
    const index = this.#site.agentIndex.get(agentId);
    const model = index === undefined ? undefined : this.#site.agents[index];
    if (index === undefined || !model) return;
    const findings: Finding[] = [];
    this.#scores[index] = scoreAgent(this.#site, model, this.#byAgent.get(agentId) ?? [], breach =>
      findings.push(agentFinding(this.#site, agentId, model.agent.name, breach)),
    );
    this.#findings[index] = findings;
  }
}

function findingKey(finding: Finding): string {
  return `${finding.ruleId}|${finding.agentId}|${finding.start}|${finding.amount}`;
}

/** Words for the undo list: "move Ana 30 min later". */
export function editLabel(op: EditOp, problem: ScheduleProblem, schedule: Schedule): string {
  if (op.kind === 'batch') return op.label;
  const id = op.kind === 'create' || op.kind === 'replace' ? op.assignment.id : op.assignmentId;
  const shift = schedule.assignments.find(s => s.id === id);
  const agentId = op.kind === 'create' || op.kind === 'replace' ? op.assignment.agentId : shift?.agentId;
  const name = problem.agents.find(agent => agent.id === agentId)?.name ?? agentId ?? id;
  switch (op.kind) {
    case 'create':
      return `add a shift for ${name}`;
    case 'remove':
      return `remove a shift of ${name}`;
    case 'move': {
      const minutes = shift ? Math.round((op.start - shift.start) / 60) : 0;
      return `move ${name} ${Math.abs(minutes)} min ${minutes < 0 ? 'earlier' : 'later'}`;
    }
    case 'resize':
      return `change the length of a shift of ${name}`;
    case 'assignTo': {
      const other = problem.agents.find(agent => agent.id === op.agentId)?.name ?? op.agentId;
      return `give a shift of ${name} to ${other}`;
    }
    case 'moveActivity':
      return `move ${shift?.activities[op.index]?.kind ?? 'a break'} of ${name}`;
    case 'setActivity':
      return `set ${op.activity.kind} for ${name}`;
    case 'changeTemplate':
      return `change the shift of ${name}`;
    case 'lock':
      return op.locked ? `lock a shift of ${name}` : `unlock a shift of ${name}`;
    case 'replace':
      return `change a shift of ${name}`;
  }
}
