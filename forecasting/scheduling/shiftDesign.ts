import { buildDesign, type Design, RELAXED } from './designModel.ts';
import type { LinearSolver } from './linearSolver.ts';
import type { ScheduleProblem } from './problem.ts';
import { buildSearchModel, type SearchModel } from './searchModel.ts';
import { buildSite } from './site.ts';

/** How many agents of a skill group should start which shift when. */
export interface DesignedShift {
  readonly templateId: string;
  /** Instant of the start. */
  readonly start: number;
  readonly lengthMinutes: number;
  readonly agents: number;
  /** Queues the agents must be able to serve. */
  readonly queueIds: readonly string[];
}

/** Which shifts, how many: the best that could be done if agents were interchangeable within their skills. */
export interface ShiftDesign {
  readonly shifts: readonly DesignedShift[];
  /** Cost of the whole-number design, in currency. */
  readonly objective: number;
  /** Proven lower limit: the linear relaxation. No roster of these agents and templates can cost less. */
  readonly bound: number;
  /** (objective − bound) / objective. */
  readonly gap: number;
}

export interface DesignOptions {
  /** Wall-clock limit of the whole-number solve, 15 by default; Infinity leaves it to `shouldStop`. */
  readonly timeLimitSeconds?: number;
  readonly relativeGap?: number;
  readonly shouldStop?: () => boolean;
}

/**
 * Shift design with implicit breaks (Aykin 1996): one integer per shift and start, one per break position, soft cover
 * at the convex cost per slot, agents with several skills shared out by transfer variables (Bhulai, Koole and Pot 2008).
 * Solved as a linear relaxation, then as whole numbers between the relaxation's floor and ceiling.
 * Null when the model is too large or the solver was stopped before the relaxation was solved.
 */
export function designShifts(
  problem: ScheduleProblem,
  solver: LinearSolver,
  options: DesignOptions = {},
): ShiftDesign | null {
  const model = buildSearchModel(buildSite(problem));
  const design = buildDesign(model);
  if (!design) return null;
  const linear = solver.createModel(design.builder.build());
  const limit = options.timeLimitSeconds ?? 15;
  const stop = options.shouldStop ? { shouldStop: options.shouldStop } : {};
  try {
    const relaxed = linear.solve({ ...RELAXED, ...stop });
    if (relaxed.status !== 'optimal' || !relaxed.values || relaxed.objective === null) return null;
    // Whole numbers next to the relaxation: a far smaller tree, and within a few thousandths of the bound.
    for (const { column } of design.shiftColumns) {
      const value = relaxed.values[column]!;
      linear.setColumnBounds(column, Math.floor(value + 1e-6), Math.ceil(value - 1e-6));
    }
    const whole = linear.solve({
      relativeGap: options.relativeGap ?? 0.002,
      ...(Number.isFinite(limit) ? { timeLimitSeconds: limit } : {}),
      heuristicEffort: 0.2,
      ...stop,
    });
    if (!whole.values || whole.objective === null) return null;
    const objective = whole.objective + design.constant;
    const bound = relaxed.objective + design.constant;
    return {
      shifts: readShifts(model, design, whole.values),
      objective,
      bound,
      gap: objective > 0 ? Math.max(0, objective - bound) / objective : 0,
    };
  } finally {
    linear.dispose();
  }
}

function readShifts(model: SearchModel, design: Design, values: Float64Array): readonly DesignedShift[] {
  const { calendar, problem, cover } = model.site;
  return design.shiftColumns.flatMap(({ column, candidate, group }) => {
    const agents = Math.round(values[column]!);
    if (agents === 0) return [];
    const { facts } = model.candidates[candidate]!;
    return [
      {
        templateId: calendar.templateIds[facts.template] ?? '',
        start: calendar.epochOf(facts.start),
        lengthMinutes: facts.end - facts.start,
        agents,
        queueIds: cover.groups[group]!.queues.map(q => problem.queues[q]!.id),
      },
    ];
  });
}
