import { Button, Select } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import type { Queue } from '../../../api/contract/centre.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { type IntervalSeries, typicalWeek } from '../../../forecasting/index.ts';
import { EmptyState } from '../../component/EmptyState.tsx';
import { Failure } from '../../component/Failure.tsx';
import { Loading } from '../../component/Loading.tsx';
import { Page } from '../../component/Page.tsx';
import { call } from '../../lib/api.ts';
import { secondsOf, usePatience } from '../../lib/patience.ts';
import { termsOf, workOf } from '../../lib/queueTerms.ts';
import { useMay } from '../../lib/session.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import { CapacityView } from './CapacityView.tsx';
import { type CapacityPart, goalsOf } from './model.ts';

const ALL = 'all';
const ASSUMED_AHT_SECONDS = 300;
const LOOK_BACK_SECONDS = 9 * 7 * 86_400;

/** Headcount over the months ahead, computed in the browser from the week that the history shows. */
export function CapacityPage() {
  const { queues, queue, chooseQueue, isLoading, error, retry } = useWorkplace();
  const [isWhole, setWhole] = useState(false);
  const known = queues.filter(candidate => candidate.historyTo !== null);
  const chosen = known.find(candidate => candidate.id === queue?.id) ?? known[0];
  const planned = isWhole && known.length > 1 ? known : chosen ? [chosen] : [];
  return (
    <Page
      title={t('headcount.title')}
      lead={t('headcount.lead')}
      actions={
        chosen ? (
          <Select
            size="xs"
            allowDeselect={false}
            aria-label={t('headcount.queue')}
            data={[
              ...(known.length > 1 ? [{ value: ALL, label: t('headcount.allQueues') }] : []),
              ...known.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={planned.length > 1 ? ALL : chosen.id}
            onChange={value => {
              setWhole(value === ALL);
              if (value && value !== ALL) chooseQueue(value);
            }}
          />
        ) : null
      }
    >
      {error ? <Failure error={error} onRetry={retry} /> : null}
      {isLoading && !error ? <Loading height={400} /> : null}
      {!isLoading && !error && !chosen ? <NoHistory /> : null}
      {planned.length > 0 ? (
        <QueueCapacity key={planned.map(({ id }) => id).join()} queues={planned} />
      ) : null}
    </Page>
  );
}

function NoHistory() {
  const may = useMay();
  return (
    <EmptyState
      icon="capacity"
      title={t('headcount.noQueue')}
      actions={
        may('history.manage') ? (
          <Button component={Link} to="/import">
            {t('headcount.import')}
          </Button>
        ) : null
      }
    >
      {t(may('history.manage') ? 'headcount.noQueueText' : 'headcount.noQueueAsk')}
    </EmptyState>
  );
}

function QueueCapacity({ queues }: { readonly queues: readonly Queue[] }) {
  const histories = useQueries({
    queries: queues.map(queue => {
      const to = queue.historyTo ?? 0;
      return {
        queryKey: ['history', queue.id, 'recent', to],
        queryFn: () =>
          call(ROUTES.getHistory, { params: { id: queue.id }, query: { from: to - LOOK_BACK_SECONDS, to } }),
      };
    }),
  });
  const patience = usePatience(queues);
  const stamp = [...histories, ...patience].map(query => query.dataUpdatedAt).join();
  const isWaiting = patience.some(query => query.isLoading);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `stamp` stands for the answers, whose wrappers are new on every render
  const parts = useMemo(
    () =>
      queues.flatMap((queue, i): CapacityPart[] => {
        const history = histories[i]?.data;
        return history ? [partOf(queue, history, secondsOf(patience[i]?.data))] : [];
      }),
    [queues, stamp],
  );
  const failed = histories.find(query => query.isError);
  if (failed) return <Failure error={failed.error} onRetry={() => void failed.refetch()} />;
  if (parts.length < queues.length || isWaiting) return <Loading height={400} />;
  const calls = parts.reduce((sum, { week }) => sum + week.offered.reduce((a, b) => a + b, 0), 0);
  if (calls === 0) {
    return (
      <EmptyState icon="capacity" title={t('headcount.noCalls')}>
        {t('headcount.noCallsText')}
      </EmptyState>
    );
  }
  return (
    <CapacityView
      parts={parts.filter(({ week }) => week.offered.some(value => value > 0))}
      timeZone={queues[0]?.timeZone ?? 'UTC'}
    />
  );
}

function partOf(queue: Queue, history: IntervalSeries, patienceSeconds: number | null): CapacityPart {
  const terms = termsOf(queue, patienceSeconds);
  return {
    queueId: queue.id,
    week: typicalWeek(history),
    goals: goalsOf(queue),
    ahtSeconds: meanAht(history.offered, history.ahtSeconds) ?? ASSUMED_AHT_SECONDS,
    patienceSeconds: Math.round(terms.patienceSeconds ?? 0),
    shrinkage: terms.shrinkage,
    work: workOf(queue),
  };
}

function meanAht(offered: readonly (number | null)[], aht: readonly (number | null)[]): number | null {
  let seconds = 0;
  let contacts = 0;
  offered.forEach((calls, i) => {
    const value = aht[i];
    if (calls === null || value == null) return;
    seconds += calls * value;
    contacts += calls;
  });
  return contacts > 0 ? Math.round(seconds / contacts) : null;
}
