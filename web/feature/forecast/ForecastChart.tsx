import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ForecastSeries } from '../../../api/contract/forecast.ts';
import { type GridDay, gridDays } from '../../../forecasting/index.ts';
import { ChartCard } from '../../component/chart/ChartCard.tsx';
import { type ChartLine, SeriesChart } from '../../component/chart/SeriesChart.tsx';
import { SERIES } from '../../lib/colours.ts';
import { formatDayOfMonth, formatPercent, isoDayTime } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';

interface ForecastChartProps {
  readonly columns: ForecastSeries;
  readonly name: string;
}

/** Weeks beyond this are shown a week at a time: more points than that are neither readable nor quick in SVG. */
const SHOWN_DAYS = 14;

/** Forecast with its bands, last year and actuals. */
export function ForecastChart({ columns, name }: ForecastChartProps) {
  const [dayIndex, setDayIndex] = useState('week');
  const days = useMemo(
    () => gridDays({ ...columns, count: columns.offered.length }).slice(0, SHOWN_DAYS),
    [columns],
  );
  const view = useMemo(() => {
    const chosen = dayIndex === 'week' ? undefined : days[Number(dayIndex)];
    return viewOf(columns, chosen ? [chosen] : days);
  }, [columns, days, dayIndex]);
  return (
    <ChartCard
      title={t('forecast.chart')}
      unit={t('chart.unit.callsPerInterval')}
      fileName={`forecast-${name}`}
      actions={
        <SegmentedControl
          size="xs"
          value={dayIndex}
          onChange={setDayIndex}
          data={[
            { value: 'week', label: t('forecast.week') },
            ...days.slice(0, 7).map((day, i) => ({
              value: String(i),
              label: formatDayOfMonth(day.day.startEpochSeconds, columns.timeZone),
            })),
          ]}
        />
      }
      table={() => ({
        header: [
          t('chart.at'),
          ...view.lines.map(line => line.label),
          ...view.bands.flatMap(band => [`${band.label} ↓`, `${band.label} ↑`]),
        ],
        rows: view.at.map((instant, i) => [
          isoDayTime(instant, columns.timeZone),
          ...view.lines.map(line => line.values[i]),
          ...view.bands.flatMap(band => [band.lower[i], band.upper[i]]),
        ]),
      })}
    >
      <SeriesChart label={t('forecast.chart')} timeZone={columns.timeZone} height={320} {...view} />
    </ChartCard>
  );
}

/** The points of some days, with the lines and bands that say something there. */
function viewOf(columns: ForecastSeries, days: readonly GridDay[]) {
  const from = days[0]?.firstIndex ?? 0;
  const last = days.at(-1);
  const to = last ? last.firstIndex + last.count : 0;
  const cut = (values: readonly (number | null)[]) => values.slice(from, to);
  return {
    at: cut(columns.offered).map((_, i) => columns.start + (from + i) * columns.stepSeconds),
    bands: [...columns.bands]
      .sort((a, b) => b.level - a.level)
      .map((band, i) => ({
        id: `band${band.level}`,
        label: t('forecast.band', { level: formatPercent(band.level) }),
        colour: i === 0 ? 'var(--cl-band-95)' : 'var(--cl-band-80)',
        lower: cut(band.lower),
        upper: cut(band.upper),
      })),
    lines: linesOf(columns)
      .map(line => ({ ...line, values: cut(line.values) }))
      .filter(line => line.id === 'offered' || line.values.some(value => value !== null)),
  };
}

/** The model's own line is shown only where layers changed it. */
function linesOf(columns: ForecastSeries): readonly ChartLine[] {
  const isChanged = columns.offered.some((value, i) => value !== columns.model[i]);
  const thin = { dashed: true, width: 1.3 };
  return [
    {
      id: 'lastYear',
      label: t('forecast.lastYear'),
      colour: SERIES.other,
      values: columns.lastYear,
      ...thin,
    },
    ...(isChanged
      ? [
          {
            id: 'model',
            label: t('forecast.model'),
            colour: SERIES.previous,
            values: columns.model,
            ...thin,
          },
        ]
      : []),
    { id: 'offered', label: t('forecast.final'), colour: SERIES.forecast, values: columns.offered },
    { id: 'actual', label: t('forecast.actual'), colour: SERIES.actual, values: columns.actual },
  ];
}
