import { useMemo } from 'react';
import type { ForecastSeries } from '../../../api/contract/forecast.ts';
import type { Goals } from '../../../forecasting/index.ts';
import { Card } from '../../component/Card.tsx';
import { ExportButtons } from '../../component/ExportButtons.tsx';
import type { Figures } from '../../lib/csv.ts';
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
  const calls = requirement.effectiveCalls[busiest];
  const aht = columns.ahtSeconds[busiest];
  const chosen = requirement.agents[busiest];
  if (calls == null || aht == null || chosen == null || calls === 0) return null;
  const choices = [-3, -2, -1, 0, 1, 2]
    .map(step => chosen + step)
    .filter(agents => agents > 0)
    .map(agents => {
      const given = performanceOf(calls, aht, columns.stepSeconds, agents, terms);
      return { agents, given, missed: missedGoals(terms.goal, given) };
    });
  return (
    <Card
      title={t('staffing.oneMore')}
      note={t('staffing.oneMoreNote', {
        when: formatDayTime(columns.start + busiest * columns.stepSeconds, columns.timeZone),
        calls: formatNumber(calls, 1),
        aht: formatNumber(aht),
      })}
      actions={<ExportButtons fileName="one-more-agent" figures={() => figuresOf(choices)} />}
    >
      <table className={classes.compare}>
        <thead>
          <tr>
            {headings().map(name => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {choices.map(({ agents, given, missed }) => (
            <tr key={agents} data-chosen={agents === chosen}>
              <td>{t('staffing.agents', { count: agents })}</td>
              <td>{formatPercent(given.serviceLevel, 1)}</td>
              <td>{formatDuration(given.asaSeconds)}</td>
              <td>{formatPercent(given.abandonmentRate, 1)}</td>
              <td>{formatPercent(given.occupancy)}</td>
              <td>{verdict(missed)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

interface Choice {
  readonly agents: number;
  readonly given: ReturnType<typeof performanceOf>;
  readonly missed: readonly string[];
}

function headings(): readonly string[] {
  const names = ['agents', 'serviceLevel', 'asa', 'abandonment', 'occupancy'] as const;
  return [...names.map(name => t(`staffing.column.${name}`)), t('staffing.goals')];
}

function verdict(missed: readonly string[]): string {
  return missed.length === 0 ? t('staffing.meets') : t('staffing.misses', { goals: missed.join(', ') });
}

function figuresOf(choices: readonly Choice[]): Figures {
  return {
    header: headings(),
    rows: choices.map(({ agents, given, missed }) => [
      agents,
      given.serviceLevel,
      given.asaSeconds,
      given.abandonmentRate,
      given.occupancy,
      verdict(missed),
    ]),
  };
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
