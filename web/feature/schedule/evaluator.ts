import { scoreAgent } from '../../../forecasting/scheduling/agentScore.ts';
import { coverageOf, coverStateOf, placeCover } from '../../../forecasting/scheduling/coverage.ts';
import type { ShiftChange } from '../../../forecasting/scheduling/edit.ts';
import { agentFinding, type Finding, licenceFindings } from '../../../forecasting/scheduling/evaluate.ts';
import type { ScheduleProblem } from '../../../forecasting/scheduling/problem.ts';
import type { Assignment } from '../../../forecasting/scheduling/schedule.ts';
import { buildSite, type Site } from '../../../forecasting/scheduling/site.ts';
import type { AssignmentMap } from './changes.ts';

/** Agents on duty per interval of the schedule's grid. */
export interface ScheduledColumns {
  readonly required: Float64Array;
  readonly scheduled: Float64Array;
  /** Agent-hours missing and to spare, queue by queue: what one has too many of covers nothing of another. */
  readonly missingHours: number;
  readonly spareHours: number;
}

/** Keeps coverage and rule findings current while shifts change; a change costs only what it touches. */
export interface Evaluator {
  /** Smallest step on which every edge of the schedule lies. */
  readonly stepSeconds: number;
  /** Measures these shifts from now on, with a gesture's changes laid over them. */
  show(shifts: AssignmentMap, changes?: readonly ShiftChange[]): void;
  /** Coverage of one queue, or of all with `null`. */
  coverage(queueId: string | null): ScheduledColumns;
  /** Agents serving a queue, averaged over one interval of the grid. */
  serving(queueId: string, interval: number): number;
  /** Broken rules of one agent with these shifts in order of start. */
  findings(agentId: string, shifts: readonly Assignment[]): readonly Finding[];
  /** Broken rules about the whole site, such as too few agents with a licence. */
  siteFindings(): readonly Finding[];
}

const NO_CHANGES: readonly ShiftChange[] = [];

/** Steps that people plan in. */
const EDIT_STEPS_MINUTES = [15, 10, 5, 1] as const;

export function createEvaluator(problem: ScheduleProblem, shifts: AssignmentMap): Evaluator {
  const schedule = { assignments: [...shifts.values()] };
  const site = buildSite(problem, [schedule, quarterHourSchedule(problem)]);
  const state = coverStateOf(site, schedule);
  const { slotCount, slotsPerInterval } = site.cover;
  const { count } = problem.grid;
  let shown = shifts;
  let overlay = NO_CHANGES;
  const lay = (changes: readonly ShiftChange[], delta: 1 | -1) => {
    for (const { before, after } of changes) {
      if (before) placeCover(site, state, before, delta === 1 ? -1 : 1);
      if (after) placeCover(site, state, after, delta);
    }
  };
  const serving = (q: number, interval: number): number => {
    let agents = 0;
    const first = q * slotCount + interval * slotsPerInterval;
    for (let s = first; s < first + slotsPerInterval; s++) agents += state.serving[s] ?? 0;
    return agents / slotsPerInterval;
  };
  const step = EDIT_STEPS_MINUTES.find(minutes => minutes % site.slotMinutes === 0) ?? site.slotMinutes;
  return {
    stepSeconds: step * 60,
    show: (next, changes = NO_CHANGES) => {
      if (next === shown && changes === overlay) return;
      lay(overlay, -1);
      if (next !== shown) {
        for (const [id, shift] of shown) if (next.get(id) !== shift) placeCover(site, state, shift, -1);
        for (const [id, shift] of next) if (shown.get(id) !== shift) placeCover(site, state, shift, 1);
        shown = next;
      }
      lay(changes, 1);
      overlay = changes;
    },
    coverage: queueId => {
      const required = new Float64Array(count);
      const scheduled = new Float64Array(count);
      let missing = 0;
      let spare = 0;
      problem.queues.forEach((queue, q) => {
        if (queueId !== null && queue.id !== queueId) return;
        for (let i = 0; i < count; i++) {
          const need = queue.required[i] ?? 0;
          const have = serving(q, i);
          required[i] = (required[i] ?? 0) + need;
          scheduled[i] = (scheduled[i] ?? 0) + have;
          missing += Math.max(0, need - have);
          spare += Math.max(0, have - need);
        }
      });
      const hours = problem.grid.stepSeconds / 3600;
      return { required, scheduled, missingHours: missing * hours, spareHours: spare * hours };
    },
    serving: (queueId, interval) =>
      serving(
        problem.queues.findIndex(queue => queue.id === queueId),
        interval,
      ),
    findings: (agentId, agentShifts) => agentFindings(site, agentId, agentShifts),
    siteFindings: () =>
      site.cover.covers.length === 0 ? [] : licenceFindings(site, coverageOf(site, state)),
  };
}

function agentFindings(site: Site, agentId: string, shifts: readonly Assignment[]): readonly Finding[] {
  const index = site.agentIndex.get(agentId);
  const model = index === undefined ? undefined : site.agents[index];
  if (!model) return [];
  const found: Finding[] = [];
  scoreAgent(site, model, shifts, breach => {
    found.push(agentFinding(site, agentId, model.agent.name, breach));
  });
  return found;
}

/** A schedule nobody works that holds the resolution at a quarter of an hour at most, so that hand edits fit it. */
function quarterHourSchedule(problem: ScheduleProblem) {
  const { start } = problem.grid;
  const end = start + 900;
  const activities = [{ kind: 'work' as const, start, end, paid: true }];
  return { assignments: [{ id: 'step', agentId: '', start, end, templateId: null, activities }] };
}
