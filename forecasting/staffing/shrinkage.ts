import { assertNonNegative, StaffingError } from './errors.ts';

/** One reason for which paid time is not available for contacts. */
export interface ShrinkagePart {
  readonly name: string;
  /** Share lost, 0 ≤ share < 1. */
  readonly share: number;
}

/**
 * How the parts add up.
 * - `additive`: every share is of the same paid time: total = Σ shares
 * - `sequential`: each share is of what the ones before it left: total = 1 − Π (1 − share)
 */
export type ShrinkageComposition = 'additive' | 'sequential';

export interface Shrinkage {
  readonly composition: ShrinkageComposition;
  readonly parts: readonly ShrinkagePart[];
}

/**
 * Share of paid time lost in all.
 *
 * @throws StaffingError if a share is outside [0, 1) or the total reaches 1
 * @example totalShrinkage({ composition: 'sequential', parts: [{ name: 'leave', share: 0.2 }, { name: 'breaks', share: 0.1 }] }) // => 0.28
 */
export function totalShrinkage(shrinkage: Shrinkage | number): number {
  if (typeof shrinkage === 'number') {
    assertShare('shrinkage', shrinkage);
    return shrinkage;
  }
  let sum = 0;
  let kept = 1;
  shrinkage.parts.forEach((part, i) => {
    assertShare(`shrinkage.parts[${i}].share`, part.share);
    sum += part.share;
    kept *= 1 - part.share;
  });
  const total = shrinkage.composition === 'additive' ? sum : 1 - kept;
  assertShare('shrinkage', total);
  return total;
}

/**
 * Paid agents for `agents` at work: agents ÷ (1 − shrinkage), not rounded.
 *
 * @param agents ≥ 0, real
 */
export function grossUpExact(agents: number, shrinkage: Shrinkage | number): number {
  assertNonNegative('agents', agents);
  return agents / (1 - totalShrinkage(shrinkage));
}

/**
 * Paid agents for `agents` at work, rounded up once, at the end. Pass the real requirement, not a rounded one, where
 * several requirements are added first.
 *
 * @example grossUp(14, 0.3) // => 20
 */
export function grossUp(agents: number, shrinkage: Shrinkage | number): number {
  return wholeAgents(grossUpExact(agents, shrinkage));
}

/** Agents at work out of `paid` agents, not rounded. */
export function netOf(paid: number, shrinkage: Shrinkage | number): number {
  assertNonNegative('paid', paid);
  return paid * (1 - totalShrinkage(shrinkage));
}

/** The next whole number, forgiving rounding noise below 1e-9: 20.0000000001 is 20. */
export function wholeAgents(agents: number): number {
  return Math.max(0, Math.ceil(agents - 1e-9));
}

function assertShare(field: string, share: number): void {
  if (!(share >= 0 && share < 1)) {
    throw new StaffingError(field, `must be at least 0 and below 1; found ${share}`);
  }
}
