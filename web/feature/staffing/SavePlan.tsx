import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Failure } from '../../component/Failure.tsx';
import { JobProgress } from '../../component/JobProgress.tsx';
import { call } from '../../lib/api.ts';
import { useMay } from '../../lib/session.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import type { Chance } from './Risk.tsx';
import { hasGoal } from './terms.ts';

/** Saves the requirement of every queue that has a forecast for the week, for schedules to be measured against. */
export function SavePlan({ from, chance }: { readonly from: number; readonly chance: Chance }) {
  const client = useQueryClient();
  const may = useMay();
  const { queues } = useWorkplace();
  const [jobId, setJobId] = useState<string | null>(null);
  const lists = useQueries({
    queries: queues.map(queue => ({
      queryKey: ['forecasts', queue.id],
      queryFn: () => call(ROUTES.listForecasts, { query: { queueId: queue.id, limit: 200 } }),
    })),
  });
  const forecastIds = lists.flatMap(list => {
    const covering = list.data?.items.find(
      item =>
        item.start <= from && from < item.start + item.count * item.stepSeconds && item.scenarioId === null,
    );
    return covering ? [covering.id] : [];
  });
  const save = useMutation({
    mutationFn: () =>
      call(ROUTES.createStaffingPlans, {
        body: { forecastIds, ...(chance !== null && { chanceOfGoal: chance }) },
      }),
    onSuccess: job => setJobId(job.jobId),
  });
  const without = queues
    .filter(queue => queue.historyTo !== null && !hasGoal(queue))
    .map(queue => queue.name);
  if (!may('staffing.manage')) return null;
  if (save.error) return <Failure error={save.error} onRetry={() => save.reset()} />;
  if (jobId) {
    return (
      <JobProgress
        jobId={jobId}
        title={t('staffing.savingPlan')}
        onEnd={job => {
          if (job.status !== 'succeeded') return;
          setJobId(null);
          notifications.show({ message: t('staffing.planSaved', { count: forecastIds.length }) });
          void client.invalidateQueries({ queryKey: ['staffing-plans'] });
          void client.invalidateQueries({ queryKey: ['progress'] });
        }}
      />
    );
  }
  return (
    <Group gap="xs">
      {without.length > 0 ? <span>{t('staffing.noGoals', { names: without.join(', ') })}</span> : null}
      <Button
        size="xs"
        variant="default"
        title={t('staffing.savePlanNote')}
        disabled={forecastIds.length === 0 || without.length > 0}
        loading={save.isPending}
        onClick={() => save.mutate()}
      >
        {t('staffing.savePlan')}
      </Button>
      <Button component={Link} to="/schedule" size="xs">
        {t('staffing.toSchedule')}
      </Button>
    </Group>
  );
}
