import { Button, Stepper } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Import, ImportMapping } from '../../../api/contract/import.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Card } from '../../component/Card.tsx';
import { Failure } from '../../component/Failure.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { Page } from '../../component/Page.tsx';
import { call } from '../../lib/api.ts';
import { t } from '../../locale/i18n.ts';
import { CheckStep } from './CheckStep.tsx';
import { FeltImport } from './FeltImport.tsx';
import { MapStep } from './MapStep.tsx';
import { PastImports } from './PastImports.tsx';
import { PreviewStep } from './PreviewStep.tsx';
import { SourceStep } from './SourceStep.tsx';
import { TimeStep } from './TimeStep.tsx';

const STEPS = ['source', 'preview', 'map', 'time', 'check', 'commit'] as const;

/** The wizard; nothing is written before its last step. */
export function ImportPage() {
  const client = useQueryClient();
  const [upload, setUpload] = useState<Import | null>(null);
  const [step, setStep] = useState(0);
  const restart = () => {
    setUpload(null);
    setStep(0);
    void client.invalidateQueries({ queryKey: ['imports'] });
  };
  return (
    <Page title={t('import.title')} lead={t('import.lead')}>
      <Stepper
        active={step}
        size="xs"
        iconSize={28}
        allowNextStepsSelect={false}
        {...(upload &&
          step < 5 && { onStepClick: (next: number) => next > 0 && next < step && setStep(next) })}
      >
        {STEPS.map(name => (
          <Stepper.Step key={name} label={t(`import.stepNames.${name}`)} />
        ))}
      </Stepper>
      {upload === null ? (
        <>
          <SourceStep
            onUploaded={uploaded => {
              setUpload(uploaded);
              setStep(1);
            }}
          />
          <FeltImport />
          <PastImports
            onResume={pending => {
              setUpload(pending);
              setStep(1);
            }}
          />
        </>
      ) : (
        <Wizard key={upload.id} upload={upload} step={step} onStep={setStep} onRestart={restart} />
      )}
    </Page>
  );
}

interface WizardProps {
  readonly upload: Import;
  readonly step: number;
  readonly onStep: (step: number) => void;
  readonly onRestart: () => void;
}

function Wizard({ upload, step, onStep, onRestart }: WizardProps) {
  const [changed, setChanged] = useState<ImportMapping | null>(null);
  const preview = useQuery({
    queryKey: ['import-preview', upload.id],
    queryFn: () => call(ROUTES.previewImport, { params: { id: upload.id } }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const discard = useMutation({
    mutationFn: () => call(ROUTES.discardImport, { params: { id: upload.id } }),
    onSettled: onRestart,
  });
  if (preview.isError) {
    return (
      <Card title={t('import.unreadable', { name: upload.fileName })}>
        <Failure error={preview.error} onRetry={() => void preview.refetch()} />
        <Button mt="md" loading={discard.isPending} onClick={() => discard.mutate()}>
          {t('import.another')}
        </Button>
      </Card>
    );
  }
  return (
    <Loaded query={preview} height={360}>
      {found => {
        const mapping = changed ?? upload.mapping ?? found.mapping;
        const shared = {
          preview: found,
          mapping,
          onChange: setChanged,
          onBack: () => (step <= 1 ? discard.mutate() : onStep(step - 1)),
          onNext: () => onStep(step + 1),
        };
        return (
          <>
            {discard.error ? <Failure error={discard.error} /> : null}
            {step === 1 ? <PreviewStep {...shared} /> : null}
            {step === 2 ? <MapStep {...shared} siteId={upload.siteId} /> : null}
            {step === 3 ? <TimeStep {...shared} /> : null}
            {step >= 4 ? (
              <CheckStep
                upload={upload}
                mapping={mapping}
                onBack={() => onStep(2)}
                onDone={() => onStep(6)}
                onRestart={onRestart}
              />
            ) : null}
          </>
        );
      }}
    </Loaded>
  );
}
