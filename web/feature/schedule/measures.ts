import { useMemo, useRef } from 'react';
import type { ShiftChange } from '../../../forecasting/scheduling/edit.ts';
import type { Finding } from '../../../forecasting/scheduling/evaluate.ts';
import type { Assignment } from '../../../forecasting/scheduling/schedule.ts';
import type { GanttRow, GanttShift, ShiftsByRow } from '../../component/gantt/types.ts';
import type { AssignmentMap } from './changes.ts';
import type { Evaluator, ScheduledColumns } from './evaluator.ts';
import type { ScheduleSetting } from './problem.ts';
import { drawnRow, ganttRow, namesOf, type ScheduleNames, shiftsByAgent } from './rows.ts';

/** What a schedule is worth, and what a gesture under way would make of it. */
export interface Measures {
  /** Of the preview while a gesture lasts, of the draft otherwise; so are the facts of the rows. */
  readonly coverage: ScheduledColumns;
  readonly rows: readonly GanttRow[];
  readonly hardBreaches: number;
  /** The draft as drawn; the canvas moves what the gesture holds. */
  readonly shifts: ShiftsByRow;
  readonly findings: readonly Finding[];
  /** Rules that letting go now would break, which are kept so far. Empty without a gesture. */
  readonly newlyBroken: readonly Finding[];
}

interface AgentState {
  readonly shifts: readonly Assignment[];
  readonly findings: readonly Finding[];
  readonly drawn: readonly GanttShift[];
  readonly row: GanttRow;
}

const NO_SHIFTS: readonly Assignment[] = [];

/** Measures the draft and the preview. Agents whose shifts did not change keep their objects, so only others are drawn again. */
export function useMeasures(
  evaluator: Evaluator,
  setting: ScheduleSetting,
  shifts: AssignmentMap,
  previewed: readonly ShiftChange[] | null,
  queueId: string | null,
): Measures {
  const names = useMemo(() => namesOf(setting), [setting]);
  const known = useRef<Known | null>(null);
  const draft = useMemo(() => {
    known.current = draftOf(evaluator, setting, shifts, names, known.current);
    return known.current;
  }, [evaluator, setting, shifts, names]);
  const preview = useMemo(
    () => (previewed ? previewOf(draft, setting, shifts, previewed, names) : null),
    [draft, setting, shifts, previewed, names],
  );
  const coverage = useMemo(() => {
    evaluator.show(shifts, previewed ?? undefined);
    return evaluator.coverage(queueId);
  }, [evaluator, shifts, previewed, queueId]);
  return {
    coverage,
    rows: preview?.rows ?? draft.rows,
    hardBreaches: preview?.hardBreaches ?? hardOf(draft.findings),
    shifts: draft.drawn,
    findings: draft.findings,
    newlyBroken: preview?.newlyBroken ?? NO_FINDINGS,
  };
}

/** The draft as measured last, by agent. */
interface Known {
  readonly evaluator: Evaluator;
  readonly names: ScheduleNames;
  readonly states: ReadonlyMap<string, AgentState>;
  readonly site: readonly Finding[];
  readonly findings: readonly Finding[];
  readonly rows: readonly GanttRow[];
  readonly drawn: ShiftsByRow;
}

function draftOf(
  evaluator: Evaluator,
  setting: ScheduleSetting,
  shifts: AssignmentMap,
  names: ScheduleNames,
  known: Known | null,
): Known {
  const reusable = known?.evaluator === evaluator && known.names === names ? known.states : null;
  const byAgent = shiftsByAgent(shifts);
  const states = new Map<string, AgentState>();
  for (const agent of setting.agents) {
    const own = byAgent.get(agent.id) ?? NO_SHIFTS;
    const before = reusable?.get(agent.id);
    if (before && sameShifts(before.shifts, own)) {
      states.set(agent.id, before);
      continue;
    }
    const findings = evaluator.findings(agent.id, own);
    const row = ganttRow(agent, own, findings, names);
    states.set(agent.id, { shifts: own, findings, drawn: drawnRow(own, findings, names), row });
  }
  evaluator.show(shifts);
  const site = evaluator.siteFindings();
  return {
    evaluator,
    names,
    states,
    site,
    findings: [...site, ...[...states.values()].flatMap(state => state.findings)],
    rows: [...states.values()].map(state => state.row),
    drawn: new Map([...states].map(([agentId, state]) => [agentId, state.drawn])),
  };
}

/** The draft with a gesture's changes: only the agents that it touches are measured again. */
function previewOf(
  draft: Known,
  setting: ScheduleSetting,
  shifts: AssignmentMap,
  changes: readonly ShiftChange[],
  names: ScheduleNames,
) {
  const touched = new Set(changes.flatMap(({ before, after }) => [before?.agentId, after?.agentId]));
  draft.evaluator.show(shifts, changes);
  const before = [...draft.site];
  const after = [...draft.evaluator.siteFindings()];
  const rows = setting.agents.map((agent, a) => {
    const row = draft.rows[a];
    if (row && !touched.has(agent.id)) return row;
    const own = shiftsOf(agent.id, draft.states.get(agent.id)?.shifts ?? NO_SHIFTS, changes);
    const findings = draft.evaluator.findings(agent.id, own);
    before.push(...(draft.states.get(agent.id)?.findings ?? NO_FINDINGS));
    after.push(...findings);
    return ganttRow(agent, own, findings, names);
  });
  return {
    rows,
    hardBreaches: hardOf(draft.findings) - hardOf(before) + hardOf(after),
    newlyBroken: newlyBroken(before, after),
  };
}

/** An agent's shifts in order of start after some changes. */
function shiftsOf(
  agentId: string,
  shifts: readonly Assignment[],
  changes: readonly ShiftChange[],
): readonly Assignment[] {
  const gone = new Set(changes.map(change => change.before?.id));
  const come = changes.flatMap(({ after }) => (after?.agentId === agentId ? [after] : []));
  return [...shifts.filter(shift => !gone.has(shift.id)), ...come].sort((a, b) => a.start - b.start);
}

function hardOf(findings: readonly Finding[]): number {
  return findings.filter(finding => finding.hard).length;
}

const NO_FINDINGS: readonly Finding[] = [];

function sameShifts(a: readonly Assignment[], b: readonly Assignment[]): boolean {
  return a.length === b.length && a.every((shift, i) => shift === b[i]);
}

/** Findings of rules that are broken by more than before. A breach that only moves along with its shift is not new. */
export function newlyBroken(before: readonly Finding[], after: readonly Finding[]): readonly Finding[] {
  const had = amountsByRule(before);
  const has = amountsByRule(after);
  const told = new Set(before.map(finding => finding.sentence));
  return after.filter(
    finding =>
      !told.has(finding.sentence) && (has.get(ruleOf(finding)) ?? 0) > (had.get(ruleOf(finding)) ?? 0) + 1e-9,
  );
}

/** A rule of one person, or of the site. */
function ruleOf(finding: Finding): string {
  return `${finding.ruleId}|${finding.agentId}`;
}

function amountsByRule(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const amounts = new Map<string, number>();
  for (const finding of findings) {
    amounts.set(ruleOf(finding), (amounts.get(ruleOf(finding)) ?? 0) + finding.amount);
  }
  return amounts;
}
