import { Alert, Badge, Button, Group, NativeSelect } from '@mantine/core';
import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { ROUTES } from '../../../api/contract/routes.ts';
import type { ScheduleHead } from '../../../api/contract/schedule.ts';
import { EmptyState } from '../../component/EmptyState.tsx';
import { Failure } from '../../component/Failure.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { Loading } from '../../component/Loading.tsx';
import { Page } from '../../component/Page.tsx';
import { call } from '../../lib/api.ts';
import { formatDayTime, formatLocalDate } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { useWorkplace, weekInstants } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import { ScheduleLoader } from './ScheduleLoader.tsx';
import { NewestLevel } from './SimulatedLevel.tsx';

/** The week's schedule, or the way to begin one. */
export function SchedulePage() {
  const { site, week, isLoading } = useWorkplace();
  const [chosen, setChosen] = useState<string | null>(null);
  const schedules = useQuery({
    queryKey: ['schedules', site?.id],
    queryFn: () => call(ROUTES.listSchedules, { query: { siteId: site?.id ?? '', limit: 100 } }),
    enabled: site !== null,
  });
  const inWeek = (schedules.data?.items ?? []).filter(
    item => item.weekStart === week && item.status !== 'archived' && item.scenarioId === null,
  );
  const shown = inWeek.find(item => item.id === chosen) ?? inWeek[0];
  const head = {
    title: t('schedule.title'),
    lead: shown ? <ScheduleState schedule={shown} /> : t('schedule.lead'),
    layout: shown ? ('fill' as const) : ('flow' as const),
  };
  return (
    <Page
      {...head}
      actions={
        inWeek.length > 1 && shown ? (
          <NativeSelect
            size="xs"
            aria-label={t('schedule.which')}
            value={shown.id}
            onChange={event => setChosen(event.currentTarget.value)}
            data={inWeek.map(item => ({
              value: item.id,
              label: `${item.name} · ${formatDayTime(item.createdAt, item.timeZone)}`,
            }))}
          />
        ) : null
      }
    >
      {isLoading ? (
        <Loading height={480} />
      ) : !site ? (
        <EmptyState
          icon="schedule"
          title={t('schedule.none')}
          actions={
            <Button component={Link} to="/">
              {t('shell.toStart')}
            </Button>
          }
        >
          {t('forecast.noHistoryText')}
        </EmptyState>
      ) : (
        <Loaded query={schedules} height={480}>
          {() =>
            shown ? <ScheduleLoader key={shown.id} head={shown} /> : <StartSchedule siteId={site.id} />
          }
        </Loaded>
      )}
    </Page>
  );
}

function ScheduleState({ schedule }: { readonly schedule: ScheduleHead }) {
  return (
    <Group gap="xs" component="span">
      <span>{schedule.name}</span>
      <Badge component="span" tt="none" variant={schedule.status === 'published' ? 'filled' : 'light'}>
        {t(`schedule.status.${schedule.status}`)}
      </Badge>
      {schedule.publishedVersion !== null ? (
        <span>
          {schedule.changedSincePublication
            ? t('schedule.changedSince', { version: schedule.publishedVersion })
            : t('schedule.version', { version: schedule.publishedVersion })}
        </span>
      ) : null}
      {schedule.publishedVersion !== null ? (
        <NewestLevel scheduleId={schedule.id} version={schedule.publishedVersion} />
      ) : null}
    </Group>
  );
}

function StartSchedule({ siteId }: { readonly siteId: string }) {
  const client = useQueryClient();
  const may = useMay();
  const { queues, week } = useWorkplace();
  const lists = useQueries({
    queries: queues.map(queue => ({
      queryKey: ['staffing-plans', queue.id],
      queryFn: () => call(ROUTES.listStaffingPlans, { query: { queueId: queue.id, limit: 100 } }),
    })),
  });
  const planIds = lists.flatMap((list, i) => {
    const { from } = weekInstants(week, queues[i]?.timeZone ?? 'UTC');
    const plan = list.data?.items.find(
      item =>
        item.start <= from && from < item.start + item.count * item.stepSeconds && item.scenarioId === null,
    );
    return plan ? [plan.id] : [];
  });
  const create = useMutation({
    mutationFn: () =>
      call(ROUTES.createSchedule, {
        body: {
          siteId,
          name: t('schedule.name', { week: formatLocalDate(week) }),
          weekStart: week,
          days: 7,
          staffingPlanIds: planIds,
          ruleSetId: null,
        },
      }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['schedules'] });
      void client.invalidateQueries({ queryKey: ['progress'] });
    },
  });
  const isLoading = lists.some(list => list.isPending);
  if (isLoading) return <Loading height={320} />;
  return (
    <>
      {create.error ? <Failure error={create.error} /> : null}
      {planIds.length === 0 ? <Alert color="yellow">{t('schedule.noPlan')}</Alert> : null}
      <EmptyState
        icon="schedule"
        title={t('schedule.none')}
        actions={
          may('schedule.manage') ? (
            <>
              {planIds.length === 0 ? (
                <Button component={Link} to="/staffing">
                  {t('schedule.toStaffing')}
                </Button>
              ) : null}
              <Button
                variant={planIds.length === 0 ? 'default' : 'filled'}
                loading={create.isPending}
                onClick={() => create.mutate()}
              >
                {t(planIds.length === 0 ? 'schedule.createAnyway' : 'schedule.create')}
              </Button>
            </>
          ) : null
        }
      >
        {t('schedule.noneText')}
      </EmptyState>
    </>
  );
}
