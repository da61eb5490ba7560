import { Button, NumberInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { ROUTES } from '../../../api/contract/routes.ts';
import { ChartCard } from '../../component/chart/ChartCard.tsx';
import { SeriesChart } from '../../component/chart/SeriesChart.tsx';
import { EmptyState } from '../../component/EmptyState.tsx';
import { Failure } from '../../component/Failure.tsx';
import { Loading } from '../../component/Loading.tsx';
import { Page } from '../../component/Page.tsx';
import { call } from '../../lib/api.ts';
import { COMPARED } from '../../lib/colours.ts';
import { formatDayTime } from '../../lib/format.ts';
import { NO_LEVERS, planAgents, scenarioResult } from '../../lib/scenario.ts';
import { useWeekDemand } from '../../lib/weekDemand.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import { SavedScenarios } from './SavedScenarios.tsx';
import { ScenarioColumn } from './ScenarioColumn.tsx';
import { Sensitivity } from './Sensitivity.tsx';
import { type Computed, type DraftScenario, leversOf } from './scenarioDraft.ts';
import classes from './WhatIf.module.css';

const MOST_SCENARIOS = 4;
const LETTERS = ['A', 'B', 'C'] as const;

/** The week in up to four versions, computed in the browser. */
export function WhatIfPage() {
  const { site } = useWorkplace();
  const { queues, isLoading, error } = useWeekDemand();
  const [scenarios, setScenarios] = useState<readonly DraftScenario[]>([
    { id: 'base', name: t('whatIf.base'), levers: NO_LEVERS },
  ]);
  const [costPerHour, setCostPerHour] = useState(28);
  const deferred = useDeferredValue(scenarios);
  const plan = useMemo(() => planAgents(queues), [queues]);
  const computed = useMemo(
    () =>
      deferred.map((scenario): Computed => {
        const result = scenarioResult(queues, scenario.levers, plan);
        return {
          scenario,
          result,
          // The band: the staff stays, the volume comes in low or high.
          low: scenarioResult(queues, scenario.levers, plan, 'upper', result.byQueue),
          high: scenarioResult(queues, scenario.levers, plan, 'lower', result.byQueue),
        };
      }),
    [queues, deferred, plan],
  );
  const first = queues[0];
  const at = useMemo(
    () => (first ? first.demand.offered.map((_, i) => first.start + i * first.demand.stepSeconds) : []),
    [first],
  );
  const change = (next: DraftScenario) =>
    setScenarios(scenarios.map(scenario => (scenario.id === next.id ? next : scenario)));
  const add = (from: DraftScenario, name?: string) => {
    const letter = LETTERS.find(entry => !scenarios.some(scenario => scenario.id === entry));
    if (!letter) return;
    setScenarios([
      ...scenarios,
      { id: letter, name: name ?? t('whatIf.scenario', { letter }), levers: from.levers },
    ]);
  };
  const secret = useSearchParams()[0].get('shared');
  const shared = useQuery({
    queryKey: ['shared-scenario', secret],
    queryFn: () => call(ROUTES.openSharedScenario, { params: { secret: secret ?? '' } }),
    enabled: secret !== null,
  });
  const received = shared.data;
  useEffect(() => {
    if (!received) return;
    const scenario = { id: received.id, name: received.name, levers: leversOf(received) };
    setScenarios(present =>
      present.some(entry => entry.id === scenario.id)
        ? present
        : [...present.slice(0, MOST_SCENARIOS - 1), scenario],
    );
  }, [received]);
  const base = computed[0];
  const last = computed.at(-1);
  return (
    <Page
      title={t('whatIf.title')}
      lead={t('whatIf.lead')}
      actions={
        <NumberInput
          size="xs"
          w={190}
          label={t('whatIf.costPerHour', { currency: site?.currency ?? 'USD' })}
          min={0}
          max={1000}
          value={costPerHour}
          onChange={value => {
            if (typeof value === 'number') setCostPerHour(value);
          }}
        />
      }
    >
      {error ? <Failure error={error} /> : null}
      {shared.error ? <Failure error={shared.error} /> : null}
      {isLoading ? <Loading height={420} /> : null}
      {!isLoading && (queues.length === 0 || !base) ? (
        <EmptyState
          icon="compare"
          title={t('whatIf.none')}
          actions={
            <Button component={Link} to="/forecast">
              {t('staffing.toForecast')}
            </Button>
          }
        >
          {t('whatIf.noneText')}
        </EmptyState>
      ) : null}
      {queues.length > 0 && base && last && first ? (
        <>
          <div className={classes.columns} data-count={computed.length}>
            {computed.map((entry, i) => (
              <ScenarioColumn
                key={entry.scenario.id}
                computed={entry}
                base={base}
                queues={queues}
                colour={COMPARED[i] ?? COMPARED[0]}
                cost={{ perHour: costPerHour, currency: site?.currency ?? 'USD' }}
                siteId={site?.id ?? ''}
                onChange={change}
                onRemove={
                  entry.scenario.id === 'base'
                    ? null
                    : () => setScenarios(scenarios.filter(scenario => scenario.id !== entry.scenario.id))
                }
                onDuplicate={scenarios.length < MOST_SCENARIOS ? () => add(entry.scenario) : null}
              />
            ))}
          </div>
          <ChartCard
            title={t('whatIf.chart')}
            unit={t('chart.unit.agents')}
            fileName="what-if"
            table={() => ({
              header: [t('chart.at'), ...computed.map(entry => entry.scenario.name)],
              rows: at.map((instant, i) => [
                formatDayTime(instant, first.timeZone),
                ...computed.map(entry => entry.result.agents[i]),
              ]),
            })}
          >
            <SeriesChart
              label={t('whatIf.chart')}
              at={at}
              timeZone={first.timeZone}
              height={260}
              lines={computed.map((entry, i) => ({
                id: entry.scenario.id,
                label: entry.scenario.name,
                colour: COMPARED[i] ?? COMPARED[0],
                values: entry.result.agents,
                step: true,
                dashed: i > 0,
              }))}
            />
          </ChartCard>
          <Sensitivity queues={queues} plan={plan} computed={last} />
          <SavedScenarios
            siteId={site?.id ?? ''}
            onOpen={
              scenarios.length < MOST_SCENARIOS ? (levers, name) => add({ id: '', name, levers }, name) : null
            }
          />
        </>
      ) : null}
    </Page>
  );
}
