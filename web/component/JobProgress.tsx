import { Button, Progress } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { ApiError } from '../../api/contract/client.ts';
import type { Job } from '../../api/contract/job.ts';
import { ROUTES } from '../../api/contract/routes.ts';
import { call } from '../lib/api.ts';
import { formatPercent } from '../lib/format.ts';
import { isEnded, useJob } from '../lib/job.ts';
import { t } from '../locale/i18n.ts';
import { Card } from './Card.tsx';
import { Failure } from './Failure.tsx';

interface JobProgressProps {
  readonly jobId: string;
  readonly title: string;
  /** Called once when the job has ended, well or badly. */
  readonly onEnd: (job: Job) => void;
}

/** A long job: what it does now, how far it is, and a way to stop it. The page stays usable meanwhile. */
export function JobProgress({ jobId, title, onEnd }: JobProgressProps) {
  const query = useJob(jobId);
  const cancel = useMutation({ mutationFn: () => call(ROUTES.cancelJob, { params: { id: jobId } }) });
  const job = query.data;
  const told = useRef<string | null>(null);
  const end = useRef(onEnd);
  end.current = onEnd;

  useEffect(() => {
    if (job && isEnded(job) && told.current !== job.id) {
      told.current = job.id;
      end.current(job);
    }
  }, [job]);

  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (job?.status === 'failed') {
    return (
      <Failure
        error={
          job.problem ? new ApiError(job.problem) : new Error(t('job.failedSilently', { stage: job.stage }))
        }
      />
    );
  }
  if (job?.status === 'cancelled') return <Card tone="warning">{t('job.cancelled')}</Card>;
  const share = job?.progress ?? 0;
  return (
    <Card
      tone="accent"
      title={title}
      actions={
        <Button
          size="compact-sm"
          variant="default"
          loading={cancel.isPending}
          onClick={() => cancel.mutate()}
        >
          {t('action.cancel')}
        </Button>
      }
    >
      <Progress value={share * 100} aria-label={title} striped animated={job?.status === 'running'} />
      <p role="status">
        {job ? `${job.stage || t(`job.status.${job.status}`)} · ${formatPercent(share)}` : t('job.waiting')}
      </p>
    </Card>
  );
}
