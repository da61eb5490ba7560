import { Alert } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import type { Queue } from '../../../api/contract/centre.ts';
import type { ForecastSeries } from '../../../api/contract/forecast.ts';
import { normalQuantile } from '../../../forecasting/demand/negativeBinomial.ts';
import { Stat, Stats } from '../../component/Stat.tsx';
import { Term } from '../../component/Term.tsx';
import { TicketGoals } from '../../component/TicketGoals.tsx';
import { formatDuration, formatHours, formatNumber, formatPercent, formatSigned } from '../../lib/format.ts';
import { computeRequirement, type RequirementTotals, totalsOf } from '../../lib/requirement.ts';
import { chanceOfGoals, volumeSpread } from '../../lib/risk.ts';
import { useMay } from '../../lib/session.ts';
import { t } from '../../locale/i18n.ts';
import { AssumeHandleTime } from './AssumeHandleTime.tsx';
import { GoalEditor } from './GoalEditor.tsx';
import { OneMoreAgent } from './OneMoreAgent.tsx';
import { RequirementChart } from './RequirementChart.tsx';
import { RequirementTable } from './RequirementTable.tsx';
import { type Chance, Risk } from './Risk.tsx';
import { SaveTerms } from './SaveTerms.tsx';
import classes from './StaffingView.module.css';
import {
  type EditableTerms,
  EXAMPLE_GOAL,
  goalsByInterval,
  hasGoal,
  type PatienceEstimate,
  staffingTerms,
  termsOfQueue,
} from './terms.ts';

interface StaffingViewProps {
  readonly queue: Queue;
  readonly columns: ForecastSeries;
  readonly estimate: PatienceEstimate | null;
  readonly chance: Chance;
  readonly onChance: (chance: Chance) => void;
}

const FULL_TIME_HOURS = 40;

/** Goals on the left, what they ask for on the right, recomputed in the browser as they move. */
export function StaffingView({ queue, columns, estimate, chance, onChance }: StaffingViewProps) {
  const may = useMay();
  const saved = useMemo(() => termsOfQueue(queue, estimate), [queue, estimate]);
  const isExample = !hasGoal(queue.goal);
  const [changed, setChanged] = useState<EditableTerms | null>(
    isExample ? { ...saved, goal: EXAMPLE_GOAL } : null,
  );
  const terms = changed ?? saved;
  // The sliders stay smooth while the week is recomputed behind them.
  const deferred = useDeferredValue(terms);
  const asked = useAsked(queue, columns, estimate, deferred, chance);
  const savedTotals = useAsked(queue, columns, estimate, saved, null).totals;
  const isChanged = changed !== null || chance !== null;
  return (
    <div className={classes.split}>
      <div className={classes.side}>
        <GoalEditor
          terms={terms}
          estimate={estimate}
          readOnly={!may('centre.manage')}
          onChange={setChanged}
        />
        <TicketGoals siteId={queue.siteId} />
        {isExample ? <Alert color="yellow">{t('staffing.assumption')}</Alert> : null}
        {changed && may('centre.manage') ? (
          <SaveTerms queue={queue} terms={changed} isExample={isExample} onDone={() => setChanged(null)} />
        ) : null}
      </div>
      <div className={classes.main}>
        {columns.ahtSeconds.every(value => value === null) ? <AssumeHandleTime columns={columns} /> : null}
        {asked.requirement.unreachable ? (
          <Alert color="red">{t('staffing.unreachable', { reason: asked.requirement.unreachable })}</Alert>
        ) : null}
        <Totals
          columns={columns}
          totals={asked.totals}
          saved={isChanged ? savedTotals : null}
          chance={asked.meanChance}
        />
        <RequirementChart columns={columns} requirement={asked.requirement} name={queue.name} />
        <Risk
          columns={columns}
          chances={asked.chances}
          chance={chance}
          onChance={onChance}
          name={queue.name}
        />
        <OneMoreAgent columns={columns} requirement={asked.requirement} terms={asked.active} />
        <RequirementTable
          columns={columns}
          requirement={asked.requirement}
          chances={asked.chances}
          name={queue.name}
        />
      </div>
    </div>
  );
}

/** What some terms ask for: the requirement, what it gives and how sure that is. */
function useAsked(
  queue: Queue,
  columns: ForecastSeries,
  estimate: PatienceEstimate | null,
  terms: EditableTerms,
  chance: Chance,
) {
  const active = useMemo(() => staffingTerms(terms, queue, estimate), [terms, queue, estimate]);
  const goalAt = useMemo(() => goalsByInterval(terms, columns), [terms, columns]);
  const spread = useMemo(() => volumeSpread(columns.bands, columns.offered.length), [columns]);
  const requirement = useMemo(() => {
    const shift = chance === null ? 0 : normalQuantile(chance);
    const offered = columns.offered.map((calls, i) =>
      calls === null ? null : calls + shift * (spread[i] ?? 0),
    );
    return computeRequirement({ ...columns, offered }, active, goalAt);
  }, [columns, active, goalAt, chance, spread]);
  const chances = useMemo(
    () => chanceOfGoals(columns, requirement, spread, active, goalAt),
    [columns, requirement, spread, active, goalAt],
  );
  const totals = useMemo(() => totalsOf(columns, requirement), [columns, requirement]);
  return { active, requirement, chances, totals, meanChance: meanByCalls(columns.offered, chances) };
}

/** Mean over intervals, weighed by their calls. */
function meanByCalls(calls: readonly (number | null)[], values: readonly (number | null)[]): number | null {
  let sum = 0;
  let weight = 0;
  values.forEach((value, i) => {
    if (value === null) return;
    sum += value * (calls[i] ?? 0);
    weight += calls[i] ?? 0;
  });
  return weight > 0 ? sum / weight : null;
}

interface TotalsProps {
  readonly columns: ForecastSeries;
  readonly totals: RequirementTotals;
  /** What the saved terms ask for, where something differs from them. */
  readonly saved: RequirementTotals | null;
  readonly chance: number | null;
}

function Totals({ columns, totals, saved, chance }: TotalsProps) {
  const weeks = (columns.offered.length * columns.stepSeconds) / 604_800;
  return (
    <Stats>
      <Stat
        label={t('staffing.peak')}
        value={formatNumber(totals.peakAgents)}
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
      <Stat label={<Term id="serviceLevel" />} value={formatPercent(totals.serviceLevel, 1)} />
      <Stat
        label={t('staffing.risk.chance')}
        value={formatPercent(chance)}
        note={t('staffing.risk.statNote')}
      />
      <Stat label={<Term id="asa" />} value={formatDuration(totals.asaSeconds)} />
      <Stat label={<Term id="abandonment" />} value={formatPercent(totals.abandonmentRate, 1)} />
      <Stat label={<Term id="occupancy" />} value={formatPercent(totals.occupancy)} />
    </Stats>
  );
}

function versus(difference: number): string {
  return t('staffing.versus', { difference: formatSigned(difference) });
}
