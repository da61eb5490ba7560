import { Badge, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Card } from '../../component/Card.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { formatNumber, formatPercent, formatTime } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import classes from './Proposals.module.css';

interface ProposalsProps {
  readonly siteId: string;
  readonly date: string;
  readonly timeZone: string;
}

/** Suggested moves for the rest of the day, each with its effect. */
export function Proposals({ siteId, date, timeZone }: ProposalsProps) {
  const query = useQuery({
    queryKey: ['today-proposals', siteId, date],
    queryFn: () => call(ROUTES.listIntradayProposals, { query: { siteId, date } }),
  });
  return (
    <Loaded query={query} height={120}>
      {({ items }) => (
        <Card
          title={t('today.proposals')}
          actions={
            <Button component={Link} to="/schedule" size="compact-sm" variant="subtle">
              {t('today.openSchedule')}
            </Button>
          }
        >
          {items.length === 0 ? <p>{t('today.proposalsNone')}</p> : null}
          <ul className={classes.proposals}>
            {items.map(proposal => (
              <li key={proposal.id}>
                <Badge variant="light" tt="none">
                  {t(`today.proposal.${proposal.kind}`)}
                </Badge>
                <span className={classes.text}>
                  {proposal.text} · {formatTime(proposal.from, timeZone)}–{formatTime(proposal.to, timeZone)}
                </span>
                <span className={classes.effect}>
                  {t('today.effect', {
                    before: formatNumber(proposal.effect.shortfallBefore, 1),
                    after: formatNumber(proposal.effect.shortfallAfter, 1),
                  })}
                  {proposal.effect.serviceLevelAfter === null
                    ? null
                    : ` · ${t('today.effectLevel', {
                        before: formatPercent(proposal.effect.serviceLevelBefore, 1),
                        after: formatPercent(proposal.effect.serviceLevelAfter, 1),
                      })}`}
                </span>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </Loaded>
  );
}
