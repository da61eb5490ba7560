import { Button, Group, NativeSelect } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Agent } from '../../../api/contract/people.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import type { ScheduleHead } from '../../../api/contract/schedule.ts';
import type { LocalDay } from '../../../forecasting/index.ts';
import { Failure } from '../../component/Failure.tsx';
import { JobProgress } from '../../component/JobProgress.tsx';
import { call } from '../../lib/api.ts';
import { useMay } from '../../lib/session.ts';
import { t } from '../../locale/i18n.ts';
import { ProposalCard } from './ProposalCard.tsx';
import type { Editor } from './useEditor.ts';

interface GeneratePanelProps {
  readonly head: ScheduleHead;
  readonly days: readonly LocalDay[];
  readonly agents: readonly Agent[];
  readonly editor: Editor;
}

const MODES = ['whole', 'repair', 'breaks'] as const;

/** Starts a generation; editing goes on meanwhile, and the result arrives as a proposal. */
export function GeneratePanel({ head, days, agents, editor }: GeneratePanelProps) {
  const may = useMay();
  const [mode, setMode] = useState<(typeof MODES)[number]>('whole');
  const [jobId, setJobId] = useState<string | null>(null);
  const [proposalId, setProposalId] = useState<string | null>(null);
  const start = useMutation({
    mutationFn: () => call(ROUTES.generateSchedule, { params: { id: head.id }, body: { mode } }),
    onSuccess: job => setJobId(job.jobId),
  });
  if (!may('schedule.manage')) return null;
  return (
    <>
      {start.error ? <Failure error={start.error} onRetry={() => start.reset()} /> : null}
      {jobId ? (
        <JobProgress
          jobId={jobId}
          title={t('schedule.generating')}
          onEnd={job => {
            if (job.status !== 'succeeded') return;
            setJobId(null);
            setProposalId(job.resultIds[0] ?? null);
          }}
        />
      ) : proposalId ? (
        <ProposalCard
          head={head}
          proposalId={proposalId}
          days={days}
          agents={agents}
          editor={editor}
          onClose={() => setProposalId(null)}
        />
      ) : (
        <Group gap="xs">
          <NativeSelect
            size="xs"
            aria-label={t('schedule.generate')}
            value={mode}
            onChange={event => setMode(MODES.find(entry => entry === event.currentTarget.value) ?? 'whole')}
            data={MODES.map(value => ({ value, label: t(`schedule.generateMode.${value}`) }))}
          />
          <Button
            size="xs"
            variant={editor.draft.shifts.size === 0 ? 'filled' : 'default'}
            loading={start.isPending}
            onClick={() => start.mutate()}
          >
            {t('schedule.generate')}
          </Button>
        </Group>
      )}
    </>
  );
}
