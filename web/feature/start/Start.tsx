import { Badge, Button, Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Card, Columns } from '../../component/Card.tsx';
import { Failure } from '../../component/Failure.tsx';
import { Icon } from '../../component/Icon.tsx';
import { JobProgress } from '../../component/JobProgress.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { Page } from '../../component/Page.tsx';
import { call } from '../../lib/api.ts';
import { useMay } from '../../lib/session.ts';
import { t } from '../../locale/i18n.ts';
import { Steps } from './Steps.tsx';

/** The way through the product as a live checklist; before anything is there, the two ways in. */
export function Start() {
  const client = useQueryClient();
  const may = useMay();
  const [jobId, setJobId] = useState<string | null>(null);
  const progress = useQuery({ queryKey: ['progress'], queryFn: () => call(ROUTES.getProgress, {}) });
  const loadSample = useMutation({
    mutationFn: () => call(ROUTES.loadSample, { body: {} }),
    onSuccess: job => setJobId(job.jobId),
  });
  return (
    <Page title={t('start.title')} lead={t('start.lead')} layout="narrow">
      {loadSample.error ? <Failure error={loadSample.error} /> : null}
      {jobId ? (
        <JobProgress
          jobId={jobId}
          title={t('start.sampleLoading')}
          onEnd={job => {
            if (job.status === 'succeeded') setJobId(null);
            void client.invalidateQueries();
          }}
        />
      ) : null}
      <Loaded query={progress} height={420}>
        {({ steps, sampleLoaded }) => (
          <>
            {!steps.some(step => step.done) && !jobId && may('centre.manage') ? (
              <WaysIn onLoadSample={() => loadSample.mutate()} isLoading={loadSample.isPending} />
            ) : null}
            <Steps steps={steps} sampleLoaded={sampleLoaded} />
            {sampleLoaded && may('centre.manage') ? <RemoveSample /> : null}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function WaysIn({
  onLoadSample,
  isLoading,
}: {
  readonly onLoadSample: () => void;
  readonly isLoading: boolean;
}) {
  return (
    <Columns min={360}>
      <Card title={t('start.sampleTitle')} actions={<Badge variant="light">{t('shell.sample')}</Badge>}>
        <p>{t('start.sampleText')}</p>
        <Button leftSection={<Icon name="play" />} loading={isLoading} onClick={onLoadSample}>
          {t('start.loadSample')}
        </Button>
      </Card>
      <Card title={t('start.ownTitle')}>
        <p>{t('start.ownText')}</p>
        <Button component={Link} to="/import" variant="default" leftSection={<Icon name="import" />}>
          {t('start.importHistory')}
        </Button>
      </Card>
    </Columns>
  );
}

function RemoveSample() {
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () => call(ROUTES.removeSample, {}),
    onSuccess: () => {
      setAsking(false);
      notifications.show({ message: t('start.sampleRemoved') });
      void client.invalidateQueries();
    },
  });
  return (
    <div>
      <Button
        variant="subtle"
        color="gray"
        size="xs"
        leftSection={<Icon name="trash" size={15} />}
        onClick={() => setAsking(true)}
      >
        {t('start.removeSample')}
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={t('start.removeSample')}>
        <p>{t('start.removeSampleText')}</p>
        {remove.error ? <Failure error={remove.error} /> : null}
        <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
          {t('start.removeSample')}
        </Button>
      </Modal>
    </div>
  );
}
