import { Badge, Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { intradayProposalSchema } from '../../../api/contract/actuals.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Card } from '../../component/Card.tsx';
import { Failure } from '../../component/Failure.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { formatNumber, formatPercent } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { t } from '../../locale/i18n.ts';
import classes from './Proposals.module.css';

interface ProposalsProps {
  readonly siteId: string;
  readonly date: string;
}

type Proposal = z.output<typeof intradayProposalSchema>;

/** Suggested moves for the rest of the day, each with its effect; accepting one edits the draft of the week. */
export function Proposals({ siteId, date }: ProposalsProps) {
  const client = useQueryClient();
  const may = useMay();
  const query = useQuery({
    queryKey: ['today-proposals', siteId, date],
    queryFn: () => call(ROUTES.listIntradayProposals, { query: { siteId, date } }),
  });
  const accept = useMutation({
    mutationFn: ({ scheduleId, text, changes }: Proposal) =>
      call(ROUTES.acceptIntradayProposal, { body: { scheduleId, text, changes } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['today-proposals'] }),
  });
  return (
    <Loaded query={query} height={120}>
      {({ items }) => (
        <Card
          title={t('today.proposals')}
          note={t('today.proposalsNote')}
          actions={
            <Button component={Link} to="/schedule" size="compact-sm" variant="subtle">
              {t('today.openSchedule')}
            </Button>
          }
        >
          {accept.error ? <Failure error={accept.error} onRetry={() => void query.refetch()} /> : null}
          {accept.isSuccess ? (
            <p role="status">{t('today.accepted', { text: accept.variables.text })}</p>
          ) : null}
          {items.length === 0 ? <p>{t('today.proposalsNone')}</p> : null}
          <ul className={classes.proposals}>
            {items.map(proposal => (
              <li key={`${proposal.kind}:${proposal.text}`}>
                <Badge variant="light" tt="none" miw={128}>
                  {t(`today.proposal.${proposal.kind}`)}
                </Badge>
                <span className={classes.text}>{proposal.text}</span>
                <span className={classes.effect}>{effectWords(proposal)}</span>
                {may('schedule.manage') ? (
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={`${t('today.accept')}: ${proposal.text}`}
                    loading={accept.isPending && accept.variables === proposal}
                    onClick={() => accept.mutate(proposal)}
                  >
                    {t('today.accept')}
                  </Button>
                ) : null}
              </li>
            ))}
          </ul>
        </Card>
      )}
    </Loaded>
  );
}

function effectWords({ effect }: Proposal): string {
  const level = t('today.effectLevel', {
    before: formatPercent(effect.serviceLevelBefore, 1),
    after: formatPercent(effect.serviceLevelAfter, 1),
  });
  const missing = t('today.effect', {
    before: formatNumber(effect.shortfallBefore, 1),
    after: formatNumber(effect.shortfallAfter, 1),
  });
  return `${level} · ${missing}`;
}
