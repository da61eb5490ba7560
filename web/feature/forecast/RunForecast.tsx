import { Button, Group, NativeSelect } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Queue } from '../../../api/contract/centre.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Failure } from '../../component/Failure.tsx';
import { JobProgress } from '../../component/JobProgress.tsx';
import { call } from '../../lib/api.ts';
import { formatLocalDate } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { useWorkplace, weekInstants } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';

interface RunForecastProps {
  readonly queue: Queue;
  readonly hasForecast: boolean;
  readonly onDone: () => void;
}

const LENGTHS = [7, 14, 28, 56] as const;

/** Starts the forecast job for every queue of the site and follows it. */
export function RunForecast({ queue, hasForecast, onDone }: RunForecastProps) {
  const { queues, week } = useWorkplace();
  const may = useMay();
  const [days, setDays] = useState(7);
  const [jobId, setJobId] = useState<string | null>(null);
  const withHistory = queues.filter(candidate => candidate.historyTo !== null);
  const start = useMutation({
    mutationFn: () =>
      call(ROUTES.createForecasts, {
        body: {
          name: formatLocalDate(week),
          queueIds: withHistory.map(candidate => candidate.id),
          start: weekInstants(week, queue.timeZone).from,
          days,
        },
      }),
    onSuccess: job => setJobId(job.jobId),
  });
  if (!may('forecast.manage')) return null;
  if (start.error) return <Failure error={start.error} onRetry={() => start.reset()} />;
  if (jobId) {
    return (
      <JobProgress
        jobId={jobId}
        title={t('forecast.running')}
        onEnd={job => {
          if (job.status === 'succeeded') {
            setJobId(null);
            onDone();
          }
        }}
      />
    );
  }
  return (
    <Group gap="xs">
      <NativeSelect
        size="xs"
        aria-label={t('forecast.days')}
        value={String(days)}
        onChange={event => setDays(Number(event.currentTarget.value))}
        data={LENGTHS.map(value => ({
          value: String(value),
          label: t('forecast.daysOption', { count: value }),
        }))}
      />
      <Button
        size="xs"
        variant={hasForecast ? 'default' : 'filled'}
        loading={start.isPending}
        onClick={() => start.mutate()}
      >
        {hasForecast
          ? t('forecast.runAgain')
          : withHistory.length > 1
            ? t('forecast.runAll')
            : t('forecast.run')}
      </Button>
    </Group>
  );
}
