/** Series colours, Okabe–Ito adapted per theme (see colourScheme.css). */
export const SERIES = {
  forecast: 'var(--cl-series-1)',
  actual: 'var(--cl-series-2)',
  required: 'var(--cl-required)',
  scheduled: 'var(--cl-series-5)',
  previous: 'var(--cl-series-4)',
  good: 'var(--cl-series-3)',
  other: 'var(--cl-series-7)',
  sixth: 'var(--cl-series-6)',
} as const;

/** Colours for up to four things side by side. */
export const COMPARED = [
  'var(--cl-series-1)',
  'var(--cl-series-2)',
  'var(--cl-series-3)',
  'var(--cl-series-4)',
] as const;

/** A step of the diverging scale: −3 … −1 under, 0 even, +1 … +3 over. */
export type DifferenceStep = -3 | -2 | -1 | 0 | 1 | 2 | 3;

/**
 * The step of a difference (scheduled − required) relative to the requirement:
 * within half a person is even; up to 10 %, up to 25 % and beyond are steps 1 to 3.
 */
export function differenceStep(difference: number, required: number): DifferenceStep {
  if (Math.abs(difference) < 0.5) return 0;
  const share = Math.abs(difference) / Math.max(1, required);
  const size = share <= 0.1 ? 1 : share <= 0.25 ? 2 : 3;
  return (difference < 0 ? -size : size) as DifferenceStep;
}

/** The colour token of a step. */
export function differenceToken(step: DifferenceStep): string {
  if (step === 0) return '--cl-even';
  return step < 0 ? `--cl-under-${-step}` : `--cl-over-${step}`;
}

/** Heat steps 0–5 of a value within a range; `null` (no data) is a state of its own. */
export function heatStep(value: number | null, max: number): number | null {
  if (value === null) return null;
  if (max <= 0 || value <= 0) return 0;
  return Math.min(5, Math.ceil((value / max) * 5));
}

/** Resolves a colour token to what canvas understands. */
export function tokenColour(element: Element, token: string): string {
  return getComputedStyle(element).getPropertyValue(token).trim();
}
