import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Queue } from '../../../api/contract/centre.ts';
import type { Finding } from '../../../api/contract/history.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Card } from '../../component/Card.tsx';
import { CalendarHeat } from '../../component/chart/CalendarHeat.tsx';
import { EmptyState } from '../../component/EmptyState.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { Loading } from '../../component/Loading.tsx';
import { Page } from '../../component/Page.tsx';
import { Stat, Stats } from '../../component/Stat.tsx';
import { Term } from '../../component/Term.tsx';
import { call } from '../../lib/api.ts';
import { formatNumber, formatPercent } from '../../lib/format.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import { Findings } from './Findings.tsx';
import { HistoryChart } from './HistoryChart.tsx';

/** What is stored for a queue: calendar, intervals, findings. */
export function HistoryPage() {
  const { queue, isLoading } = useWorkplace();
  return (
    <Page title={t('history.title')} lead={t('history.lead')}>
      {isLoading ? (
        <Loading height={420} />
      ) : !queue ? (
        <EmptyState
          icon="history"
          title={t('history.noQueue')}
          actions={
            <>
              <Button component={Link} to="/import">
                {t('history.toImport')}
              </Button>
              <Button component={Link} to="/queues" variant="default">
                {t('history.toQueues')}
              </Button>
            </>
          }
        >
          {t('history.noQueueText')}
        </EmptyState>
      ) : queue.historyFrom === null || queue.historyTo === null ? (
        <EmptyState
          icon="history"
          title={t('history.none', { queue: queue.name })}
          actions={
            <Button component={Link} to="/import">
              {t('history.toImport')}
            </Button>
          }
        >
          {t('history.noneText')}
        </EmptyState>
      ) : (
        <StoredHistory key={queue.id} queue={queue} from={queue.historyFrom} to={queue.historyTo} />
      )}
    </Page>
  );
}

interface StoredHistoryProps {
  readonly queue: Queue;
  readonly from: number;
  readonly to: number;
}

function StoredHistory({ queue, from, to }: StoredHistoryProps) {
  const [day, setDay] = useState<string | null>(null);
  const days = useQuery({
    queryKey: ['history-days', queue.id],
    queryFn: () => call(ROUTES.getHistoryDays, { params: { id: queue.id } }),
  });
  const findings = useQuery({
    queryKey: ['findings', queue.id],
    queryFn: () => call(ROUTES.listFindings, { params: { id: queue.id } }),
  });
  const openFindings = (findings.data?.items ?? []).filter(finding => finding.decision === 'open');
  return (
    <>
      <Loaded query={days} height={300}>
        {columns => {
          const offered = columns.offered.reduce<number>((sum, value) => sum + (value ?? 0), 0);
          const hasAbandons = columns.abandoned.some(value => value !== null);
          const abandoned = columns.abandoned.reduce<number>((sum, value) => sum + (value ?? 0), 0);
          const withData = columns.intervalsWithData.filter(count => count > 0).length;
          const flagged = new Set(
            openFindings.filter(isOfDays).flatMap(finding =>
              columns.date.filter((_, index) => {
                const noon = Date.parse(`${columns.date[index]}T12:00:00Z`) / 1000;
                return noon + 43_200 > finding.from && noon - 43_200 < finding.to;
              }),
            ),
          );
          return (
            <>
              <Stats>
                <Stat label={t('history.total')} value={formatNumber(offered)} />
                <Stat
                  label={t('history.perDay')}
                  value={formatNumber(withData > 0 ? offered / withData : null)}
                />
                <Stat
                  label={<Term id="abandonment">{t('history.abandonment')}</Term>}
                  value={formatPercent(hasAbandons && offered > 0 ? abandoned / offered : null, 1)}
                />
                <Stat
                  label={t('history.days')}
                  value={`${formatNumber(withData)} / ${formatNumber(columns.date.length)}`}
                />
              </Stats>
              <Card title={t('history.calendar')} note={t('history.calendarNote')}>
                <CalendarHeat
                  label={t('history.calendar')}
                  selected={day}
                  onSelect={setDay}
                  days={columns.date.map((date, index) => ({
                    date,
                    value: columns.offered[index] ?? null,
                    flagged: flagged.has(date),
                  }))}
                />
              </Card>
            </>
          );
        }}
      </Loaded>
      <HistoryChart queue={queue} from={from} to={to} day={day} />
      <Findings query={findings} queue={queue} onShow={setDay} />
    </>
  );
}

/** A finding about the whole history would mark every day and so none. */
function isOfDays(finding: Finding): boolean {
  return finding.to - finding.from <= 7 * 86_400;
}
