import { formatPercent, formatPoints } from '../../lib/format.ts';
import classes from './Waterfall.module.css';

export interface WaterfallStep {
  readonly id: string;
  readonly label: string;
  /** A share of 0–1 for totals, a signed difference for parts. */
  readonly value: number;
  readonly kind: 'total' | 'part';
}

interface WaterfallProps {
  readonly label: string;
  readonly steps: readonly WaterfallStep[];
}

const HEIGHT = 230;
const PLOT = 170;

/** From one share to another through signed parts; losses are orange, gains blue, each with its sign. */
export function Waterfall({ label, steps }: WaterfallProps) {
  const bars: { step: WaterfallStep; from: number; to: number }[] = [];
  let level = 0;
  for (const step of steps) {
    const from = step.kind === 'total' ? 0 : level;
    const to = step.kind === 'total' ? step.value : level + step.value;
    bars.push({ step, from, to });
    level = to;
  }
  const ends = bars.flatMap(bar => (bar.step.kind === 'total' ? [bar.to] : [bar.from, bar.to]));
  const lowest = Math.max(0, Math.min(...ends) - 0.05);
  const highest = Math.max(...ends, lowest + 0.05) + 0.02;
  const y = (value: number) => 14 + PLOT * (1 - (Math.max(value, lowest) - lowest) / (highest - lowest));
  const width = 100 / bars.length;
  return (
    <svg className={classes.chart} width="100%" height={HEIGHT} role="img" aria-label={label}>
      {bars.map(({ step, from, to }, i) => {
        const top = Math.min(y(from), y(to));
        const height = Math.max(1.5, Math.abs(y(from) - y(to)));
        const tone = step.kind === 'total' ? 'total' : step.value < 0 ? 'loss' : 'gain';
        return (
          <g key={step.id}>
            <rect
              className={classes.bar}
              data-tone={tone}
              x={`${i * width + width * 0.14}%`}
              width={`${width * 0.72}%`}
              y={top}
              height={height}
              rx={2}
            />
            <text className={classes.value} x={`${i * width + width / 2}%`} y={top - 4} textAnchor="middle">
              {step.kind === 'total' ? formatPercent(step.value, 1) : formatPoints(step.value)}
            </text>
            <text
              className={classes.name}
              x={`${i * width + width / 2}%`}
              y={HEIGHT - 22}
              textAnchor="middle"
            >
              {step.label}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
