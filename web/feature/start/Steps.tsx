import { Button } from '@mantine/core';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { ROUTES } from '../../../api/contract/routes.ts';
import { Card } from '../../component/Card.tsx';
import { Icon } from '../../component/Icon.tsx';
import { t } from '../../locale/i18n.ts';
import classes from './Steps.module.css';

type Progress = z.output<typeof ROUTES.getProgress.response>;
type Step = Progress['steps'][number];

const PATHS: Readonly<Record<Step['id'], string>> = {
  import: '/import',
  clean: '/history',
  forecast: '/forecast',
  staff: '/staffing',
  schedule: '/schedule',
  publish: '/schedule',
  actuals: '/today',
  review: '/review',
};

interface StepsProps {
  readonly steps: readonly Step[];
  readonly sampleLoaded: boolean;
}

/** Eight steps with what is done and what comes next. */
export function Steps({ steps, sampleLoaded }: StepsProps) {
  const next = steps.find(step => !step.done)?.id;
  const done = steps.filter(step => step.done).length;
  return (
    <Card
      title={t('start.stepsTitle')}
      note={t('start.stepsDone', { done, total: steps.length })}
      actions={
        sampleLoaded && done > 1 ? (
          <Button component={Link} to="/import" size="compact-sm" variant="subtle">
            {t('start.doWithMine')}
          </Button>
        ) : null
      }
    >
      <ol className={classes.steps}>
        {steps.map((step, index) => (
          <li key={step.id} data-state={step.done ? 'done' : step.id === next ? 'next' : 'later'}>
            <span className={classes.mark} aria-hidden="true">
              {step.done ? <Icon name="check" size={16} /> : index + 1}
            </span>
            <span className={classes.words}>
              <b>{t(`start.steps.${step.id}.name`)}</b>
              {step.done ? <span className="visuallyHidden"> ({t('start.done')})</span> : null}
              <span className={classes.does}>{step.note || t(`start.steps.${step.id}.does`)}</span>
            </span>
            <Button
              component={Link}
              to={PATHS[step.id]}
              size="xs"
              variant={step.id === next ? 'filled' : 'subtle'}
              aria-label={`${t(step.id === next ? 'start.next' : 'start.open')}: ${t(`start.steps.${step.id}.name`)}`}
            >
              {t(step.id === next ? 'start.next' : 'start.open')}
            </Button>
          </li>
        ))}
      </ol>
    </Card>
  );
}
