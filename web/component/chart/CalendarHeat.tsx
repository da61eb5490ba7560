import { useMemo } from 'react';
import { weekdayOf } from '../../../forecasting/index.ts';
import { heatStep } from '../../lib/colours.ts';
import { formatLocalDate, formatNumber } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import { ScrollRegion } from '../ScrollRegion.tsx';
import classes from './CalendarHeat.module.css';

export interface HeatDay {
  readonly date: string;
  /** `null`: no data on that day. */
  readonly value: number | null;
  readonly flagged?: boolean;
}

interface CalendarHeatProps {
  readonly label: string;
  readonly days: readonly HeatDay[];
  readonly selected?: string | null;
  readonly onSelect?: (date: string) => void;
}

const CELL = 13;
const GAP = 2;

/** A year per row, a column per week, Monday on top: seasons, closed days and holes at a glance. */
export function CalendarHeat({ label, days, selected, onSelect }: CalendarHeatProps) {
  const max = useMemo(() => quantile(days.map(day => day.value).filter(isNumber), 0.98), [days]);
  const years = useMemo(() => groupByYear(days), [days]);
  return (
    <ScrollRegion label={label} className={classes.heat}>
      {years.map(([year, cells]) => (
        <div key={year} className={classes.year}>
          <div className={classes.name}>{year}</div>
          <svg
            width={54 * (CELL + GAP)}
            height={7 * (CELL + GAP)}
            role="img"
            aria-label={t('chart.heatYear', { year, days: cells.length })}
          >
            {cells.map(cell => (
              // biome-ignore lint/a11y/noStaticElementInteractions: the day list below offers the same by keyboard
              <rect
                key={cell.day.date}
                x={cell.column * (CELL + GAP)}
                y={cell.row * (CELL + GAP)}
                width={CELL}
                height={CELL}
                rx={2.5}
                className={classes.cell}
                data-step={heatStep(cell.day.value, max) ?? 'missing'}
                data-flagged={cell.day.flagged}
                data-selected={cell.day.date === selected}
                onClick={() => onSelect?.(cell.day.date)}
              >
                <title>
                  {`${formatLocalDate(cell.day.date)}: ${cell.day.value === null ? t('chart.noData') : formatNumber(cell.day.value)}`}
                </title>
              </rect>
            ))}
          </svg>
        </div>
      ))}
      <div className={classes.key} aria-hidden="true">
        {t('chart.fewer')}
        {[0, 1, 2, 3, 4, 5].map(step => (
          <span key={step} className={classes.swatch} data-step={step} />
        ))}
        {t('chart.more')}
        <span className={classes.swatch} data-step="missing" /> {t('chart.noData')}
        <span className={classes.swatch} data-flagged="true" data-step={0} /> {t('chart.flagged')}
      </div>
    </ScrollRegion>
  );
}

interface PlacedDay {
  readonly day: HeatDay;
  readonly column: number;
  readonly row: number;
}

function groupByYear(days: readonly HeatDay[]): readonly (readonly [string, readonly PlacedDay[]])[] {
  const years = new Map<string, PlacedDay[]>();
  for (const day of days) {
    const year = day.date.slice(0, 4);
    const first = `${year}-01-01`;
    const sinceFirst = Math.round((Date.parse(day.date) - Date.parse(first)) / 86_400_000);
    const place = sinceFirst + weekdayOf(first);
    const cells = years.get(year) ?? [];
    cells.push({ day, column: Math.floor(place / 7), row: place % 7 });
    years.set(year, cells);
  }
  return [...years.entries()];
}

function isNumber(value: number | null): value is number {
  return value !== null;
}

/** The scale ends near the top of ordinary days, so that one outlier does not bleach the rest. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
