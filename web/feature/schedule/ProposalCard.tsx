import { Button, Chip, Group, MultiSelect } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { ApiError } from '../../../api/contract/client.ts';
import type { Agent } from '../../../api/contract/people.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import type { proposalSchema } from '../../../api/contract/schedule.ts';
import type { LocalDay } from '../../../forecasting/index.ts';
import { Card, Columns } from '../../component/Card.tsx';
import { Failure } from '../../component/Failure.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { formatLocalDate, formatNumber } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import classes from './Schedule.module.css';

interface ProposalCardProps {
  readonly scheduleId: string;
  readonly proposalId: string;
  readonly days: readonly LocalDay[];
  readonly agents: readonly Agent[];
  readonly onClose: () => void;
}

/** What a generation would change, to be taken whole, in part, or not at all. */
export function ProposalCard({ scheduleId, proposalId, days, agents, onClose }: ProposalCardProps) {
  const client = useQueryClient();
  const [dates, setDates] = useState<string[]>([]);
  const [agentIds, setAgentIds] = useState<string[]>([]);
  const params = { id: scheduleId, proposalId };
  const query = useQuery({
    queryKey: ['proposal', proposalId],
    queryFn: () => call(ROUTES.getProposal, { params }),
  });
  const accept = useMutation({
    mutationFn: (overwrite: boolean) =>
      call(ROUTES.acceptProposal, {
        params,
        body: {
          ...(dates.length > 0 && { dates }),
          ...(agentIds.length > 0 && { agentIds }),
          ...(overwrite && { overwrite }),
        },
      }),
    onSuccess: () => {
      notifications.show({ message: t('schedule.proposal.accepted') });
      onClose();
      void client.invalidateQueries({ queryKey: ['schedule', scheduleId] });
      void client.invalidateQueries({ queryKey: ['schedules'] });
      void client.invalidateQueries({ queryKey: ['progress'] });
    },
  });
  const discard = useMutation({
    mutationFn: () => call(ROUTES.discardProposal, { params }),
    onSuccess: onClose,
  });
  const isPart = dates.length > 0 || agentIds.length > 0;
  const wasEdited = accept.error instanceof ApiError && accept.error.problem.status === 409;
  return (
    <Card
      tone="accent"
      title={t('schedule.proposal.title')}
      note={t('schedule.proposal.text')}
      actions={
        <>
          <Button size="xs" loading={accept.isPending} onClick={() => accept.mutate(false)}>
            {t(isPart ? 'schedule.proposal.acceptPart' : 'schedule.proposal.accept')}
          </Button>
          <Button size="xs" variant="default" loading={discard.isPending} onClick={() => discard.mutate()}>
            {t('schedule.proposal.discard')}
          </Button>
        </>
      }
    >
      {wasEdited ? (
        <Group>
          <span>{t('schedule.proposal.overwrite')}</span>
          <Button size="compact-xs" variant="default" onClick={() => accept.mutate(true)}>
            {t('schedule.proposal.overwriteYes')}
          </Button>
        </Group>
      ) : accept.error ? (
        <Failure error={accept.error} />
      ) : null}
      <Loaded query={query} height={90}>
        {({ proposal }) => (
          <Columns min={360}>
            <div>
              <Comparison proposal={proposal} />
              {proposal.bound !== null ? (
                <p className={classes.saved}>
                  {t('schedule.proposal.bound', { bound: formatNumber(proposal.bound) })}
                </p>
              ) : null}
            </div>
            <div>
              <Chip.Group multiple value={dates} onChange={setDates}>
                <Group gap={4} aria-label={t('schedule.proposal.days')} role="group">
                  {days.map(day => (
                    <Chip key={day.date} size="xs" value={day.date}>
                      {formatLocalDate(day.date, false)}
                    </Chip>
                  ))}
                </Group>
              </Chip.Group>
              <MultiSelect
                mt={8}
                size="xs"
                searchable
                clearable
                label={t('schedule.proposal.people')}
                placeholder={agentIds.length === 0 ? t('schedule.proposal.everyone') : ''}
                value={agentIds}
                onChange={setAgentIds}
                data={agents.map(agent => ({ value: agent.id, label: agent.name }))}
              />
            </div>
            <ul className={classes.findingList}>
              {proposal.explanation.slice(0, 8).map(sentence => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </Columns>
        )}
      </Loaded>
    </Card>
  );
}

function Comparison({ proposal }: { readonly proposal: z.output<typeof proposalSchema> }) {
  const { before, after } = proposal;
  const rows: readonly (readonly [string, number, number, number])[] = [
    [t('schedule.proposal.under'), before.underHours, after.underHours, 1],
    [t('schedule.proposal.over'), before.overHours, after.overHours, 1],
    [t('schedule.proposal.breaches'), before.hardBreaches, after.hardBreaches, 0],
    [t('schedule.proposal.cost'), before.cost, after.cost, 0],
  ];
  return (
    <table className={classes.versions}>
      <thead>
        <tr>
          <th aria-label={t('schedule.proposal.title')} />
          <th scope="col" data-align="end">
            {t('schedule.proposal.before')}
          </th>
          <th scope="col" data-align="end">
            {t('schedule.proposal.after')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, was, becomes, digits]) => (
          <tr key={name}>
            <td>{name}</td>
            <td data-align="end">{formatNumber(was, digits)}</td>
            <td data-align="end">{formatNumber(becomes, digits)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
