import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { tokenColour } from '../../lib/colours.ts';
import { formatDayTime, formatNumber, NO_VALUE } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import classes from './DenseChart.module.css';
import { timeTicks } from './timeTicks.ts';

export interface DenseLine {
  readonly label: string;
  /** Colour token, such as `--cl-series-1`. */
  readonly token: string;
  readonly values: readonly (number | null)[];
}

interface DenseChartProps {
  readonly label: string;
  readonly at: readonly number[];
  readonly timeZone: string;
  readonly lines: readonly DenseLine[];
  readonly height?: number;
  readonly digits?: number;
  /** Told after a drag along the time axis. */
  readonly onZoom?: (fromEpochSeconds: number, toEpochSeconds: number) => void;
}

/** Tens of thousands of points on canvas: drag to zoom, double-click for everything. */
export function DenseChart(props: DenseChartProps) {
  const { label, at, timeZone, lines, height = 300, digits = 0, onZoom } = props;
  const host = useRef<HTMLDivElement>(null);
  const zoomed = useRef(onZoom);
  zoomed.current = onZoom;
  // A canvas does not follow CSS by itself.
  const scheme = useComputedColorScheme('light');

  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme decides the colours that the canvas reads
  useEffect(() => {
    const element = host.current;
    if (!element || at.length === 0) return;
    const chart = new UPlot(
      {
        ...plotOptions(element, lines, timeZone, digits),
        width: Math.max(200, element.clientWidth),
        height,
        hooks: {
          setSelect: [
            ({ select, posToVal }) => {
              if (select.width <= 4) return;
              zoomed.current?.(posToVal(select.left, 'x'), posToVal(select.left + select.width, 'x'));
            },
          ],
        },
      },
      [[...at], ...lines.map(line => [...line.values])],
      element,
    );
    const observer = new ResizeObserver(() => {
      chart.setSize({ width: Math.max(200, element.clientWidth), height });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.destroy();
    };
  }, [at, lines, timeZone, height, digits, scheme]);

  return <div ref={host} className={classes.host} role="img" aria-label={label} />;
}

/** Scales, series and axes; times are labelled in the zone, colours are read from the element. */
function plotOptions(element: HTMLElement, lines: readonly DenseLine[], timeZone: string, digits: number) {
  const axis = {
    stroke: tokenColour(element, '--cl-muted'),
    grid: { stroke: tokenColour(element, '--cl-grid-line'), width: 1 },
    ticks: { stroke: tokenColour(element, '--cl-border-strong'), width: 1 },
  };
  return {
    tzDate: (ts: number) => new Date(ts * 1000),
    scales: {
      x: { time: false },
      y: { range: (_: UPlot, __: number, max: number): UPlot.Range.MinMax => [0, max > 0 ? max * 1.06 : 1] },
    },
    series: [
      {
        label: t('chart.at'),
        value: (_: UPlot, at: number | null) => (at === null ? NO_VALUE : formatDayTime(at, timeZone)),
      },
      ...lines.map(line => ({
        label: line.label,
        stroke: tokenColour(element, line.token),
        width: 1.2,
        spanGaps: false,
        points: { show: false },
        value: (_: UPlot, value: number | null) => formatNumber(value, digits),
      })),
    ],
    axes: [
      {
        ...axis,
        splits: (_: UPlot, __: number, from: number, to: number) => [...timeTicks(from, to, timeZone).at],
        values: (self: UPlot, splits: number[]) => {
          const { min, max } = self.scales.x ?? {};
          return splits.map(timeTicks(min ?? 0, max ?? 0, timeZone).label);
        },
      },
      {
        ...axis,
        size: 56,
        values: (_: UPlot, splits: number[]) =>
          splits.map(value => formatNumber(value, value < 5 && value % 1 ? 1 : 0)),
      },
    ],
    cursor: { drag: { x: true, y: false } },
  };
}
