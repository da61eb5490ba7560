import { differenceStep, differenceToken, tokenColour } from '../../lib/colours.ts';
import type { StripCoverage } from './types.ts';

/** The part of the time line that the canvas shows. */
export interface StripView {
  readonly width: number;
  readonly height: number;
  /** Pixels of the time line scrolled out on the left. */
  readonly offset: number;
  readonly pixelsPerSecond: number;
  readonly ratio: number;
}

const BAR_HEIGHT = 9;
const LABEL_HEIGHT = 16;
const MINIMUM_LABEL_WIDTH = 26;

/** The theme's colours and the hatch, read once per theme: reading a token costs more than drawing with it. */
export interface StripInk {
  readonly colour: (token: string) => string;
  readonly hatch: CanvasPattern | null;
}

export function stripInk(canvas: HTMLCanvasElement): StripInk {
  const known = new Map<string, string>();
  const colour = (token: string) => {
    const value = known.get(token) ?? tokenColour(canvas, token);
    known.set(token, value);
    return value;
  };
  return { colour, hatch: hatchPattern(colour('--cl-text')) };
}

/** Draws scheduled bars, the required line and the difference row. */
export function drawStrip(
  canvas: HTMLCanvasElement,
  coverage: StripCoverage,
  view: StripView,
  ink: StripInk,
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { width, height, offset, pixelsPerSecond, ratio } = view;
  const [wide, tall] = [Math.round(width * ratio), Math.round(height * ratio)];
  // Setting a size allocates the canvas anew.
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== tall) canvas.height = tall;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  const cell = coverage.stepSeconds * pixelsPerSecond;
  const first = Math.max(0, Math.floor(offset / cell));
  const last = Math.min(coverage.required.length, Math.ceil((offset + width) / cell));
  const { colour } = ink;
  const plotHeight = height - BAR_HEIGHT - LABEL_HEIGHT - 3;
  const peak = peakOf(coverage);
  const y = (agents: number) => plotHeight - (agents / peak) * (plotHeight - 4);
  const x = (index: number) => index * cell - offset;

  context.fillStyle = colour('--cl-over-1');
  for (let i = first; i < last; i++) {
    const top = y(coverage.scheduled[i] ?? 0);
    context.fillRect(x(i), top, cell + 0.5, plotHeight - top);
  }
  context.strokeStyle = colour('--cl-required');
  context.lineWidth = 1.6;
  context.beginPath();
  for (let i = first; i < last; i++) {
    const level = y(coverage.required[i] ?? 0);
    if (i === first) context.moveTo(x(i), level);
    else context.lineTo(x(i), level);
    context.lineTo(x(i + 1), level);
  }
  context.stroke();
  drawDifferences(context, coverage, {
    first,
    last,
    cell,
    top: height - BAR_HEIGHT - LABEL_HEIGHT,
    x,
    ink,
  });
}

interface DifferenceRow {
  readonly first: number;
  readonly last: number;
  readonly cell: number;
  readonly top: number;
  readonly x: (index: number) => number;
  readonly ink: StripInk;
}

function drawDifferences(
  context: CanvasRenderingContext2D,
  coverage: StripCoverage,
  row: DifferenceRow,
): void {
  const { first, last, cell, top, x } = row;
  const { colour, hatch } = row.ink;
  for (let i = first; i < last; i++) {
    const required = coverage.required[i] ?? 0;
    const difference = (coverage.scheduled[i] ?? 0) - required;
    if (required === 0 && difference === 0) continue;
    const step = differenceStep(difference, required);
    context.fillStyle = colour(differenceToken(step));
    context.fillRect(x(i), top, cell + 0.5, BAR_HEIGHT);
    if (step < 0 && hatch) {
      context.globalAlpha = 0.22;
      context.fillStyle = hatch;
      context.fillRect(x(i), top, cell + 0.5, BAR_HEIGHT);
      context.globalAlpha = 1;
    }
  }
  labelDifferences(context, coverage, row);
}

/** Where cells are too narrow for a number, one number stands for a group: its weakest interval. */
function labelDifferences(
  context: CanvasRenderingContext2D,
  coverage: StripCoverage,
  row: DifferenceRow,
): void {
  const { first, last, cell, top, x } = row;
  const { colour } = row.ink;
  const group = [1, 2, 4, 8, 16].find(size => size * cell >= MINIMUM_LABEL_WIDTH) ?? 32;
  context.font = '11px system-ui, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const under = colour('--cl-under-text');
  const over = colour('--cl-over-text');
  const even = colour('--cl-muted');
  for (let i = Math.floor(first / group) * group; i < last; i += group) {
    let weakest = Number.POSITIVE_INFINITY;
    for (let j = i; j < Math.min(i + group, coverage.required.length); j++) {
      const needed = coverage.required[j] ?? 0;
      const scheduled = coverage.scheduled[j] ?? 0;
      if (needed === 0 && scheduled === 0) continue;
      weakest = Math.min(weakest, scheduled - needed);
    }
    if (!Number.isFinite(weakest)) continue;
    const rounded = Math.round(weakest);
    context.fillStyle = rounded === 0 ? even : rounded < 0 ? under : over;
    const text = rounded === 0 ? '0' : rounded > 0 ? `+${rounded}` : `−${-rounded}`;
    context.fillText(text, x(i) + (group * cell) / 2, top + BAR_HEIGHT + LABEL_HEIGHT / 2);
  }
}

/** The tallest value on the strip, at least 1. */
export function peakOf(coverage: StripCoverage): number {
  let peak = 1;
  for (let i = 0; i < coverage.required.length; i++) {
    peak = Math.max(peak, coverage.required[i] ?? 0, coverage.scheduled[i] ?? 0);
  }
  return peak;
}

function hatchPattern(colour: string): CanvasPattern | null {
  const tile = document.createElement('canvas');
  tile.width = 6;
  tile.height = 6;
  const pen = tile.getContext('2d');
  if (!pen) return null;
  pen.strokeStyle = colour;
  pen.lineWidth = 1.4;
  pen.beginPath();
  pen.moveTo(-1, 7);
  pen.lineTo(7, -1);
  pen.stroke();
  return pen.createPattern(tile, 'repeat');
}
