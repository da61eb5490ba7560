import type { ForecastSeries } from '../../../api/contract/forecast.ts';
import { Stat, Stats } from '../../component/Stat.tsx';
import { Term } from '../../component/Term.tsx';
import { formatDuration, formatHours, formatNumber, formatPercent, formatSigned } from '../../lib/format.ts';
import type { RequirementTotals } from '../../lib/requirement.ts';
import { t } from '../../locale/i18n.ts';

const FULL_TIME_HOURS = 40;

interface TotalsProps {
  readonly columns: ForecastSeries;
  readonly totals: RequirementTotals;
  /** What the saved terms ask for, where something differs from them. */
  readonly saved: RequirementTotals | null;
  readonly chance: number | null;
  readonly isDeferred: boolean;
}

/** What the requirement comes to: of a line its waits, of deferred work what is kept of the promise. */
export function Totals({ columns, totals, saved, chance, isDeferred }: TotalsProps) {
  const weeks = (columns.offered.length * columns.stepSeconds) / 604_800;
  return (
    <Stats>
      <Stat
        label={t('staffing.peak')}
        value={formatNumber(totals.peakAgents, isDeferred ? 1 : 0)}
        note={saved ? versus(totals.peakAgents - saved.peakAgents) : null}
      />
      <Stat
        label={<Term id="requirement">{t('staffing.hours')}</Term>}
        value={formatHours(Math.round(totals.agentHours))}
        note={saved ? versus(Math.round(totals.agentHours - saved.agentHours)) : null}
      />
      <Stat
        label={<Term id="shrinkage">{t('staffing.paidHours')}</Term>}
        value={formatHours(Math.round(totals.paidHours))}
        note={t('staffing.paidNote', {
          fte: formatNumber(weeks > 0 ? totals.paidHours / weeks / FULL_TIME_HOURS : null, 1),
          hours: FULL_TIME_HOURS,
        })}
      />
      {isDeferred ? <DeferredStats totals={totals} /> : <LineStats totals={totals} chance={chance} />}
      <Stat label={<Term id="occupancy" />} value={formatPercent(totals.occupancy)} />
    </Stats>
  );
}

function LineStats({ totals, chance }: Pick<TotalsProps, 'totals' | 'chance'>) {
  return (
    <>
      <Stat label={<Term id="serviceLevel" />} value={formatPercent(totals.serviceLevel, 1)} />
      <Stat
        label={t('staffing.risk.chance')}
        value={formatPercent(chance)}
        note={t('staffing.risk.statNote')}
      />
      <Stat label={<Term id="asa" />} value={formatDuration(totals.asaSeconds)} />
      <Stat label={<Term id="abandonment" />} value={formatPercent(totals.abandonmentRate, 1)} />
    </>
  );
}

function DeferredStats({ totals }: Pick<TotalsProps, 'totals'>) {
  return (
    <>
      <Stat label={t('staffing.deferred.inTime')} value={formatPercent(totals.serviceLevel, 1)} />
      <Stat
        label={t('staffing.deferred.latest')}
        value={formatDuration(totals.latestFinishSeconds)}
        note={t('staffing.deferred.latestNote')}
      />
      <Stat
        label={t('staffing.deferred.work')}
        value={formatHours(Math.round(totals.workHours))}
        note={t('staffing.deferred.workNote')}
      />
    </>
  );
}

function versus(difference: number): string {
  return t('staffing.versus', { difference: formatSigned(difference) });
}
