import { Alert } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import { isDeferred, type Queue } from '../../../api/contract/centre.ts';
import type { ForecastSeries } from '../../../api/contract/forecast.ts';
import { normalQuantile } from '../../../forecasting/demand/negativeBinomial.ts';
import { Card } from '../../component/Card.tsx';
import { TicketGoals } from '../../component/TicketGoals.tsx';
import { methodWords } from '../../lib/queueTerms.ts';
import { computeRequirement, totalsOf } from '../../lib/requirement.ts';
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
import { Totals } from './Totals.tsx';
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

/** Goals on the left, what they ask for on the right, recomputed in the browser as they move. */
export function StaffingView({ queue, columns, estimate, chance, onChance }: StaffingViewProps) {
  const may = useMay();
  const saved = useMemo(() => termsOfQueue(queue, estimate), [queue, estimate]);
  const isExample = !hasGoal(queue);
  const [changed, setChanged] = useState<EditableTerms | null>(
    isExample ? { ...saved, goal: EXAMPLE_GOAL } : null,
  );
  const terms = changed ?? saved;
  // The sliders stay smooth while the week is recomputed behind them.
  const deferred = useDeferredValue(terms);
  const asked = useAsked(queue, columns, estimate, deferred, chance);
  const savedTotals = useAsked(queue, columns, estimate, saved, null).totals;
  const isChanged = changed !== null || chance !== null;
  const waitsForTurn = isDeferred(queue.channel);
  return (
    <div className={classes.split}>
      <div className={classes.side}>
        <GoalEditor
          terms={terms}
          estimate={estimate}
          isDeferred={waitsForTurn}
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
        <Obstacles columns={columns} unreachable={asked.requirement.unreachable} />
        <Totals
          columns={columns}
          totals={asked.totals}
          saved={isChanged ? savedTotals : null}
          chance={asked.meanChance}
          isDeferred={waitsForTurn}
        />
        <Card title={t('staffing.method')}>{methodWords(queue.channel, asked.active)}</Card>
        <RequirementChart
          columns={columns}
          requirement={asked.requirement}
          channel={queue.channel}
          name={queue.name}
        />
        {waitsForTurn ? null : (
          <>
            <Risk
              columns={columns}
              chances={asked.chances}
              chance={chance}
              onChance={onChance}
              name={queue.name}
            />
            <OneMoreAgent columns={columns} requirement={asked.requirement} terms={asked.active} />
          </>
        )}
        <RequirementTable
          columns={columns}
          requirement={asked.requirement}
          chances={asked.chances}
          isDeferred={waitsForTurn}
          name={queue.name}
        />
      </div>
    </div>
  );
}

interface ObstaclesProps {
  readonly columns: ForecastSeries;
  readonly unreachable: string | null;
}

/** What keeps the requirement from being computed. */
function Obstacles({ columns, unreachable }: ObstaclesProps) {
  return (
    <>
      {columns.ahtSeconds.every(value => value === null) ? <AssumeHandleTime columns={columns} /> : null}
      {unreachable ? <Alert color="red">{t('staffing.unreachable', { reason: unreachable })}</Alert> : null}
    </>
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
  const shift = chance === null ? 0 : normalQuantile(chance);
  const requirement = useMemo(() => {
    const offered = columns.offered.map((calls, i) =>
      calls === null ? null : Math.max(0, calls + shift * (spread[i] ?? 0)),
    );
    return computeRequirement({ ...columns, offered }, active, goalAt);
  }, [columns, active, goalAt, shift, spread]);
  const chances = useMemo(
    () => chanceOfGoals(columns, requirement, spread, active, goalAt, shift),
    [columns, requirement, spread, active, goalAt, shift],
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
