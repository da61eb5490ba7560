import { useComputedColorScheme } from '@mantine/core';
import { type PointerEvent, useEffect, useRef } from 'react';
import { t } from '../../locale/i18n.ts';
import classes from './CoverageStrip.module.css';
import { drawStrip, peakOf, type StripInk, stripInk } from './stripDrawing.ts';
import type { StripCoverage } from './types.ts';

export const STRIP_HEIGHT = 78;

interface CoverageStripProps {
  readonly coverage: StripCoverage;
  /** Width of the visible part of the time line, and how far it is scrolled. */
  readonly width: number;
  readonly offset: number;
  readonly pixelsPerSecond: number;
  readonly onHover: (slot: number | null) => void;
}

/** Required against scheduled over the time line, pinned above the rows; it follows every drag before the drop. */
export function CoverageStrip({ coverage, width, offset, pixelsPerSecond, onHover }: CoverageStripProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const ink = useRef<StripInk | null>(null);
  const scheme = useComputedColorScheme('light');

  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme decides the colours that the canvas reads
  useEffect(() => {
    ink.current = null;
  }, [scheme]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme decides the colours that the canvas reads
  useEffect(() => {
    if (!canvas.current || width <= 0) return;
    ink.current ??= stripInk(canvas.current);
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    const view = { width, height: STRIP_HEIGHT, offset, pixelsPerSecond, ratio };
    drawStrip(canvas.current, coverage, view, ink.current);
  }, [coverage, width, offset, pixelsPerSecond, scheme]);

  const hover = (event: PointerEvent<HTMLCanvasElement>) => {
    const seconds =
      (event.clientX - event.currentTarget.getBoundingClientRect().left + offset) / pixelsPerSecond;
    const slot = Math.floor(seconds / coverage.stepSeconds);
    onHover(slot >= 0 && slot < coverage.required.length ? slot : null);
  };
  return (
    <canvas
      ref={canvas}
      className={classes.canvas}
      style={{ width, height: STRIP_HEIGHT }}
      role="img"
      aria-label={t('gantt.stripLabel', { peak: Math.ceil(peakOf(coverage)) })}
      onPointerMove={hover}
      onPointerLeave={() => onHover(null)}
    />
  );
}
