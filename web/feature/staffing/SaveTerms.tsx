import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Queue } from '../../../api/contract/centre.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Failure } from '../../component/Failure.tsx';
import { call } from '../../lib/api.ts';
import { t } from '../../locale/i18n.ts';
import type { EditableTerms } from './terms.ts';

interface SaveTermsProps {
  readonly queue: Queue;
  readonly terms: EditableTerms;
  /** The goals are an example that nobody has taken over yet. */
  readonly isExample: boolean;
  readonly onDone: () => void;
}

/** Keeps the terms with the queue, or gives them up. */
export function SaveTerms({ queue, terms, isExample, onDone }: SaveTermsProps) {
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: () =>
      call(ROUTES.updateQueue, {
        params: { id: queue.id },
        ifMatch: String(queue.revision),
        body: {
          goal: terms.goal,
          goalPeriods: [...terms.goalPeriods],
          shrinkage: [...terms.shrinkage],
          patienceSeconds: terms.patience.mode === 'fixed' ? terms.patience.seconds : null,
        },
      }),
    onSuccess: () => {
      onDone();
      notifications.show({ message: t('staffing.saved') });
      void client.invalidateQueries({ queryKey: ['queues'] });
    },
  });
  return (
    <>
      {save.error ? <Failure error={save.error} onRetry={() => save.mutate()} /> : null}
      <Button.Group>
        <Button
          size="xs"
          loading={save.isPending}
          onClick={() => save.mutate()}
          disabled={terms.patience.mode === 'endless'}
        >
          {t(isExample ? 'staffing.assumptionUse' : 'staffing.saveGoals')}
        </Button>
        <Button size="xs" variant="default" onClick={onDone}>
          {t('action.undo')}
        </Button>
      </Button.Group>
    </>
  );
}
