import { useMemo } from 'react';
import type { Today } from '../../../api/contract/actuals.ts';
import { Card, Columns } from '../../component/Card.tsx';
import type { ChartLine } from '../../component/chart/SeriesChart.tsx';
import { TimeChartCard } from '../../component/chart/TimeChartCard.tsx';
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
  return (
    <>
      <DayTiles columns={columns} />
      <Columns min={480}>
        <DayCharts columns={columns} name={name} />
      </Columns>
      <Card title={t('today.table')}>
        <IntervalTable columns={columns} name={name} />
      </Card>
    </>
  );
}

function DayCharts({ columns, name }: DayViewProps) {
  const { timeZone, start, stepSeconds, now } = columns;
  const at = useMemo(
    () => columns.forecast.map((_, i) => start + i * stepSeconds),
    [columns.forecast, start, stepSeconds],
  );
  const { volume, bands, staff } = useMemo(() => linesOf(columns), [columns]);
  const isRunning = now > start && now < start + at.length * stepSeconds;
  const common = {
    at,
    timeZone,
    height: 260,
    marks: isRunning ? [{ at: now, label: t('today.now') }] : [],
    words: (instant: number) => formatTime(instant, timeZone),
  };
  return (
    <>
      <TimeChartCard
        {...common}
        title={t('today.chart')}
        note={t('today.method', { method: columns.method })}
        fileName={`today-${name}`}
        lines={volume}
        bands={bands}
      />
      <TimeChartCard
        {...common}
        title={t('today.staff')}
        unit={t('chart.unit.agents')}
        fileName={`today-agents-${name}`}
        lines={staff}
      />
    </>
  );
}

function linesOf(columns: Today) {
  const line = (
    id: string,
    label: string,
    colour: string,
    values: readonly (number | null)[],
    more: Partial<ChartLine> = {},
  ): ChartLine => ({ id, label, colour, values, ...more });
  const step = { step: true };
  return {
    volume: [
      line('forecast', t('review.forecast'), SERIES.forecast, columns.forecast, { dashed: true }),
      line('reforecast', t('today.reforecast'), SERIES.good, columns.reforecast),
      line('actual', t('review.actual'), SERIES.actual, columns.actual),
    ],
    bands: [
      {
        id: 'band',
        label: t('today.reforecastBand'),
        colour: 'var(--cl-band-80)',
        lower: columns.reforecastLower,
        upper: columns.reforecastUpper,
      },
    ],
    staff: [
      line('required', t('review.required'), SERIES.required, columns.required, step),
      line('scheduled', t('review.scheduled'), SERIES.scheduled, columns.scheduled, step),
    ],
  };
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
  const rows = useMemo(() => rowsOf(columns), [columns]);
  const shown = useMemo(() => columnsIn(columns.timeZone), [columns.timeZone]);
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

/** The open intervals of the day. */
function rowsOf(columns: Today): readonly Row[] {
  return columns.forecast.flatMap((forecast, i): Row[] => {
    if (columns.open[i] === 0) return [];
    const values = {
      forecast,
      actual: columns.actual[i] ?? null,
      reforecast: columns.reforecast[i] ?? null,
      required: columns.required[i] ?? null,
      scheduled: columns.scheduled[i] ?? null,
      gap: columns.gap[i] ?? null,
      level: columns.actualServiceLevel[i] ?? null,
      predicted: columns.predictedServiceLevel[i] ?? null,
    };
    return [{ at: columns.start + i * columns.stepSeconds, values }];
  });
}

function columnsIn(timeZone: string): readonly TableColumn<Row>[] {
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
      cell: row => formatTime(row.at, timeZone),
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
}
