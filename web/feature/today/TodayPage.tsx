import { Button, Group, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Site } from '../../../api/contract/centre.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { localDateOf } from '../../../forecasting/index.ts';
import { EmptyState } from '../../component/EmptyState.tsx';
import { Failure } from '../../component/Failure.tsx';
import { Icon } from '../../component/Icon.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { Loading } from '../../component/Loading.tsx';
import { Page } from '../../component/Page.tsx';
import { call } from '../../lib/api.ts';
import { useMay } from '../../lib/session.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import { DayView } from './DayView.tsx';
import { Proposals } from './Proposals.tsx';

const MINUTES_TO_NOON = 720;

/** The running day; with the sample centre, a day that is played. */
export function TodayPage() {
  const { site, isLoading } = useWorkplace();
  if (!site) {
    return (
      <Page title={t('today.title')} lead={t('today.lead')}>
        {isLoading ? <Loading height={420} /> : <NothingToday />}
      </Page>
    );
  }
  return <SiteToday key={site.id} site={site} />;
}

function NothingToday() {
  const may = useMay();
  const mayForecast = may('forecast.manage');
  return (
    <EmptyState
      icon="today"
      title={t('today.none')}
      actions={
        <>
          {mayForecast ? (
            <Button component={Link} to="/forecast">
              {t('staffing.toForecast')}
            </Button>
          ) : null}
          {may('history.manage') ? (
            <Button component={Link} to="/import" variant="default">
              {t('review.toImport')}
            </Button>
          ) : null}
        </>
      }
    >
      {t(mayForecast ? 'today.noneText' : 'today.noneAsk')}
    </EmptyState>
  );
}

function SiteToday({ site }: { readonly site: Site }) {
  const { queue, week } = useWorkplace();
  // The sample's time stands still at the end of its history: its "today" is the first day of the planned week.
  const [date, setDate] = useState(() =>
    site.isSample ? week : localDateOf(Math.floor(Date.now() / 1000), site.timeZone),
  );
  const today = useQuery({
    queryKey: ['today', site.id, date],
    queryFn: () => call(ROUTES.getToday, { query: { siteId: site.id, date } }),
    refetchInterval: 60_000,
  });
  const play = usePlay(date);
  const columns = today.data?.items.find(item => item.queueId === queue?.id);
  return (
    <Page
      title={t('today.title')}
      lead={t('today.lead')}
      actions={
        <Group gap="xs">
          <TextInput
            size="xs"
            type="date"
            aria-label={t('today.date')}
            value={date}
            onChange={event => {
              if (event.currentTarget.value !== '') setDate(event.currentTarget.value);
            }}
          />
          {site.isSample ? <PlayButtons play={play} /> : null}
          <Button size="xs" component={Link} to="/review" variant="default">
            {t('today.toReview')}
          </Button>
        </Group>
      }
    >
      {play.error ? <Failure error={play.error} /> : null}
      <Loaded query={today} height={420}>
        {() =>
          columns && queue && columns.forecast.some(value => value !== null) ? (
            <>
              <DayView columns={columns} name={queue.name} />
              <Proposals siteId={site.id} date={date} />
            </>
          ) : (
            <NothingToday />
          )
        }
      </Loaded>
    </Page>
  );
}

/** Feeds a day of the sample centre, up to a minute of it or whole. */
function usePlay(date: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (untilMinute: number | null) =>
      call(ROUTES.playSampleDay, { body: { date, ...(untilMinute !== null && { untilMinute }) } }),
    onSuccess: played => {
      notifications.show({ message: t('today.played', { count: played.rowsNew }) });
      void client.invalidateQueries();
    },
  });
}

function PlayButtons({ play }: { readonly play: ReturnType<typeof usePlay> }) {
  const may = useMay();
  if (!may('actuals.write')) return null;
  return (
    <>
      <Button
        size="xs"
        variant="default"
        loading={play.isPending}
        onClick={() => play.mutate(MINUTES_TO_NOON)}
      >
        {t('today.playHalf')}
      </Button>
      <Button
        size="xs"
        title={t('today.playNote')}
        leftSection={<Icon name="play" size={15} />}
        loading={play.isPending}
        onClick={() => play.mutate(null)}
      >
        {t('today.play')}
      </Button>
    </>
  );
}
