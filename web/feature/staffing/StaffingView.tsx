import { Alert, Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import type { Queue } from '../../../api/contract/centre.ts';
import type { ForecastSeries } from '../../../api/contract/forecast.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Failure } from '../../component/Failure.tsx';
import { Stat, Stats } from '../../component/Stat.tsx';
import { Term } from '../../component/Term.tsx';
import { call } from '../../lib/api.ts';
import { formatDuration, formatHours, formatNumber, formatPercent, formatSigned } from '../../lib/format.ts';
import { computeRequirement, totalsOf } from '../../lib/requirement.ts';
import { useMay } from '../../lib/session.ts';
import { t } from '../../locale/i18n.ts';
import { AssumeHandleTime } from './AssumeHandleTime.tsx';
import { GoalEditor } from './GoalEditor.tsx';
import { OneMoreAgent } from './OneMoreAgent.tsx';
import { RequirementChart } from './RequirementChart.tsx';
import { RequirementTable } from './RequirementTable.tsx';
import classes from './StaffingView.module.css';
import { EXAMPLE_GOAL, hasGoal, type PatienceEstimate, staffingTerms, termsOfQueue } from './terms.ts';

interface StaffingViewProps {
  readonly queue: Queue;
  readonly columns: ForecastSeries;
  readonly estimate: PatienceEstimate | null;
}

const FULL_TIME_HOURS = 40;

/** Goals on the left, what they ask for on the right, recomputed in the browser as they move. */
export function StaffingView({ queue, columns, estimate }: StaffingViewProps) {
  const client = useQueryClient();
  const may = useMay();
  const saved = useMemo(() => termsOfQueue(queue, estimate), [queue, estimate]);
  const isExample = !hasGoal(queue.goal);
  const [changed, setChanged] = useState<typeof saved | null>(
    isExample ? { ...saved, goal: EXAMPLE_GOAL } : null,
  );
  const terms = changed ?? saved;
  // The sliders stay smooth while the week is recomputed behind them.
  const deferred = useDeferredValue(terms);
  const active = useMemo(() => staffingTerms(deferred, queue, estimate), [deferred, queue, estimate]);
  const requirement = useMemo(() => computeRequirement(columns, active), [columns, active]);
  const totals = useMemo(() => totalsOf(columns, requirement), [columns, requirement]);
  const savedTotals = useMemo(
    () => totalsOf(columns, computeRequirement(columns, staffingTerms(saved, queue, estimate))),
    [columns, saved, queue, estimate],
  );
  const save = useMutation({
    mutationFn: () =>
      call(ROUTES.updateQueue, {
        params: { id: queue.id },
        ifMatch: String(queue.revision),
        body: {
          goal: terms.goal,
          shrinkage: [...terms.shrinkage],
          patienceSeconds: terms.patience.mode === 'fixed' ? terms.patience.seconds : null,
        },
      }),
    onSuccess: () => {
      setChanged(null);
      notifications.show({ message: t('staffing.saved') });
      void client.invalidateQueries({ queryKey: ['queues'] });
    },
  });
  const weeks = (columns.offered.length * columns.stepSeconds) / 604_800;
  return (
    <div className={classes.split}>
      <div className={classes.side}>
        <GoalEditor
          terms={terms}
          estimate={estimate}
          readOnly={!may('centre.manage')}
          onChange={setChanged}
        />
        {isExample ? <Alert color="yellow">{t('staffing.assumption')}</Alert> : null}
        {save.error ? <Failure error={save.error} /> : null}
        {changed && may('centre.manage') ? (
          <Button.Group>
            <Button
              size="xs"
              loading={save.isPending}
              onClick={() => save.mutate()}
              disabled={terms.patience.mode === 'endless'}
            >
              {t(isExample ? 'staffing.assumptionUse' : 'staffing.saveGoals')}
            </Button>
            <Button size="xs" variant="default" onClick={() => setChanged(null)}>
              {t('action.undo')}
            </Button>
          </Button.Group>
        ) : null}
      </div>
      <div className={classes.main}>
        {columns.ahtSeconds.every(value => value === null) ? <AssumeHandleTime columns={columns} /> : null}
        {requirement.unreachable ? (
          <Alert color="red">{t('staffing.unreachable', { reason: requirement.unreachable })}</Alert>
        ) : null}
        <Stats>
          <Stat
            label={t('staffing.peak')}
            value={formatNumber(totals.peakAgents)}
            note={versus(totals.peakAgents - savedTotals.peakAgents, changed !== null)}
          />
          <Stat
            label={<Term id="requirement">{t('staffing.hours')}</Term>}
            value={formatHours(Math.round(totals.agentHours))}
            note={versus(Math.round(totals.agentHours - savedTotals.agentHours), changed !== null)}
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
          <Stat label={<Term id="asa" />} value={formatDuration(totals.asaSeconds)} />
          <Stat label={<Term id="abandonment" />} value={formatPercent(totals.abandonmentRate, 1)} />
          <Stat label={<Term id="occupancy" />} value={formatPercent(totals.occupancy)} />
        </Stats>
        <RequirementChart columns={columns} requirement={requirement} name={queue.name} />
        <OneMoreAgent columns={columns} requirement={requirement} terms={active} />
        <RequirementTable columns={columns} requirement={requirement} name={queue.name} />
      </div>
    </div>
  );
}

function versus(difference: number, isChanged: boolean): string | null {
  return isChanged ? t('staffing.versus', { difference: formatSigned(difference) }) : null;
}
