import { ActionIcon, Button, Switch, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Failure } from '../../component/Failure.tsx';
import { Icon } from '../../component/Icon.tsx';
import { Term } from '../../component/Term.tsx';
import { call } from '../../lib/api.ts';
import {
  formatDuration,
  formatMoney,
  formatNumber,
  formatPercent,
  formatPoints,
  formatSigned,
} from '../../lib/format.ts';
import { leveredTerms } from '../../lib/scenario.ts';
import { useMay } from '../../lib/session.ts';
import type { WeekQueue } from '../../lib/weekDemand.ts';
import { t } from '../../locale/i18n.ts';
import { LeverSlider } from './LeverSlider.tsx';
import { type Computed, type DraftScenario, storedLevers } from './scenarioDraft.ts';
import classes from './WhatIf.module.css';

interface ScenarioColumnProps {
  readonly computed: Computed;
  readonly base: Computed;
  readonly queues: readonly WeekQueue[];
  readonly colour: string;
  readonly cost: { readonly perHour: number; readonly currency: string };
  readonly siteId: string;
  readonly onChange: (scenario: DraftScenario) => void;
  readonly onRemove: (() => void) | null;
  readonly onDuplicate: (() => void) | null;
}

/** One version of the week: its levers above its results. */
export function ScenarioColumn(props: ScenarioColumnProps) {
  const { computed, base, queues, colour, onChange, onRemove, onDuplicate } = props;
  const { scenario } = computed;
  const isBase = onRemove === null;
  return (
    <section className={classes.column} style={{ borderTopColor: colour }} aria-label={scenario.name}>
      <header className={classes.head}>
        {isBase ? (
          <h2>{scenario.name}</h2>
        ) : (
          <TextInput
            size="xs"
            aria-label={t('whatIf.name')}
            value={scenario.name}
            onChange={event => onChange({ ...scenario, name: event.currentTarget.value })}
          />
        )}
        {onRemove ? (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('whatIf.remove', { name: scenario.name })}
            onClick={onRemove}
          >
            <Icon name="close" size={15} />
          </ActionIcon>
        ) : null}
      </header>
      <Results {...props} isBase={isBase} base={base} />
      {isBase ? null : <LeverList scenario={scenario} queues={queues} onChange={onChange} />}
      <div className={classes.actions}>
        {onDuplicate ? (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<Icon name="copy" size={14} />}
            onClick={onDuplicate}
          >
            {t('whatIf.add')}
          </Button>
        ) : null}
        {isBase ? null : <SaveTools {...props} />}
      </div>
    </section>
  );
}

function Results({ computed, base, cost, isBase }: ScenarioColumnProps & { readonly isBase: boolean }) {
  const { result, low, high } = computed;
  const band = (show: (value: number | null) => string, a: number | null, b: number | null) =>
    t('whatIf.band', { low: show(a), high: show(b) });
  const versus = (words: string) => (isBase ? null : t('whatIf.versusBase', { difference: words }));
  const percent = (value: number | null) => formatPercent(value, 1);
  const money = (hours: number) => formatMoney(hours * cost.perHour, cost.currency);
  const points = (a: number | null, b: number | null) =>
    formatPoints(a === null || b === null ? null : a - b);
  return (
    <dl className={classes.results}>
      <Result
        name={<Term id="serviceLevel">{t('whatIf.result.serviceLevel')}</Term>}
        value={percent(result.serviceLevel)}
        notes={[
          band(percent, low.serviceLevel, high.serviceLevel),
          versus(points(result.serviceLevel, base.result.serviceLevel)),
        ]}
      />
      <Result
        name={<Term id="asa">{t('whatIf.result.asa')}</Term>}
        value={formatDuration(result.asaSeconds)}
        notes={[band(formatDuration, high.asaSeconds, low.asaSeconds)]}
      />
      <Result
        name={<Term id="abandonment">{t('whatIf.result.abandonment')}</Term>}
        value={percent(result.abandonmentRate)}
        notes={[band(percent, high.abandonmentRate, low.abandonmentRate)]}
      />
      <Result
        name={<Term id="occupancy">{t('whatIf.result.occupancy')}</Term>}
        value={formatPercent(result.occupancy)}
        notes={[band(value => formatPercent(value), high.occupancy, low.occupancy)]}
      />
      <Result
        name={t('whatIf.result.peak')}
        value={formatNumber(result.peakAgents)}
        notes={[versus(formatSigned(result.peakAgents - base.result.peakAgents))]}
      />
      <Result
        name={t('whatIf.result.hours')}
        value={formatNumber(result.paidHours)}
        notes={[versus(formatSigned(result.paidHours - base.result.paidHours))]}
      />
      <Result
        name={t('whatIf.result.cost')}
        value={money(result.paidHours)}
        notes={[versus(money(result.paidHours - base.result.paidHours))]}
      />
    </dl>
  );
}

function Result({
  name,
  value,
  notes,
}: {
  readonly name: ReactNode;
  readonly value: string;
  readonly notes: readonly (string | null)[];
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b>{value}</b>
        {notes.map(note => (note === null ? null : <span key={note}>{note}</span>))}
      </dd>
    </div>
  );
}

function LeverList(props: {
  readonly scenario: DraftScenario;
  readonly queues: readonly WeekQueue[];
  readonly onChange: (scenario: DraftScenario) => void;
}) {
  const { scenario, queues, onChange } = props;
  const { levers } = scenario;
  const set = (change: Partial<typeof levers>) => onChange({ ...scenario, levers: { ...levers, ...change } });
  const typical = queues[0]?.terms;
  const level = typical?.goal.serviceLevel;
  const factor = (value: number) => `${formatSigned((value - 1) * 100)} %`;
  return (
    <div className={classes.levers}>
      <LeverSlider
        name={t('whatIf.lever.volume')}
        value={levers.volumeFactor}
        min={0.5}
        max={1.5}
        step={0.01}
        show={factor}
        onChange={volumeFactor => set({ volumeFactor })}
      />
      <LeverSlider
        name={t('whatIf.lever.aht')}
        value={levers.ahtFactor}
        min={0.5}
        max={1.5}
        step={0.01}
        show={factor}
        onChange={ahtFactor => set({ ahtFactor })}
      />
      <LeverSlider
        name={t('whatIf.lever.shrinkage')}
        value={levers.shrinkage ?? typical?.shrinkage ?? 0}
        min={0}
        max={0.6}
        step={0.01}
        show={value => formatPercent(value)}
        onChange={shrinkage => set({ shrinkage })}
      />
      <LeverSlider
        name={t('whatIf.lever.patience')}
        value={levers.patienceSeconds ?? typical?.patienceSeconds ?? 120}
        min={15}
        max={900}
        step={5}
        show={formatDuration}
        onChange={patienceSeconds => set({ patienceSeconds })}
      />
      {levers.staffFactor === null ? (
        <>
          <LeverSlider
            name={t('whatIf.lever.target')}
            value={levers.target ?? level?.target ?? 0.8}
            min={0.5}
            max={0.99}
            step={0.01}
            show={value => formatPercent(value)}
            onChange={target => set({ target })}
          />
          <LeverSlider
            name={t('whatIf.lever.within')}
            value={levers.withinSeconds ?? level?.answerWithinSeconds ?? 30}
            min={5}
            max={300}
            step={5}
            show={formatDuration}
            onChange={withinSeconds => set({ withinSeconds })}
          />
        </>
      ) : (
        <LeverSlider
          name={t('whatIf.lever.staff')}
          value={levers.staffFactor}
          min={0.5}
          max={1.5}
          step={0.01}
          show={value => t('whatIf.staffFixed', { share: formatPercent(value) })}
          onChange={staffFactor => set({ staffFactor })}
        />
      )}
      <Switch
        size="xs"
        label={t('whatIf.fixStaff')}
        checked={levers.staffFactor !== null}
        onChange={event => set({ staffFactor: event.currentTarget.checked ? 1 : null })}
      />
    </div>
  );
}

function SaveTools({ computed, queues, cost, siteId }: ScenarioColumnProps) {
  const client = useQueryClient();
  const may = useMay();
  const { scenario, result } = computed;
  const create = () => {
    const terms = queues[0] ? leveredTerms(queues[0].terms, scenario.levers) : null;
    return call(ROUTES.createScenario, {
      body: {
        siteId,
        name: scenario.name,
        forecastIds: queues.map(queue => queue.forecastId),
        scheduleId: null,
        levers: storedLevers(scenario.levers, terms?.goal),
        result: {
          serviceLevel: result.serviceLevel,
          asaSeconds: result.asaSeconds,
          abandonmentRate: result.abandonmentRate,
          occupancy: result.occupancy,
          agents: result.peakAgents,
          hours: result.paidHours,
          costCents: Math.round(result.paidHours * cost.perHour * 100),
          computedAt: Math.floor(Date.now() / 1000),
          softwareVersion: 'browser',
        },
      },
    });
  };
  const save = useMutation({
    mutationFn: create,
    onSuccess: saved => {
      notifications.show({ message: t('whatIf.saved', { name: saved.name }) });
      void client.invalidateQueries({ queryKey: ['scenarios'] });
    },
  });
  if (!may('scenario.manage')) return null;
  return (
    <>
      <Button size="compact-sm" loading={save.isPending} onClick={() => save.mutate()}>
        {t('whatIf.save')}
      </Button>
      {save.error ? <Failure error={save.error} /> : null}
    </>
  );
}
