import { useMemo } from 'react';
import type { ForecastSeries } from '../../../api/contract/forecast.ts';
import type { Goals } from '../../../forecasting/index.ts';
import { Card } from '../../component/Card.tsx';
import { formatDayTime, formatDuration, formatNumber, formatPercent } from '../../lib/format.ts';
import { performanceOf, type RequirementColumns, type StaffingTerms } from '../../lib/requirement.ts';
import { t } from '../../locale/i18n.ts';
import classes from './StaffingView.module.css';

interface OneMoreAgentProps {
  readonly columns: ForecastSeries;
  readonly requirement: RequirementColumns;
  readonly terms: StaffingTerms;
}

/** The busiest interval with a few agents more and fewer: where the requirement comes from. */
export function OneMoreAgent({ columns, requirement, terms }: OneMoreAgentProps) {
  const busiest = useMemo(
    () =>
      columns.offered.reduce<number>(
        (best, calls, i) => ((calls ?? 0) > (columns.offered[best] ?? 0) ? i : best),
        0,
      ),
    [columns],
  );
  const calls = columns.offered[busiest];
  const aht = columns.ahtSeconds[busiest];
  const chosen = requirement.agents[busiest];
  if (calls == null || aht == null || chosen == null || calls === 0) return null;
  const choices = [-3, -2, -1, 0, 1, 2].map(step => chosen + step).filter(agents => agents > 0);
  return (
    <Card
      title={t('staffing.oneMore')}
      note={t('staffing.oneMoreNote', {
        when: formatDayTime(columns.start + busiest * columns.stepSeconds, columns.timeZone),
        calls: formatNumber(calls, 1),
        aht: formatNumber(aht),
      })}
    >
      <table className={classes.compare}>
        <thead>
          <tr>
            <th scope="col">{t('staffing.column.agents')}</th>
            <th scope="col">{t('staffing.column.serviceLevel')}</th>
            <th scope="col">{t('staffing.column.asa')}</th>
            <th scope="col">{t('staffing.column.abandonment')}</th>
            <th scope="col">{t('staffing.column.occupancy')}</th>
            <th scope="col">{t('staffing.goals')}</th>
          </tr>
        </thead>
        <tbody>
          {choices.map(agents => {
            const given = performanceOf(calls, aht, columns.stepSeconds, agents, terms);
            const missed = missedGoals(terms.goal, given);
            return (
              <tr key={agents} data-chosen={agents === chosen}>
                <td>{t('staffing.agents', { count: agents })}</td>
                <td>{formatPercent(given.serviceLevel, 1)}</td>
                <td>{formatDuration(given.asaSeconds)}</td>
                <td>{formatPercent(given.abandonmentRate, 1)}</td>
                <td>{formatPercent(given.occupancy)}</td>
                <td>
                  {missed.length === 0
                    ? t('staffing.meets')
                    : t('staffing.misses', { goals: missed.join(', ') })}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Card>
  );
}

function missedGoals(goal: Goals, given: ReturnType<typeof performanceOf>): readonly string[] {
  return [
    goal.serviceLevel && given.serviceLevel < goal.serviceLevel.target
      ? t('staffing.binding.serviceLevel')
      : null,
    goal.asaSeconds !== undefined && given.asaSeconds > goal.asaSeconds
      ? t('staffing.binding.asaSeconds')
      : null,
    goal.maxAbandonment !== undefined && given.abandonmentRate > goal.maxAbandonment
      ? t('staffing.binding.maxAbandonment')
      : null,
    goal.maxOccupancy !== undefined && given.occupancy > goal.maxOccupancy
      ? t('staffing.binding.maxOccupancy')
      : null,
  ].filter(name => name !== null);
}
