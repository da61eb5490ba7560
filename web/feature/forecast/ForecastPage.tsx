import { Button, Group, NativeSelect } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Queue } from '../../../api/contract/centre.ts';
import type { Forecast } from '../../../api/contract/forecast.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { EmptyState } from '../../component/EmptyState.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { Loading } from '../../component/Loading.tsx';
import { Page } from '../../component/Page.tsx';
import { call } from '../../lib/api.ts';
import { formatDate, formatDayTime } from '../../lib/format.ts';
import { useWorkplace, weekInstants } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import { ForecastView } from './ForecastView.tsx';
import { RunForecast } from './RunForecast.tsx';

/** Next week's calls: run the forecast, read it, change it by named layers. */
export function ForecastPage() {
  const { queue, isLoading } = useWorkplace();
  if (isLoading) {
    return (
      <Page title={t('forecast.title')}>
        <Loading height={420} />
      </Page>
    );
  }
  if (!queue || queue.historyTo === null) {
    return (
      <Page title={t('forecast.title')} lead={t('forecast.lead')}>
        <EmptyState
          icon="forecast"
          title={t('forecast.noHistory')}
          actions={
            <Button component={Link} to="/import">
              {t('start.importHistory')}
            </Button>
          }
        >
          {t('forecast.noHistoryText')}
        </EmptyState>
      </Page>
    );
  }
  return <QueueForecasts key={queue.id} queue={queue} />;
}

function QueueForecasts({ queue }: { readonly queue: Queue }) {
  const client = useQueryClient();
  const { week } = useWorkplace();
  const [chosen, setChosen] = useState<string | null>(null);
  const forecasts = useQuery({
    queryKey: ['forecasts', queue.id],
    queryFn: () => call(ROUTES.listForecasts, { query: { queueId: queue.id, limit: 200 } }),
  });
  const { from } = weekInstants(week, queue.timeZone);
  const inWeek = (forecasts.data?.items ?? []).filter(item => covers(item, from) && item.scenarioId === null);
  const shown = inWeek.find(item => item.id === chosen) ?? inWeek[0];
  const refresh = () => {
    setChosen(null);
    void client.invalidateQueries({ queryKey: ['forecasts'] });
    void client.invalidateQueries({ queryKey: ['progress'] });
  };
  const historyDays =
    queue.historyFrom !== null && queue.historyTo !== null
      ? Math.round((queue.historyTo - queue.historyFrom) / 86_400)
      : 0;
  return (
    <Page
      title={t('forecast.title')}
      lead={historyDays < 28 ? t('forecast.shortHistory', { days: historyDays }) : t('forecast.lead')}
      actions={
        shown ? (
          <Group gap="xs">
            {inWeek.length > 1 ? (
              <NativeSelect
                size="xs"
                aria-label={t('forecast.which')}
                value={shown.id}
                onChange={event => setChosen(event.currentTarget.value)}
                data={inWeek.map(item => ({
                  value: item.id,
                  label: `${item.name} · ${formatDayTime(item.createdAt, queue.timeZone)}`,
                }))}
              />
            ) : null}
            <RunForecast queue={queue} hasForecast onDone={refresh} />
            <Button component={Link} to="/staffing" size="xs">
              {t('forecast.toStaffing')}
            </Button>
          </Group>
        ) : null
      }
    >
      <Loaded query={forecasts} height={420}>
        {() =>
          shown ? (
            <ForecastView key={shown.id} forecast={shown} queue={queue} onRun={refresh} />
          ) : (
            <EmptyState
              icon="forecast"
              title={t('forecast.none', { queue: queue.name })}
              actions={<RunForecast queue={queue} hasForecast={false} onDone={refresh} />}
            >
              {t('forecast.noneText')} {queue.historyTo ? formatDate(queue.historyTo, queue.timeZone) : null}
            </EmptyState>
          )
        }
      </Loaded>
    </Page>
  );
}

function covers(forecast: Forecast, instant: number): boolean {
  return forecast.start <= instant && instant < forecast.start + forecast.count * forecast.stepSeconds;
}
