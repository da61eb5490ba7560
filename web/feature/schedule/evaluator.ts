import { scoreAgent } from '../../../forecasting/scheduling/agentScore.ts';
import { applyCover, coverStateOf } from '../../../forecasting/scheduling/coverage.ts';
import { agentFinding, type Finding } from '../../../forecasting/scheduling/evaluate.ts';
import type { ScheduleProblem } from '../../../forecasting/scheduling/problem.ts';
import type { Assignment } from '../../../forecasting/scheduling/schedule.ts';
import { buildSite } from '../../../forecasting/scheduling/site.ts';
import type { AssignmentMap, ShiftChange } from './changes.ts';

/** Agents on duty per interval of the schedule's grid. */
export interface ScheduledColumns {
  readonly required: Float64Array;
  readonly scheduled: Float64Array;
}

/** Keeps coverage and rule findings current while shifts change; a preview costs only what it touches. */
export interface Evaluator {
  /** Smallest step on which every edge of the schedule lies. */
  readonly stepSeconds: number;
  apply(changes: readonly ShiftChange[]): void;
  /** Coverage as if the changes were made, without making them. */
  preview(changes: readonly ShiftChange[], queueId: string | null): ScheduledColumns;
  coverage(queueId: string | null): ScheduledColumns;
  findings(agentId: string, shifts: readonly Assignment[]): readonly Finding[];
}

/** Steps that people plan in. */
const EDIT_STEPS_MINUTES = [15, 10, 5, 1] as const;

export function createEvaluator(problem: ScheduleProblem, shifts: AssignmentMap): Evaluator {
  const schedule = { assignments: [...shifts.values()] };
  const site = buildSite(problem, [schedule, quarterHourSchedule(problem)]);
  const state = coverStateOf(site, schedule);
  const { grid } = problem;
  const change = (changes: readonly ShiftChange[], direction: 1 | -1) => {
    for (const { before, after } of changes) {
      if (before) applyCover(site, state, before, direction === 1 ? -1 : 1);
      if (after) applyCover(site, state, after, direction);
    }
  };
  const coverage = (queueId: string | null): ScheduledColumns => {
    const required = new Float64Array(grid.count);
    const scheduled = new Float64Array(grid.count);
    const { slotCount, slotsPerInterval } = site.cover;
    problem.queues.forEach((queue, q) => {
      if (queueId !== null && queue.id !== queueId) return;
      for (let i = 0; i < grid.count; i++) {
        required[i]! += queue.required[i] ?? 0;
        for (let s = 0; s < slotsPerInterval; s++) {
          scheduled[i]! += state.serving[q * slotCount + i * slotsPerInterval + s]! / slotsPerInterval;
        }
      }
    });
    return { required, scheduled };
  };
  const step = EDIT_STEPS_MINUTES.find(minutes => minutes % site.slotMinutes === 0) ?? site.slotMinutes;
  return {
    stepSeconds: step * 60,
    apply: changes => change(changes, 1),
    preview: (changes, queueId) => {
      change(changes, 1);
      const seen = coverage(queueId);
      change(changes, -1);
      return seen;
    },
    coverage,
    findings: (agentId, agentShifts) => {
      const index = site.agentIndex.get(agentId);
      const model = index === undefined ? undefined : site.agents[index];
      if (!model) return [];
      const found: Finding[] = [];
      scoreAgent(site, model, agentShifts, breach => {
        found.push(agentFinding(site, agentId, model.agent.name, breach));
      });
      return found;
    },
  };
}

/** A schedule nobody works that holds the resolution at a quarter of an hour at most, so that hand edits fit it. */
function quarterHourSchedule(problem: ScheduleProblem) {
  const { start } = problem.grid;
  const end = start + 900;
  const activities = [{ kind: 'work' as const, start, end, paid: true }];
  return { assignments: [{ id: 'step', agentId: '', start, end, templateId: null, activities }] };
}
