import { Button, Group, Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ROUTES } from '../../../api/contract/routes.ts';
import type { Scenario } from '../../../api/contract/scenario.ts';
import { type Levers, leversOn } from '../../../forecasting/index.ts';
import { Failure } from '../../component/Failure.tsx';
import { call } from '../../lib/api.ts';
import { formatDuration, formatPercent, formatSigned } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import type { BasisQueue } from './basis.ts';

interface PromoteDialogProps {
  readonly scenario: Scenario;
  readonly queues: readonly BasisQueue[];
  readonly onClose: () => void;
}

/** What becomes part of the plan, queue by queue, before anything is written. */
export function PromoteDialog({ scenario, queues, onClose }: PromoteDialogProps) {
  const client = useQueryClient();
  const promote = useMutation({
    mutationFn: () => call(ROUTES.promoteScenario, { params: { id: scenario.id } }),
    onSuccess: () => {
      notifications.show({ message: t('whatIf.promoted', { name: scenario.name }) });
      void client.invalidateQueries();
      onClose();
    },
  });
  const lines = queues.map(queue => ({
    queue: queue.name,
    changes: changesOf(leversOn(queue.queueId, scenario.levers)),
  }));
  const all = queues.map(queue => leversOn(queue.queueId, scenario.levers));
  const staysOut = all.some(levers => levers.staffShare !== undefined || levers.shifts);
  const opens = all.some(levers => levers.opening);
  const isEmpty = lines.every(({ changes }) => changes.length === 0);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('whatIf.promoteTitle', { name: scenario.name })}
      lockScroll={false}
    >
      <p>{t(isEmpty ? 'whatIf.promoteNothing' : 'whatIf.promoteText')}</p>
      <ul>
        {lines.map(({ queue, changes }) =>
          changes.length === 0 ? null : (
            <li key={queue}>
              <b>{queue}</b>: {changes.join('; ')}
            </li>
          ),
        )}
      </ul>
      {opens ? <p>{t('whatIf.promoteHours')}</p> : null}
      {staysOut ? <p>{t('whatIf.promoteStaff')}</p> : null}
      {promote.error ? <Failure error={promote.error} /> : null}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('action.cancel')}
        </Button>
        <Button loading={promote.isPending} disabled={isEmpty} onClick={() => promote.mutate()}>
          {t('whatIf.promote')}
        </Button>
      </Group>
    </Modal>
  );
}

function changesOf(levers: Levers): readonly string[] {
  const { volumeFactor, ahtFactor, patienceSeconds, shrinkageShare, goal, opening, campaign } = levers;
  const factor = (name: 'volume' | 'aht', value: number) =>
    `${t(`whatIf.lever.${name}`)} ${formatSigned((value - 1) * 100)} %`;
  const level = goal?.serviceLevel;
  return [
    ...(volumeFactor !== undefined && volumeFactor !== 1 ? [factor('volume', volumeFactor)] : []),
    ...(ahtFactor !== undefined && ahtFactor !== 1 ? [factor('aht', ahtFactor)] : []),
    ...(patienceSeconds === undefined
      ? []
      : [`${t('whatIf.lever.patience')} ${formatDuration(patienceSeconds)}`]),
    ...(shrinkageShare === undefined
      ? []
      : [`${t('whatIf.lever.shrinkage')} ${formatPercent(shrinkageShare)}`]),
    ...(goal
      ? [
          level
            ? t('whatIf.goalWords', {
                target: formatPercent(level.target),
                within: formatDuration(level.answerWithinSeconds),
              })
            : t('whatIf.goalOther'),
        ]
      : []),
    ...(opening ? [t('whatIf.group.opening')] : []),
    ...(campaign ? [t('whatIf.campaign.title')] : []),
  ];
}
