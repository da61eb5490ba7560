import { Button, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Job } from '../../../api/contract/job.ts';
import type { backupSchema } from '../../../api/contract/operation.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Card } from '../../component/Card.tsx';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import { Failure } from '../../component/Failure.tsx';
import { instantColumn } from '../../component/instantColumn.ts';
import { JobProgress } from '../../component/JobProgress.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { formatDuration, formatNumber } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import { stampOf } from './stamp.ts';

type Backup = (typeof backupSchema)['_zod']['output'];

/** Backups, jobs, and taking the sample centre away. */
export function Upkeep() {
  const may = useMay();
  return (
    <Stack>
      {may('backup.manage') ? <Backups /> : null}
      <Jobs />
      {may('centre.manage') ? <SampleCentre /> : null}
    </Stack>
  );
}

function Backups() {
  const client = useQueryClient();
  const { site } = useWorkplace();
  const [jobId, setJobId] = useState<string | null>(null);
  const backups = useQuery({ queryKey: ['backups'], queryFn: () => call(ROUTES.listBackups, {}) });
  const start = useMutation({
    mutationFn: () => call(ROUTES.startBackup, {}),
    onSuccess: started => setJobId(started.jobId),
  });
  const column = 'settings.upkeep.backupColumn' as const;
  const columns: readonly TableColumn<Backup>[] = [
    { id: 'file', header: t(`${column}.file`), value: backup => backup.fileName },
    {
      id: 'size',
      header: t(`${column}.size`),
      align: 'end',
      value: backup => backup.bytes,
      cell: backup => `${formatNumber(backup.bytes / 1e6, 1)} MB`,
    },
    instantColumn({
      id: 'at',
      header: t(`${column}.at`),
      at: backup => backup.createdAt,
      timeZone: site?.timeZone ?? 'UTC',
      format: stampOf,
    }),
    {
      id: 'verified',
      header: t(`${column}.verified`),
      value: backup => t(backup.verified ? 'settings.upkeep.yes' : 'settings.upkeep.no'),
    },
  ];
  return (
    <Card
      title={t('settings.upkeep.backups')}
      note={t('settings.upkeep.backupsNote')}
      actions={
        <Button size="xs" loading={start.isPending} onClick={() => start.mutate()}>
          {t('settings.upkeep.backupNow')}
        </Button>
      }
    >
      {start.error ? <Failure error={start.error} /> : null}
      {jobId ? (
        <JobProgress
          jobId={jobId}
          title={t('settings.upkeep.backupNow')}
          onEnd={() => void client.invalidateQueries({ queryKey: ['backups'] })}
        />
      ) : null}
      <Loaded query={backups} height={100}>
        {({ items }) => (
          <DataTable
            caption={t('settings.upkeep.backups')}
            columns={columns}
            rows={items}
            rowKey={backup => backup.fileName}
            empty={<p>{t('settings.upkeep.backupsNone')}</p>}
          />
        )}
      </Loaded>
    </Card>
  );
}

function Jobs() {
  const { site } = useWorkplace();
  const jobs = useQuery({
    queryKey: ['jobs'],
    queryFn: () => call(ROUTES.listJobs, {}),
    refetchInterval: 5000,
  });
  const column = 'settings.upkeep.jobColumn' as const;
  const columns: readonly TableColumn<Job>[] = [
    { id: 'kind', header: t(`${column}.kind`), value: job => job.kind },
    { id: 'status', header: t(`${column}.status`), value: job => t(`job.status.${job.status}`) },
    { id: 'by', header: t(`${column}.by`), value: job => job.createdBy },
    instantColumn({
      id: 'at',
      header: t(`${column}.at`),
      at: job => job.createdAt,
      timeZone: site?.timeZone ?? 'UTC',
      format: stampOf,
    }),
    {
      id: 'took',
      header: t(`${column}.took`),
      align: 'end',
      value: job =>
        job.startedAt === null || job.finishedAt === null ? null : job.finishedAt - job.startedAt,
      cell: job =>
        formatDuration(
          job.startedAt === null || job.finishedAt === null ? null : job.finishedAt - job.startedAt,
        ),
    },
  ];
  return (
    <Card title={t('settings.upkeep.jobs')}>
      <Loaded query={jobs} height={160}>
        {({ items }) => (
          <DataTable
            caption={t('settings.upkeep.jobs')}
            columns={columns}
            rows={items}
            rowKey={job => job.id}
            maxHeight={320}
            empty={<p>{t('settings.upkeep.jobsNone')}</p>}
          />
        )}
      </Loaded>
    </Card>
  );
}

function SampleCentre() {
  const client = useQueryClient();
  const { sites } = useWorkplace();
  const remove = useMutation({
    mutationFn: () => call(ROUTES.removeSample, {}),
    onSuccess: () => void client.invalidateQueries(),
  });
  const isLoaded = sites.some(site => site.isSample);
  return (
    <Card title={t('settings.upkeep.sample')} note={t('settings.upkeep.sampleNote')}>
      {remove.error ? <Failure error={remove.error} /> : null}
      {isLoaded ? (
        <Button color="red" variant="outline" loading={remove.isPending} onClick={() => remove.mutate()}>
          {t('settings.upkeep.sampleRemove')}
        </Button>
      ) : (
        <p>{t('settings.upkeep.sampleGone')}</p>
      )}
    </Card>
  );
}
