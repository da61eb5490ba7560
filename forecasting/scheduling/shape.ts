import type { BreakTemplate, ScheduleProblem } from './problem.ts';
import { completeRuleSet } from './ruleSet.ts';
import { findRule } from './rules/registry.ts';
import type { BreakLimits } from './rules/rule.ts';
import type { ActivityKind } from './schedule.ts';

/** The break positions of one length of one template, in slots from the shift's start. */
export interface ShiftShape {
  /** Index of the template; −1 for a shift taken over from a schedule as it is. */
  readonly template: number;
  readonly slots: number;
  readonly paidMinutes: number;
  readonly breaks: readonly ShapeBreak[];
  readonly spacingSlots: number;
  /** Longest work without a break that counts, in slots. */
  readonly maxStretchSlots: number;
  /** One legal pattern: the start of each break; null when there is none. */
  readonly defaultPattern: Int16Array | null;
}

/** One break of a shape; `earliest` and `latest` bound its start, in slots. */
export interface ShapeBreak {
  readonly kind: ActivityKind;
  readonly paid: boolean;
  readonly slots: number;
  readonly earliest: number;
  readonly latest: number;
  /** Whether it ends a stretch of work in the sense of the break law. */
  readonly counts: boolean;
}

export interface ShapeGrid {
  readonly slotMinutes: number;
  readonly limits: readonly BreakLimits[];
}

/** The break limits of all break rules of a problem. */
export function breakLimitsOf(problem: ScheduleProblem): readonly BreakLimits[] {
  const limits: BreakLimits[] = [];
  for (const setting of completeRuleSet(problem.rules).rules) {
    const rule = findRule(setting.kind);
    if (rule?.scope === 'break') limits.push(rule.limits(setting.parameters));
  }
  return limits;
}

/** The shape of a template at one length. `defaultPattern` is null when no break pattern is legal. */
export function shapeOf(
  templateIndex: number,
  lengthMinutes: number,
  breaks: readonly BreakTemplate[],
  spacingMinutes: number,
  grid: ShapeGrid,
): ShiftShape {
  const slot = grid.slotMinutes;
  const slots = Math.round(lengthMinutes / slot);
  const leastCounting = grid.limits.reduce((least, limit) => Math.max(least, limit.minBreakMinutes), 1);
  const shapeBreaks = breaks.map(b => ({
    kind: b.kind,
    paid: b.paid,
    slots: Math.round(b.minutes / slot),
    earliest: Math.ceil(b.earliestOffsetMinutes / slot),
    latest: Math.min(Math.floor(b.latestOffsetMinutes / slot), slots - Math.round(b.minutes / slot)),
    counts: b.minutes >= leastCounting,
  }));
  const unpaid = breaks.reduce((sum, b) => sum + (b.paid ? 0 : b.minutes), 0);
  const stretch = grid.limits.reduce((most, limit) => Math.min(most, limit.maxStretchMinutes), lengthMinutes);
  const shape = {
    template: templateIndex,
    slots,
    paidMinutes: lengthMinutes - unpaid,
    breaks: shapeBreaks,
    spacingSlots: Math.ceil(spacingMinutes / slot),
    maxStretchSlots: Math.floor(stretch / slot),
    defaultPattern: null,
  };
  const due = breakTimeDue(lengthMinutes, grid.limits);
  const taken = breaks.reduce((sum, b) => sum + b.minutes, 0);
  if (taken < due || lengthMinutes <= unpaid) return shape;
  return { ...shape, defaultPattern: bestPattern(shape, centred(shapeBreaks)) };
}

/** Break minutes due in a shift of this length. */
export function breakTimeDue(lengthMinutes: number, limits: readonly BreakLimits[]): number {
  return limits.reduce(
    (due, limit) => (lengthMinutes > limit.overMinutes ? Math.max(due, limit.dueMinutes) : due),
    0,
  );
}

/** Value of a break starting at an offset: highest in the middle of its window. */
function centred(breaks: readonly ShapeBreak[]): (index: number, offset: number) => number {
  return (index, offset) => {
    const b = breaks[index]!;
    return -Math.abs(2 * offset - b.earliest - b.latest);
  };
}

/** Whether a pattern keeps every window, the spacing and the longest stretch of work. */
export function isLegalPattern(
  shape: Omit<ShiftShape, 'defaultPattern'>,
  pattern: Int16Array,
  at = 0,
): boolean {
  let previousEnd = 0;
  let stretchStart = 0;
  for (let i = 0; i < shape.breaks.length; i++) {
    const b = shape.breaks[i]!;
    const start = pattern[at + i]!;
    if (start < b.earliest || start > b.latest) return false;
    if (i > 0 && start - previousEnd < shape.spacingSlots) return false;
    if (b.counts) {
      if (start - stretchStart > shape.maxStretchSlots) return false;
      stretchStart = start + b.slots;
    }
    previousEnd = start + b.slots;
  }
  return shape.slots - stretchStart <= shape.maxStretchSlots && previousEnd <= shape.slots;
}

/**
 * The legal pattern of greatest total value by dynamic programming over the breaks in order; null if none is legal.
 * `value(i, offset)` is the worth of starting break `i` there; values add up.
 */
export function bestPattern(
  shape: Omit<ShiftShape, 'defaultPattern'>,
  value: (index: number, offset: number) => number,
): Int16Array | null {
  const { breaks } = shape;
  const n = breaks.length;
  if (n === 0) return shape.slots <= shape.maxStretchSlots ? new Int16Array(0) : null;
  // A break that does not end a stretch would need the stretch's start as a second state: searched instead.
  if (breaks.some(b => !b.counts)) return searchPattern(shape, value);
  const best: Float64Array[] = [];
  const from: Int16Array[] = [];
  for (let i = 0; i < n; i++) {
    const b = breaks[i]!;
    const width = Math.max(0, b.latest - b.earliest + 1);
    const scores = new Float64Array(width).fill(Number.NEGATIVE_INFINITY);
    const origin = new Int16Array(width).fill(-1);
    for (let k = 0; k < width; k++) {
      const start = b.earliest + k;
      let base = i === 0 && start <= shape.maxStretchSlots ? 0 : Number.NEGATIVE_INFINITY;
      if (i > 0) {
        const before = breaks[i - 1]!;
        const reach = best[i - 1]!;
        for (let j = 0; j < reach.length; j++) {
          const gap = start - (before.earliest + j + before.slots);
          if (gap < shape.spacingSlots || gap > shape.maxStretchSlots || reach[j]! <= base) continue;
          base = reach[j]!;
          origin[k] = j;
        }
      }
      scores[k] = base === Number.NEGATIVE_INFINITY ? base : base + value(i, start);
    }
    best.push(scores);
    from.push(origin);
  }
  return traceBack(shape, best, from);
}

function traceBack(
  shape: Omit<ShiftShape, 'defaultPattern'>,
  best: readonly Float64Array[],
  from: readonly Int16Array[],
): Int16Array | null {
  const n = shape.breaks.length;
  const last = shape.breaks[n - 1]!;
  const scores = best[n - 1]!;
  let k = -1;
  for (let j = 0; j < scores.length; j++) {
    const tail = shape.slots - (last.earliest + j + last.slots);
    if (tail > shape.maxStretchSlots || tail < 0) continue;
    if (scores[j]! > (k < 0 ? Number.NEGATIVE_INFINITY : scores[k]!)) k = j;
  }
  if (k < 0) return null;
  const pattern = new Int16Array(n);
  for (let i = n - 1; i >= 0; i--) {
    pattern[i] = shape.breaks[i]!.earliest + k;
    k = from[i]![k]!;
  }
  return pattern;
}

/** Exhaustive search over the windows; used for the rare shapes whose short breaks do not count for the break law. */
function searchPattern(
  shape: Omit<ShiftShape, 'defaultPattern'>,
  value: (index: number, offset: number) => number,
): Int16Array | null {
  const n = shape.breaks.length;
  const pattern = new Int16Array(n);
  let best: Int16Array | null = null;
  let bestValue = Number.NEGATIVE_INFINITY;
  let steps = 0;
  const visit = (i: number, total: number): void => {
    if (i === n) {
      if (total > bestValue && isLegalPattern(shape, pattern)) {
        bestValue = total;
        best = pattern.slice();
      }
      return;
    }
    const b = shape.breaks[i]!;
    const earliest =
      i === 0
        ? b.earliest
        : Math.max(b.earliest, pattern[i - 1]! + shape.breaks[i - 1]!.slots + shape.spacingSlots);
    for (let start = earliest; start <= b.latest && steps < 200_000; start++, steps++) {
      pattern[i] = start;
      visit(i + 1, total + value(i, start));
    }
  };
  visit(0, 0);
  return best;
}
