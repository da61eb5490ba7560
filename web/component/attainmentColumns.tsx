import { Badge } from '@mantine/core';
import type { AttainmentRow } from '../../api/contract/review.ts';
import { formatNumber, formatPercent, NO_VALUE } from '../lib/format.ts';
import { t } from '../locale/i18n.ts';
import type { TableColumn } from './DataTable.tsx';
import { type GoalPart, missedParts, verdictOf } from './missedParts.ts';

type Column = TableColumn<AttainmentRow>;

function number(
  id: 'planned' | 'offered' | 'asa' | 'aht',
  read: (row: AttainmentRow) => number | null,
): Column {
  const header = t(`review.column.${id}`);
  return { id, header, align: 'end', value: read, cell: row => formatNumber(read(row)) };
}

function share(
  id: 'wape' | 'level' | 'plannedLevel' | 'abandonment' | 'intervals' | 'days',
  read: (row: AttainmentRow) => number | null,
): Column {
  const header = t(`review.column.${id}`);
  return { id, header, align: 'end', value: read, cell: row => formatPercent(read(row), 1) };
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

/** A figure that shows the limit beside it where it missed its part of the goal. */
function atMost(column: Column, part: GoalPart, limit: (row: AttainmentRow) => string): Column {
  return {
    ...column,
    cell: row => {
      const value = column.cell?.(row);
      if (!missedParts(row).includes(part)) return value;
      return (
        <b style={{ color: 'var(--cl-under-text)' }}>
          {value} {t('review.pastLimit', { limit: limit(row) })}
        </b>
      );
    },
  };
}

/** What a table of attainment may show, whatever its rows are: queues, sites or stretches of time. */
const COLUMNS = {
  met: {
    id: 'met',
    header: t('review.column.met'),
    value: verdictOf,
    cell: row => <KeptOrMissed row={row} />,
  },
  planned: number('planned', row => row.plan.offered),
  offered: number('offered', row => row.actual.offered),
  wape: share('wape', row => row.forecastWape),
  plannedLevel: share('plannedLevel', row => row.plan.serviceLevel),
  level: share('level', row => row.actual.serviceLevel),
  goal: {
    id: 'goal',
    header: t('review.column.goal'),
    align: 'end',
    value: row => row.goal?.serviceLevel?.target ?? null,
    cell: row => promised(row),
  },
  asa: atMost(
    number('asa', row => row.actual.asaSeconds),
    'asa',
    row => formatNumber(row.goal?.asaSeconds),
  ),
  abandonment: atMost(
    share('abandonment', row => row.actual.abandonmentRate),
    'abandonment',
    row => formatPercent(row.goal?.maxAbandonment),
  ),
  aht: number('aht', row => row.actual.ahtSeconds),
  intervals: share('intervals', row => ratio(row.intervalsInGoal, row.intervalsMeasured)),
  days: share('days', row => ratio(row.daysInGoal, row.daysMeasured)),
} as const satisfies Record<string, Column>;

export type AttainmentColumn = keyof typeof COLUMNS;

/** Columns by name, in the order asked for. */
export function attainmentColumns(names: readonly AttainmentColumn[]): readonly Column[] {
  return names.map(name => COLUMNS[name]);
}

function promised({ goal }: AttainmentRow): string {
  const level = goal?.serviceLevel;
  return level ? `${formatPercent(level.target)} / ${level.answerWithinSeconds} s` : NO_VALUE;
}

/** Whether the goal was kept, in a word: colour alone never says it. */
function KeptOrMissed({ row }: { readonly row: AttainmentRow }) {
  const words = verdictOf(row);
  if (words === null) return NO_VALUE;
  const isMissed = row.goalMet === false && row.queuesMeasured <= 1;
  return (
    <Badge
      miw={84}
      title={words}
      variant="default"
      tt="none"
      c={row.goalMet ? 'var(--cl-over-text)' : 'var(--cl-under-text)'}
    >
      {isMissed ? t('review.missed') : words}
    </Badge>
  );
}
