import { useMemo } from 'react';
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatDayTime, formatNumber } from '../../lib/format.ts';
import { Legend } from './Legend.tsx';
import classes from './SeriesChart.module.css';
import { timeTicks } from './timeTicks.ts';

export interface ChartLine {
  readonly id: string;
  readonly label: string;
  readonly colour: string;
  readonly values: readonly (number | null)[];
  readonly dashed?: boolean;
  /** Steps suit what holds for a whole interval, such as agents. */
  readonly step?: boolean;
  readonly width?: number;
}

export interface ChartBand {
  readonly id: string;
  readonly label: string;
  readonly colour: string;
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
}

interface Mark {
  readonly at: number;
  readonly label: string;
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly label: string;
}

interface Goal {
  readonly value: number;
  readonly label: string;
}

interface SeriesChartProps {
  readonly label: string;
  /** UTC epoch seconds of each point. */
  readonly at: readonly number[];
  readonly timeZone: string;
  readonly lines: readonly ChartLine[];
  readonly bands?: readonly ChartBand[];
  readonly height?: number;
  readonly digits?: number;
  readonly format?: (value: number) => string;
  readonly marks?: readonly Mark[];
  readonly spans?: readonly Span[];
  readonly goal?: Goal;
  readonly domain?: readonly [number, number];
}

type Point = Record<string, number | null | readonly [number, number]>;

/** Lines and bands over time, for up to about two thousand points; beyond that use `DenseChart`. */
export function SeriesChart(props: SeriesChartProps) {
  const { label, at, timeZone, lines, bands = [], height = 300, digits = 1, marks = [], spans = [] } = props;
  const format = props.format ?? ((value: number) => formatNumber(value, digits));
  const points = useMemo(() => toPoints(at, lines, bands), [at, lines, bands]);
  const ticks = useMemo(() => timeTicks(at[0] ?? 0, at.at(-1) ?? 0, timeZone), [at, timeZone]);
  return (
    <figure className={classes.figure} aria-label={label}>
      <Legend
        items={[
          ...lines.map(line => ({ label: line.label, colour: line.colour, dashed: line.dashed === true })),
          ...bands.map(band => ({ label: band.label, colour: band.colour, block: true })),
        ]}
      />
      <ResponsiveContainer width="100%" height={height} initialDimension={{ width: 800, height }}>
        <ComposedChart data={points} margin={{ top: 8, right: 12, bottom: 0, left: 0 }} accessibilityLayer>
          <CartesianGrid stroke="var(--cl-grid-line)" vertical={false} />
          <XAxis
            dataKey="at"
            type="number"
            domain={['dataMin', 'dataMax']}
            ticks={[...ticks.at]}
            tickFormatter={ticks.label}
            interval="equidistantPreserveStart"
            {...AXIS}
          />
          <YAxis
            width={52}
            tickFormatter={props.format ?? formatTick}
            domain={props.domain ? [...props.domain] : [0, 'auto']}
            {...AXIS}
          />
          <Tooltip
            isAnimationActive={false}
            content={({ active, label: instant }) =>
              active && typeof instant === 'number' ? (
                <PointCard
                  instant={instant}
                  points={points}
                  timeZone={timeZone}
                  lines={lines}
                  bands={bands}
                  format={format}
                />
              ) : null
            }
          />
          {spans.map(shadedSpan)}
          {bands.map(bandArea)}
          {lines.map(seriesLine)}
          {props.goal ? goalLine(props.goal) : null}
          {marks.map(markLine)}
        </ComposedChart>
      </ResponsiveContainer>
    </figure>
  );
}

const AXIS = { stroke: 'var(--cl-border-strong)', tick: { fill: 'var(--cl-muted)', fontSize: 12 } } as const;

function words(value: string, position: 'insideTop' | 'insideTopLeft' | 'insideTopRight') {
  return { value, fill: 'var(--cl-muted)', fontSize: 11, position };
}

function shadedSpan({ from, to, label }: Span) {
  return (
    <ReferenceArea
      key={`${label}${from}`}
      x1={from}
      x2={to}
      fill="var(--cl-surface-sunken)"
      fillOpacity={0.8}
      label={words(label, 'insideTop')}
    />
  );
}

function bandArea({ id, label, colour }: ChartBand) {
  return (
    <Area
      key={id}
      dataKey={id}
      name={label}
      stroke="none"
      fill={colour}
      isAnimationActive={false}
      activeDot={false}
      dot={false}
    />
  );
}

function seriesLine(line: ChartLine) {
  return (
    <Line
      key={line.id}
      dataKey={line.id}
      name={line.label}
      type={line.step ? 'stepAfter' : 'linear'}
      stroke={line.colour}
      strokeWidth={line.width ?? 2}
      {...(line.dashed && { strokeDasharray: '5 4' })}
      dot={false}
      isAnimationActive={false}
    />
  );
}

function goalLine({ value, label }: Goal) {
  return (
    <ReferenceLine
      y={value}
      stroke="var(--cl-muted)"
      strokeDasharray="3 3"
      label={words(label, 'insideTopRight')}
    />
  );
}

function markLine({ at, label }: Mark) {
  return (
    <ReferenceLine
      key={`${label}${at}`}
      x={at}
      stroke="var(--cl-muted)"
      label={words(label, 'insideTopLeft')}
    />
  );
}

function formatTick(value: number): string {
  return formatNumber(value, Math.abs(value) < 10 && value % 1 !== 0 ? 1 : 0);
}

function toPoints(at: readonly number[], lines: readonly ChartLine[], bands: readonly ChartBand[]): Point[] {
  return at.map((instant, index) => {
    const point: Point = { at: instant };
    for (const line of lines) point[line.id] = line.values[index] ?? null;
    for (const band of bands) {
      const lower = band.lower[index];
      const upper = band.upper[index];
      point[band.id] = lower == null || upper == null ? null : [lower, upper];
    }
    return point;
  });
}

function PointCard(props: {
  readonly instant: number;
  readonly points: readonly Point[];
  readonly timeZone: string;
  readonly lines: readonly ChartLine[];
  readonly bands: readonly ChartBand[];
  readonly format: (value: number) => string;
}) {
  const point = props.points.find(candidate => candidate.at === props.instant);
  if (!point) return null;
  return (
    <div className={classes.card}>
      <strong>{formatDayTime(props.instant, props.timeZone)}</strong>
      {props.lines.map(line => {
        const value = point[line.id];
        return typeof value === 'number' ? (
          <div key={line.id} className={classes.row}>
            <span className={classes.swatch} style={{ background: line.colour }} />
            {line.label}
            <b>{props.format(value)}</b>
          </div>
        ) : null;
      })}
      {props.bands.map(band => {
        const value = point[band.id];
        return Array.isArray(value) ? (
          <div key={band.id} className={classes.row}>
            <span className={classes.swatch} style={{ background: band.colour }} />
            {band.label}
            <b>
              {props.format(value[0])} … {props.format(value[1])}
            </b>
          </div>
        ) : null;
      })}
    </div>
  );
}
