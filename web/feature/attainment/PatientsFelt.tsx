import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link } from 'react-router';
import type { Site } from '../../../api/contract/centre.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Card } from '../../component/Card.tsx';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { formatNumber } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { useTicketGoals } from '../../lib/ticketGoals.ts';
import { t } from '../../locale/i18n.ts';
import classes from './Attainment.module.css';
import { type FeltRow, feltRows, meanWords, relationWords } from './feltRows.ts';
import type { Days } from './place.ts';
import { useAttainment } from './useAttainment.ts';

interface PatientsFeltProps {
  readonly site: Site;
  /** `null`: the queues of the site together. */
  readonly queueId: string | null;
  readonly days: Days;
}

/** What patients said and what waited on their behalf, as rows of a table. */
export function useFeltRows({ site, queueId, days }: PatientsFeltProps) {
  const felt = useQuery({
    queryKey: ['felt', site.id, days],
    queryFn: () => call(ROUTES.listFelt, { query: { ...days, siteId: site.id } }),
    placeholderData: previous => previous,
  });
  const goals = useTicketGoals(site.id);
  const waits = useAttainment({ ...days, siteId: site.id, by: 'day' });
  const rows = useMemo(() => {
    const values = felt.data?.items ?? [];
    const own = queueId === null ? values : values.filter(value => value.queueId === queueId);
    return goals.data ? feltRows(own, waits.data?.items ?? [], goals.data) : [];
  }, [felt.data, waits.data, goals.data, queueId]);
  // The promise first: without it no row can be named.
  return { query: goals.data ? felt : goals, rows };
}

/** What patients said and what waited on their behalf, beside the wait of the same days. */
export function PatientsFelt(props: PatientsFeltProps) {
  const mayChange = useMay()('report.manage');
  const { query, rows } = useFeltRows(props);
  return (
    <Card
      title={t('felt.title')}
      note={t('felt.note')}
      actions={
        mayChange ? (
          <Button size="compact-sm" variant="subtle" component={Link} to="/staffing">
            {t('felt.goals.change')}
          </Button>
        ) : null
      }
    >
      <Loaded<unknown> query={query} height={160}>
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

const COLUMNS: readonly TableColumn<FeltRow>[] = [
  { id: 'measure', header: t('felt.column.measure'), value: row => row.name },
  {
    id: 'mean',
    header: t('felt.column.mean'),
    align: 'end',
    value: row => row.mean,
    cell: meanWords,
  },
  {
    id: 'answers',
    header: t('felt.column.answers'),
    align: 'end',
    value: row => row.answers,
    cell: row => formatNumber(row.answers),
  },
  {
    id: 'relation',
    header: t('felt.column.relation'),
    value: relationWords,
    cell: row => <span className={classes.line}>{relationWords(row)}</span>,
  },
];
