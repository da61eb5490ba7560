import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { Card } from '../../component/Card.tsx';
import { t } from '../../locale/i18n.ts';
import classes from './Import.module.css';

interface StepFrameProps {
  readonly n: number;
  readonly name: string;
  readonly note?: string;
  /** What still has to be chosen; empty when the next step is open. */
  readonly missing?: readonly string[];
  readonly onBack: () => void;
  readonly onNext: () => void;
  readonly children: ReactNode;
}

/** A step with its way back and on, and what still stands in the way. */
export function StepFrame({ n, name, note, missing = [], onBack, onNext, children }: StepFrameProps) {
  return (
    <Card title={t('import.stepOf', { n, name })} {...(note && { note })}>
      {children}
      {missing.length > 0 ? (
        <ul role="status" className={classes.list}>
          {missing.map(words => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      ) : null}
      <Group justify="space-between" mt="md">
        <Button variant="default" onClick={onBack}>
          {t('action.back')}
        </Button>
        <Button onClick={onNext} disabled={missing.length > 0}>
          {t('action.next')}
        </Button>
      </Group>
    </Card>
  );
}
