import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Queue } from '../../../api/contract/centre.ts';
import { FELT_MEASURES } from '../../../api/contract/felt.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { type Relation, relate } from '../../../forecasting/index.ts';
import { Card } from '../../component/Card.tsx';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { formatNumber, formatPercent, formatSigned } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';

type Measure = (typeof FELT_MEASURES)[number];

interface PatientsFeltProps {
  readonly queue: Queue;
  readonly range: { readonly from: string; readonly to: string };
}

interface FeltRow {
  readonly measure: Measure;
  readonly mean: number;
  readonly days: number;
  readonly answers: number | null;
  readonly relation: Relation;
}

/** Measures that are counts or scores; the others are shares of 0 to 1. */
const PLAIN: ReadonlySet<Measure> = new Set(['netPromoterScore', 'openTickets']);
const PER_SECONDS = 10;
const SEED = 1;

/** What patients said and what waited on their behalf, beside the wait of the same days. */
export function PatientsFelt({ queue, range }: PatientsFeltProps) {
  const felt = useQuery({
    queryKey: ['felt', queue.siteId, range],
    queryFn: () => call(ROUTES.listFelt, { query: { ...range, siteId: queue.siteId } }),
  });
  const days = useQuery({
    queryKey: ['attainment', 'day', queue.id, range],
    queryFn: () =>
      call(ROUTES.getAttainment, {
        query: { ...range, siteId: queue.siteId, queueIds: queue.id, by: 'day' },
      }),
  });
  const rows = useMemo(() => {
    const waits = new Map(
      days.data?.items.filter(row => row.queueId === queue.id).map(row => [row.from, row.actual.asaSeconds]),
    );
    const values = felt.data?.items.filter(value => value.queueId === queue.id) ?? [];
    return FELT_MEASURES.flatMap(measure => {
      const own = values.filter(value => value.measure === measure);
      return own.length === 0 ? [] : [rowOf(measure, own, waits)];
    });
  }, [felt.data, days.data, queue.id]);
  return (
    <Card title={t('felt.title')} note={t('felt.note')}>
      <Loaded query={felt} height={160}>
        {() => (
          <DataTable
            caption={t('felt.title')}
            columns={COLUMNS}
            rows={rows}
            rowKey={row => row.measure}
            fileName="patients-felt"
            empty={<p>{t('felt.none')}</p>}
          />
        )}
      </Loaded>
    </Card>
  );
}

function rowOf(
  measure: Measure,
  values: readonly { readonly date: string; readonly value: number; readonly answers: number | null }[],
  waits: ReadonlyMap<string, number | null>,
): FeltRow {
  const weightOf = (answers: number | null) => (answers === null ? 1 : answers);
  const weight = values.reduce((sum, value) => sum + weightOf(value.answers), 0);
  const total = values.reduce((sum, value) => sum + value.value * weightOf(value.answers), 0);
  const counted = values.some(value => value.answers !== null);
  return {
    measure,
    mean: weight > 0 ? total / weight : 0,
    days: values.length,
    answers: counted ? values.reduce((sum, value) => sum + (value.answers ?? 0), 0) : null,
    relation: relate(
      values.map(value => ({ x: waits.get(value.date) ?? null, y: value.value })),
      SEED,
    ),
  };
}

function shown(measure: Measure, value: number): string {
  return PLAIN.has(measure) ? formatNumber(value, 1) : formatPercent(value, 1);
}

function shownChange(measure: Measure, change: number): string {
  return PLAIN.has(measure) ? formatSigned(change, 1) : `${formatSigned(change * 100, 1)} pts`;
}

function relationText({ measure, relation }: FeltRow): string {
  if (relation.kind === 'tooFew') {
    return t('felt.tooFew', { pairs: relation.pairs, needed: relation.needed });
  }
  const part = (slope: number) => shownChange(measure, slope * PER_SECONDS);
  return t(relation.isClear ? 'felt.clear' : 'felt.unclear', {
    change: part(relation.slope),
    lower: part(relation.slopeLower),
    upper: part(relation.slopeUpper),
  });
}

const COLUMNS: readonly TableColumn<FeltRow>[] = [
  { id: 'measure', header: t('felt.column.measure'), value: row => t(`felt.measure.${row.measure}`) },
  {
    id: 'mean',
    header: t('felt.column.mean'),
    align: 'end',
    value: row => row.mean,
    cell: row => shown(row.measure, row.mean),
  },
  { id: 'days', header: t('felt.column.days'), align: 'end', value: row => row.days },
  {
    id: 'answers',
    header: t('felt.column.answers'),
    align: 'end',
    value: row => row.answers,
    cell: row => formatNumber(row.answers),
  },
  { id: 'relation', header: t('felt.column.relation'), value: relationText },
];
