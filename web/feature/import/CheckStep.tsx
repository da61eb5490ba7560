import { Button, Group } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import type { Import, ImportMapping, ImportReport } from '../../../api/contract/import.ts';
import type { Job } from '../../../api/contract/job.ts';
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
  const { check, checkJob, checked, onCheckEnd, result } = useDryRun(upload, mapping);
  const [commitJob, setCommitJob] = useState<string | null>(null);
  const [done, setDone] = useState(false);
  const commit = useMutation({
    mutationFn: (onRejected: 'refuse' | 'leaveOut') =>
      call(ROUTES.commitImport, { params: { id: upload.id }, body: { mapping, onRejected } }),
    onSuccess: job => setCommitJob(job.jobId),
  });
  if (done) return <Imported onRestart={onRestart} />;
  return (
    <>
      {check.error ? <Failure error={check.error} onRetry={() => check.mutate()} /> : null}
      {commit.error ? <Failure error={commit.error} /> : null}
      {checkJob && !checked ? (
        <JobProgress jobId={checkJob} title={t('import.check.running')} onEnd={onCheckEnd} />
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
                <CommitButtons
                  report={report}
                  isPending={commit.isPending}
                  onBack={onBack}
                  onCommit={commit.mutate}
                />
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

/** Checks the file once, on entering the step; reads the report when the job is done. */
function useDryRun(upload: Import, mapping: ImportMapping) {
  const [checkJob, setCheckJob] = useState<string | null>(null);
  const [checked, setChecked] = useState(false);
  const check = useMutation({
    mutationFn: () => call(ROUTES.checkImport, { params: { id: upload.id }, body: mapping }),
    onSuccess: job => setCheckJob(job.jobId),
  });
  const result = useQuery({
    queryKey: ['import', upload.id],
    queryFn: () => call(ROUTES.getImport, { params: { id: upload.id } }),
    enabled: checked,
    staleTime: 0,
  });
  // A remount must not start it twice.
  const started = useRef(false);
  const begin = useRef(check.mutate);
  begin.current = check.mutate;
  useEffect(() => {
    if (started.current) return;
    started.current = true;
    begin.current();
  }, []);
  const onCheckEnd = (job: Job) => {
    if (job.status === 'succeeded') setChecked(true);
  };
  return { check, checkJob, checked, onCheckEnd, result };
}

interface CommitButtonsProps {
  readonly report: ImportReport;
  readonly isPending: boolean;
  readonly onBack: () => void;
  readonly onCommit: (onRejected: 'refuse' | 'leaveOut') => void;
}

/** Back, or write; a file that would change nothing says so. */
function CommitButtons({ report, isPending, onBack, onCommit }: CommitButtonsProps) {
  const { rowsNew, rowsChanged, rowsRejected, unreadable } = report;
  const hasNothing = rowsNew + rowsChanged === 0;
  return (
    <>
      {hasNothing && unreadable === null ? (
        <p role="status">{t(rowsRejected > 0 ? 'import.commit.allRejected' : 'import.commit.allSame')}</p>
      ) : null}
      <Group justify="space-between">
        <Button variant="default" onClick={onBack}>
          {t('action.back')}
        </Button>
        <Button
          disabled={unreadable !== null || hasNothing}
          loading={isPending}
          onClick={() => onCommit(rowsRejected > 0 ? 'leaveOut' : 'refuse')}
        >
          {rowsRejected > 0 ? t('import.commit.leaveOut', { count: rowsRejected }) : t('import.commit.go')}
        </Button>
      </Group>
    </>
  );
}

function Imported({ onRestart }: { readonly onRestart: () => void }) {
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
            {t('import.another')}
          </Button>
        </>
      }
    >
      {t('import.commit.doneText')}
    </EmptyState>
  );
}
