import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Queue } from '../../../api/contract/centre.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { addDays } from '../../../forecasting/index.ts';
import { EmptyState } from '../../component/EmptyState.tsx';
import { Icon } from '../../component/Icon.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { Loading } from '../../component/Loading.tsx';
import { Page } from '../../component/Page.tsx';
import { WhyMissed } from '../../component/WhyMissed.tsx';
import { call } from '../../lib/api.ts';
import { useMay } from '../../lib/session.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import { DayTable } from './DayTable.tsx';
import { PlanActualCharts } from './PlanActualCharts.tsx';
import { ReviewTiles } from './ReviewTiles.tsx';

/** The week in hand after the fact. */
export function ReviewPage() {
  const { queue, isLoading } = useWorkplace();
  return (
    <Page
      title={t('review.title')}
      lead={t('review.lead')}
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="print" size={15} />}
          onClick={() => window.print()}
        >
          {t('action.print')}
        </Button>
      }
    >
      {isLoading ? (
        <Loading height={420} />
      ) : queue ? (
        <QueueReview key={queue.id} queue={queue} />
      ) : (
        <NoActuals />
      )}
    </Page>
  );
}

function NoActuals() {
  const mayImport = useMay()('history.manage');
  return (
    <EmptyState
      icon="review"
      title={t('review.none')}
      actions={
        <>
          <Button component={Link} to="/today">
            {t('review.toToday')}
          </Button>
          {mayImport ? (
            <Button component={Link} to="/import" variant="default">
              {t('review.toImport')}
            </Button>
          ) : null}
        </>
      }
    >
      {t(mayImport ? 'review.noneText' : 'review.noneAsk')}
    </EmptyState>
  );
}

function QueueReview({ queue }: { readonly queue: Queue }) {
  const { week } = useWorkplace();
  const range = { from: week, to: addDays(week, 6) };
  const attainment = useQuery({
    queryKey: ['attainment', 'day', queue.id, week],
    queryFn: () => call(ROUTES.getAttainment, { query: { ...range, queueIds: [queue.id], by: 'day' } }),
  });
  const total = useQuery({
    queryKey: ['attainment', 'total', queue.id, week],
    queryFn: () => call(ROUTES.getAttainment, { query: { ...range, queueIds: [queue.id], by: 'total' } }),
  });
  const series = useQuery({
    queryKey: ['review-series', queue.id, week],
    queryFn: () => call(ROUTES.getReviewSeries, { query: { ...range, queueId: queue.id } }),
  });
  return (
    <Loaded query={total} height={420}>
      {({ items }) => {
        const row = items.find(item => item.queueId === queue.id);
        if (!row || row.actual.offered === null) return <NoActuals />;
        return (
          <>
            <Loaded query={series} height={300}>
              {columns => (
                <>
                  <ReviewTiles row={row} definition={columns.definition} />
                  <WhyMissed scope={{ queueId: queue.id }} range={range} />
                  <PlanActualCharts columns={columns} name={queue.name} />
                </>
              )}
            </Loaded>
            <Loaded query={attainment} height={240}>
              {days => (
                <DayTable rows={days.items.filter(item => item.queueId === queue.id)} name={queue.name} />
              )}
            </Loaded>
          </>
        );
      }}
    </Loaded>
  );
}
