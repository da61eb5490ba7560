import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { isDeferred, type Queue } from '../../../api/contract/centre.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { EmptyState } from '../../component/EmptyState.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { Loading } from '../../component/Loading.tsx';
import { Page } from '../../component/Page.tsx';
import { call } from '../../lib/api.ts';
import { useWorkplace, weekInstants } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import type { Chance } from './Risk.tsx';
import { SavePlan } from './SavePlan.tsx';
import { StaffingView } from './StaffingView.tsx';

/** Goals in, agents out, at once. */
export function StaffingPage() {
  const { queue, isLoading } = useWorkplace();
  if (isLoading || !queue) {
    return (
      <Page title={t('staffing.title')} lead={t('staffing.lead')}>
        {isLoading ? <Loading height={420} /> : <NoForecast name="" />}
      </Page>
    );
  }
  return <QueueStaffing key={queue.id} queue={queue} />;
}

function NoForecast({ name }: { readonly name: string }) {
  return (
    <EmptyState
      icon="staffing"
      title={t('staffing.none', { queue: name })}
      actions={
        <Button component={Link} to="/forecast">
          {t('staffing.toForecast')}
        </Button>
      }
    >
      {t('staffing.noneText')}
    </EmptyState>
  );
}

function QueueStaffing({ queue }: { readonly queue: Queue }) {
  const { week } = useWorkplace();
  const { from } = weekInstants(week, queue.timeZone);
  const [chance, setChance] = useState<Chance>(null);
  const forecasts = useQuery({
    queryKey: ['forecasts', queue.id],
    queryFn: () => call(ROUTES.listForecasts, { query: { queueId: queue.id, limit: 200 } }),
  });
  const forecast = forecasts.data?.items.find(
    item =>
      item.start <= from && from < item.start + item.count * item.stepSeconds && item.scenarioId === null,
  );
  const series = useQuery({
    queryKey: ['forecast-series', forecast?.id],
    queryFn: () => call(ROUTES.getForecastSeries, { params: { id: forecast?.id ?? '' } }),
    enabled: forecast !== undefined,
  });
  const patience = useQuery({
    queryKey: ['patience', queue.id],
    queryFn: () => call(ROUTES.estimatePatience, { params: { id: queue.id } }),
    enabled: queue.historyTo !== null && !isDeferred(queue.channel),
  });
  return (
    <Page
      title={t('staffing.title')}
      lead={t('staffing.lead')}
      actions={forecast ? <SavePlan from={from} chance={chance} /> : null}
    >
      <Loaded query={forecasts} height={480}>
        {() =>
          forecast ? (
            <Loaded query={series} height={480}>
              {columns => (
                <StaffingView
                  key={`${columns.forecastId}${queue.revision}`}
                  queue={queue}
                  columns={columns}
                  estimate={patience.data ?? null}
                  chance={chance}
                  onChance={setChance}
                />
              )}
            </Loaded>
          ) : (
            <NoForecast name={queue.name} />
          )
        }
      </Loaded>
    </Page>
  );
}
