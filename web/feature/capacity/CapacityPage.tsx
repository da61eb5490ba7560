import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link } from 'react-router';
import type { Queue } from '../../../api/contract/centre.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { typicalWeek } from '../../../forecasting/index.ts';
import { EmptyState } from '../../component/EmptyState.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { Loading } from '../../component/Loading.tsx';
import { Page } from '../../component/Page.tsx';
import { call } from '../../lib/api.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import { CapacityView } from './CapacityView.tsx';

const LOOK_BACK_SECONDS = 9 * 7 * 86_400;

/** Headcount over the months ahead, computed in the browser from the week that the history shows. */
export function CapacityPage() {
  const { queues, queue, chooseQueue, isLoading } = useWorkplace();
  const known = queues.filter(candidate => candidate.historyTo !== null);
  const chosen = known.find(candidate => candidate.id === queue?.id) ?? known[0];
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
            data={known.map(({ id, name }) => ({ value: id, label: name }))}
            value={chosen.id}
            onChange={value => value && chooseQueue(value)}
          />
        ) : null
      }
    >
      {isLoading ? <Loading height={400} /> : null}
      {!isLoading && !chosen ? (
        <EmptyState
          icon="capacity"
          title={t('headcount.noQueue')}
          actions={
            <Button component={Link} to="/import">
              {t('headcount.import')}
            </Button>
          }
        >
          {t('headcount.noQueueText')}
        </EmptyState>
      ) : null}
      {chosen ? <QueueCapacity key={chosen.id} queue={chosen} /> : null}
    </Page>
  );
}

function QueueCapacity({ queue }: { readonly queue: Queue }) {
  const to = queue.historyTo ?? 0;
  const history = useQuery({
    queryKey: ['history', queue.id, 'recent', to],
    queryFn: () =>
      call(ROUTES.getHistory, { params: { id: queue.id }, query: { from: to - LOOK_BACK_SECONDS, to } }),
  });
  const week = useMemo(
    () => (history.data ? typicalWeek({ ...history.data, ahtSeconds: history.data.ahtSeconds }) : null),
    [history.data],
  );
  const ahtSeconds = useMemo(
    () => (history.data ? meanAht(history.data.offered, history.data.ahtSeconds) : null),
    [history.data],
  );
  return (
    <Loaded query={history} height={400}>
      {() => (week ? <CapacityView queue={queue} week={week} ahtSeconds={ahtSeconds ?? 300} /> : null)}
    </Loaded>
  );
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
