import { Button, Group } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import type { Import, ImportMapping } from '../../../api/contract/import.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { EmptyState } from '../../component/EmptyState.tsx';
import { Failure } from '../../component/Failure.tsx';
import { JobProgress } from '../../component/JobProgress.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { t } from '../../locale/i18n.ts';
import { ImportReportView } from './ImportReportView.tsx';

interface CheckStepProps {
  readonly upload: Import;
  readonly mapping: ImportMapping;
  readonly onBack: () => void;
  readonly onDone: () => void;
  readonly onRestart: () => void;
}

/** The dry run, its report, and the one button that writes. */
export function CheckStep({ upload, mapping, onBack, onDone, onRestart }: CheckStepProps) {
  const client = useQueryClient();
  const [checkJob, setCheckJob] = useState<string | null>(null);
  const [checked, setChecked] = useState(false);
  const [commitJob, setCommitJob] = useState<string | null>(null);
  const [done, setDone] = useState(false);
  const check = useMutation({
    mutationFn: () => call(ROUTES.checkImport, { params: { id: upload.id }, body: mapping }),
    onSuccess: job => setCheckJob(job.jobId),
  });
  const commit = useMutation({
    mutationFn: (onRejected: 'refuse' | 'leaveOut') =>
      call(ROUTES.commitImport, { params: { id: upload.id }, body: { mapping, onRejected } }),
    onSuccess: job => setCommitJob(job.jobId),
  });
  const result = useQuery({
    queryKey: ['import', upload.id],
    queryFn: () => call(ROUTES.getImport, { params: { id: upload.id } }),
    enabled: checked,
    staleTime: 0,
  });
  // The check starts by itself on entering the step; a remount must not start it twice.
  const started = useRef(false);
  const begin = useRef(check.mutate);
  begin.current = check.mutate;
  useEffect(() => {
    if (started.current) return;
    started.current = true;
    begin.current();
  }, []);

  if (done) {
    return (
      <EmptyState
        icon="check"
        title={t('import.commit.done')}
        actions={
          <>
            <Button component={Link} to="/history">
              {t('import.commit.toHistory')}
            </Button>
            <Button component={Link} to="/forecast" variant="default">
              {t('import.commit.toForecast')}
            </Button>
            <Button variant="subtle" onClick={onRestart}>
              {t('import.start')}
            </Button>
          </>
        }
      >
        {t('import.commit.doneText')}
      </EmptyState>
    );
  }
  return (
    <>
      {check.error ? <Failure error={check.error} onRetry={() => check.mutate()} /> : null}
      {commit.error ? <Failure error={commit.error} /> : null}
      {checkJob && !checked ? (
        <JobProgress
          jobId={checkJob}
          title={t('import.check.running')}
          onEnd={job => {
            if (job.status === 'succeeded') setChecked(true);
          }}
        />
      ) : null}
      {commitJob ? (
        <JobProgress
          jobId={commitJob}
          title={t('import.commit.running')}
          onEnd={job => {
            if (job.status !== 'succeeded') return;
            setDone(true);
            onDone();
            // The upload itself is gone after the commit; everything made from it is to be read anew.
            void client.invalidateQueries({
              predicate: query => !String(query.queryKey[0]).startsWith('import'),
            });
          }}
        />
      ) : null}
      {checked ? (
        <Loaded query={result} height={260}>
          {({ report }) =>
            report ? (
              <>
                <ImportReportView report={report} timeZone={mapping.timeZone} />
                <Group justify="space-between">
                  <Button variant="default" onClick={onBack}>
                    {t('action.back')}
                  </Button>
                  <Button
                    disabled={report.unreadable !== null || report.rowsNew + report.rowsChanged === 0}
                    loading={commit.isPending}
                    onClick={() => commit.mutate(report.rowsRejected > 0 ? 'leaveOut' : 'refuse')}
                  >
                    {report.rowsRejected > 0
                      ? t('import.commit.leaveOut', { count: report.rowsRejected })
                      : t('import.commit.go')}
                  </Button>
                </Group>
              </>
            ) : null
          }
        </Loaded>
      ) : (
        <Group>
          <Button variant="default" onClick={onBack}>
            {t('action.back')}
          </Button>
        </Group>
      )}
    </>
  );
}
