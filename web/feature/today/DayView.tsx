import { useMemo } from 'react';
import type { Today } from '../../../api/contract/actuals.ts';
import { Card, Columns } from '../../component/Card.tsx';
import { ChartCard } from '../../component/chart/ChartCard.tsx';
import { SeriesChart } from '../../component/chart/SeriesChart.tsx';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import { Stat, Stats } from '../../component/Stat.tsx';
import { Term } from '../../component/Term.tsx';
import { SERIES } from '../../lib/colours.ts';
import { formatNumber, formatPercent, formatSigned, formatTime } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';

interface DayViewProps {
  readonly columns: Today;
  readonly name: string;
}

interface Row {
  readonly at: number;
  readonly values: Readonly<Record<Numbers, number | null>>;
}
type Numbers =
  | 'forecast'
  | 'actual'
  | 'reforecast'
  | 'required'
  | 'scheduled'
  | 'gap'
  | 'level'
  | 'predicted';

/** One day of one queue: tiles, charts, table. */
export function DayView({ columns, name }: DayViewProps) {
  const { timeZone, start, stepSeconds } = columns;
  const at = useMemo(
    () => columns.forecast.map((_, i) => start + i * stepSeconds),
    [columns.forecast, start, stepSeconds],
  );
  const marks =
    columns.now > start && columns.now < start + at.length * stepSeconds
      ? [{ at: columns.now, label: t('today.now') }]
      : [];
  const volume = useMemo(
    () => [
      {
        id: 'forecast',
        label: t('review.forecast'),
        colour: SERIES.forecast,
        values: columns.forecast,
        dashed: true,
      },
      { id: 'reforecast', label: t('today.reforecast'), colour: SERIES.good, values: columns.reforecast },
      { id: 'actual', label: t('review.actual'), colour: SERIES.actual, values: columns.actual },
    ],
    [columns],
  );
  const bands = useMemo(
    () => [
      {
        id: 'band',
        label: t('today.reforecastBand'),
        colour: 'var(--cl-band-80)',
        lower: columns.reforecastLower,
        upper: columns.reforecastUpper,
      },
    ],
    [columns],
  );
  const staff = useMemo(
    () => [
      {
        id: 'required',
        label: t('review.required'),
        colour: SERIES.required,
        values: columns.required,
        step: true,
      },
      {
        id: 'scheduled',
        label: t('review.scheduled'),
        colour: SERIES.scheduled,
        values: columns.scheduled,
        step: true,
      },
    ],
    [columns],
  );
  return (
    <>
      <DayTiles columns={columns} />
      <Columns min={480}>
        <ChartCard
          title={t('today.chart')}
          note={t('today.method', { method: columns.method })}
          fileName={`today-${name}`}
          table={() => ({
            header: [t('chart.at'), ...volume.map(line => line.label)],
            rows: at.map((instant, i) => [
              formatTime(instant, timeZone),
              ...volume.map(line => line.values[i]),
            ]),
          })}
        >
          <SeriesChart
            label={t('today.chart')}
            at={at}
            timeZone={timeZone}
            lines={volume}
            bands={bands}
            marks={marks}
            height={260}
          />
        </ChartCard>
        <ChartCard
          title={t('today.staff')}
          unit={t('chart.unit.agents')}
          fileName={`today-agents-${name}`}
          table={() => ({
            header: [t('chart.at'), ...staff.map(line => line.label)],
            rows: at.map((instant, i) => [
              formatTime(instant, timeZone),
              ...staff.map(line => line.values[i]),
            ]),
          })}
        >
          <SeriesChart
            label={t('today.staff')}
            at={at}
            timeZone={timeZone}
            lines={staff}
            marks={marks}
            height={260}
          />
        </ChartCard>
      </Columns>
      <Card title={t('today.table')}>
        <IntervalTable columns={columns} name={name} />
      </Card>
    </>
  );
}

function DayTiles({ columns }: { readonly columns: Today }) {
  let known = 0;
  let planned = 0;
  let ahead = 0;
  let inTime = 0;
  let measured = 0;
  let gap = 0;
  let gapAt: number | null = null;
  columns.actual.forEach((actual, i) => {
    const at = columns.start + i * columns.stepSeconds;
    if (actual !== null) {
      known += actual;
      planned += columns.forecast[i] ?? 0;
      const level = columns.actualServiceLevel[i];
      if (level != null) {
        inTime += actual * level;
        measured += actual;
      }
      return;
    }
    ahead += columns.reforecast[i] ?? columns.forecast[i] ?? 0;
    const difference = columns.gap[i];
    if (difference != null && difference < gap) {
      gap = difference;
      gapAt = at;
    }
  });
  return (
    <Stats>
      <Stat
        label={t('today.tiles.soFar')}
        value={formatNumber(known)}
        note={t('today.tiles.soFarNote', { value: formatNumber(planned) })}
      />
      <Stat label={<Term id="reforecast">{t('today.tiles.rest')}</Term>} value={formatNumber(ahead)} />
      <Stat
        label={<Term id="serviceLevel">{t('today.tiles.level')}</Term>}
        value={formatPercent(measured > 0 ? inTime / measured : null, 1)}
      />
      <Stat
        label={t('today.tiles.gap')}
        value={formatSigned(gap, 1)}
        tone={gap < -0.5 ? 'under' : 'plain'}
        note={gapAt === null ? null : formatTime(gapAt, columns.timeZone)}
      />
    </Stats>
  );
}

function IntervalTable({ columns, name }: DayViewProps) {
  const rows = useMemo(
    () =>
      columns.forecast.flatMap((forecast, i): Row[] =>
        columns.open[i] === 0
          ? []
          : [
              {
                at: columns.start + i * columns.stepSeconds,
                values: {
                  forecast,
                  actual: columns.actual[i] ?? null,
                  reforecast: columns.reforecast[i] ?? null,
                  required: columns.required[i] ?? null,
                  scheduled: columns.scheduled[i] ?? null,
                  gap: columns.gap[i] ?? null,
                  level: columns.actualServiceLevel[i] ?? null,
                  predicted: columns.predictedServiceLevel[i] ?? null,
                },
              },
            ],
      ),
    [columns],
  );
  const shown = useMemo((): readonly TableColumn<Row>[] => {
    const column = (id: Numbers, show: (value: number | null) => string): TableColumn<Row> => ({
      id,
      header: t(`today.column.${id}`),
      align: 'end',
      value: row => row.values[id],
      cell: row => show(row.values[id]),
    });
    const one = (value: number | null) => formatNumber(value, 1);
    const whole = (value: number | null) => formatNumber(value);
    const percent = (value: number | null) => formatPercent(value);
    return [
      {
        id: 'at',
        header: t('today.column.at'),
        value: row => row.at,
        cell: row => formatTime(row.at, columns.timeZone),
      },
      column('forecast', one),
      column('actual', whole),
      column('reforecast', one),
      column('required', whole),
      column('scheduled', one),
      column('gap', value => formatSigned(value, 1)),
      column('level', percent),
      column('predicted', percent),
    ];
  }, [columns.timeZone]);
  return (
    <DataTable
      caption={t('today.table')}
      columns={shown}
      rows={rows}
      rowKey={row => String(row.at)}
      fileName={`today-${name}`}
      maxHeight={420}
    />
  );
}
