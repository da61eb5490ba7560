import { buildDesign, RELAXED } from './designModel.ts';
import type { LinearSolver } from './linearSolver.ts';
import type { SearchModel } from './searchModel.ts';

/** A proven lower limit of the objective. */
export interface CoverBound {
  readonly objective: number;
}

/**
 * Lower limit of the objective from the linear relaxation of the shift design: agents of equal skills are
 * interchangeable, rest and sequences are ignored, wishes and fairness cost nothing. Holds for schedules with at
 * most one shift per agent and day. Null when the model is too large or was stopped.
 */
export function coverLowerBound(
  model: SearchModel,
  solver: LinearSolver,
  options: { readonly timeLimitSeconds?: number; readonly shouldStop?: () => boolean } = {},
): CoverBound | null {
  const design = buildDesign(model);
  if (!design) return null;
  const linear = solver.createModel(design.builder.build());
  try {
    const result = linear.solve({ ...RELAXED, ...options });
    if (result.status !== 'optimal' || result.objective === null) return null;
    return { objective: result.objective + design.constant };
  } finally {
    linear.dispose();
  }
}
