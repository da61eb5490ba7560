import { useMemo } from 'react';
import { Link } from 'react-router';
import type { AttainmentRow } from '../../../api/contract/review.ts';
import { type AttainmentColumn, attainmentColumns } from '../../component/attainmentColumns.tsx';
import { Card } from '../../component/Card.tsx';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { formatLocalDate, formatMonth, formatShortDate, formatTime } from '../../lib/format.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import classes from './Attainment.module.css';
import { type Days, into, type Place, placeLink, type Step, stepOf } from './place.ts';
import { useAttainment } from './useAttainment.ts';

/** What part of the centre is asked for, and how its service level is counted. */
export interface DrillScope {
  readonly siteId?: string;
  readonly queueIds?: string[];
  readonly definition?: NonNullable<Place['definition']>;
}

interface DrillTableProps {
  readonly place: Place;
  readonly days: Days;
  readonly scope: DrillScope;
  /** Totals of the place's queues and sites, which are the rows of the two outer steps. */
  readonly rows: readonly AttainmentRow[];
  readonly total: AttainmentRow;
}

/** Where, then when: the parts of a place, each a way in. */
export function DrillTable({ place, days, scope, rows, total }: DrillTableProps) {
  const step = stepOf(place);
  if (step === 'site' || step === 'queue') {
    const isRow = (row: AttainmentRow) =>
      step === 'site' ? row.queueId === null && row.siteId !== null : row.queueId !== null;
    return <Rows place={place} step={step} rows={rows.filter(isRow)} total={total} />;
  }
  return <PeriodRows place={place} days={days} scope={scope} step={step} total={total} />;
}

interface PeriodRowsProps extends Omit<DrillTableProps, 'rows'> {
  readonly step: Exclude<Step, 'site' | 'queue'>;
}

function PeriodRows({ place, days, scope, step, total }: PeriodRowsProps) {
  const query = useAttainment({ ...days, ...scope, by: step });
  return (
    <Loaded query={query} height={300}>
      {({ items }) => (
        <Rows
          place={place}
          step={step}
          rows={items.filter(row => row.queueId === place.queue)}
          total={total}
        />
      )}
    </Loaded>
  );
}

const BASE: readonly AttainmentColumn[] = ['met', 'offered', 'level', 'goal', 'asa', 'abandonment'];
/** An interval is either in goal or not, and so is a day: a share of it says nothing. */
const COLUMNS: Readonly<Record<Step, readonly AttainmentColumn[]>> = {
  site: [...BASE, 'intervals', 'days'],
  queue: [...BASE, 'intervals', 'days'],
  month: [...BASE, 'intervals', 'days'],
  week: [...BASE, 'intervals', 'days'],
  day: [...BASE, 'intervals'],
  interval: BASE,
};

interface RowsProps {
  readonly place: Place;
  readonly step: Step;
  readonly rows: readonly AttainmentRow[];
  readonly total: AttainmentRow;
}

function Rows({ place, step, rows, total }: RowsProps) {
  const nameOf = useRowName(step);
  const columns = useMemo((): readonly TableColumn<AttainmentRow>[] => {
    const shown = (row: AttainmentRow) => (row === total ? t(TOTAL_NAME[step]) : nameOf(row));
    const first: TableColumn<AttainmentRow> = {
      id: 'name',
      header: t(`attainment.row.${step}`),
      // Stretches of time sort by their beginning, not by their name.
      value: row => (step === 'site' || step === 'queue' ? shown(row) : row.start),
      cell: row =>
        row === total || step === 'interval' ? (
          shown(row)
        ) : (
          <Link className={classes.into} to={placeLink(into(place, row))}>
            {shown(row)}
          </Link>
        ),
    };
    return [first, ...attainmentColumns(COLUMNS[step])];
  }, [place, step, total, nameOf]);
  return (
    <Card
      title={t(`attainment.rows.${step}`)}
      note={step === 'interval' ? undefined : t('attainment.rowsNote')}
    >
      <DataTable
        caption={t(`attainment.rows.${step}`)}
        columns={columns}
        rows={rows}
        rowKey={row => `${row.siteId}:${row.queueId}:${row.period}`}
        total={total}
        fileName={`attainment-by-${step}`}
        maxHeight={420}
      />
    </Card>
  );
}

const TOTAL_NAME = {
  site: 'attainment.wholeCentre',
  queue: 'attainment.whole',
  month: 'attainment.wholePeriod',
  week: 'attainment.wholePeriod',
  day: 'attainment.wholePeriod',
  interval: 'attainment.wholePeriod',
} as const;

function useRowName(step: Step): (row: AttainmentRow) => string {
  const { sites, queues } = useWorkplace();
  return useMemo(
    () => row => {
      const queue = queues.find(one => one.id === row.queueId);
      switch (step) {
        case 'site':
          return sites.find(site => site.id === row.siteId)?.name ?? '';
        case 'queue':
          return queue?.name ?? '';
        case 'month':
          return formatMonth(row.period);
        case 'week':
          return t('attainment.weekOf', {
            from: formatShortDate(row.from),
            to: formatShortDate(row.to),
          });
        case 'day':
          return formatLocalDate(row.from, false);
        case 'interval':
          return formatTime(row.start, queue?.timeZone ?? 'UTC');
      }
    },
    [step, sites, queues],
  );
}
