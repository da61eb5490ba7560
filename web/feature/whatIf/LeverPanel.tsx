import { NativeSelect, SegmentedControl } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Card, Columns } from '../../component/Card.tsx';
import { Term } from '../../component/Term.tsx';
import { formatDuration, formatSigned } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import type { Basis, BasisQueue } from './basis.ts';
import { CampaignEditor } from './CampaignEditor.tsx';
import { GoalLevers } from './GoalLevers.tsx';
import { LeverSlider } from './LeverSlider.tsx';
import { OpeningEditor } from './OpeningEditor.tsx';
import { rangeOf } from './planned.ts';
import { StaffLevers } from './StaffLevers.tsx';
import { type DraftScenario, type LeverChange, leversShown, withLevers } from './scenarioDraft.ts';
import classes from './WhatIf.module.css';

interface LeverPanelProps {
  readonly basis: Basis;
  /** Scenarios that can be changed: all but the plan. */
  readonly scenarios: readonly DraftScenario[];
  readonly chosen: DraftScenario;
  readonly onChoose: (id: string) => void;
  readonly onChange: (scenario: DraftScenario) => void;
}

const ALL = '';

/** Levers of one scenario, on all queues or on one. */
export function LeverPanel({ basis, scenarios, chosen, onChoose, onChange }: LeverPanelProps) {
  const [queueId, setQueueId] = useState(ALL);
  const on = basis.queues.some(queue => queue.queueId === queueId) ? queueId : null;
  const queues = basis.queues.filter(queue => on === null || queue.queueId === on);
  const levers = leversShown(chosen, on);
  const set = (change: LeverChange) => onChange(withLevers(chosen, on, change));
  return (
    <Card
      title={t('whatIf.leversOf', { name: chosen.name })}
      note={t('whatIf.leversNote')}
      actions={
        <>
          <ScenarioChoice scenarios={scenarios} chosen={chosen} onChoose={onChoose} />
          <NativeSelect
            size="xs"
            aria-label={t('whatIf.appliesTo')}
            value={on ?? ALL}
            onChange={event => setQueueId(event.currentTarget.value)}
            data={[
              { value: ALL, label: t('whatIf.allQueues') },
              ...basis.queues.map(queue => ({ value: queue.queueId, label: queue.name })),
            ]}
          />
        </>
      }
    >
      <Columns min={260}>
        <div>
          <h3 className={classes.group}>{t('whatIf.group.demand')}</h3>
          <FactorSlider
            name={t('whatIf.lever.volume')}
            value={levers.volumeFactor}
            onChange={volumeFactor => set({ volumeFactor })}
          />
          <FactorSlider
            name={t('whatIf.lever.aht')}
            label={<Term id="aht">{t('whatIf.lever.aht')}</Term>}
            value={levers.ahtFactor}
            onChange={ahtFactor => set({ ahtFactor })}
          />
          <PatienceSlider
            queues={queues}
            value={levers.patienceSeconds}
            onChange={patienceSeconds => set({ patienceSeconds })}
          />
          <CampaignEditor basis={basis} scenario={chosen} queueId={on} onChange={onChange} />
        </div>
        <GoalLevers queues={queues} scenario={chosen} onChange={onChange} />
        <div>
          <StaffLevers basis={basis} queues={queues} levers={levers} onChange={set} />
          <OpeningEditor queues={queues} levers={levers} onChange={opening => set({ opening })} />
        </div>
      </Columns>
    </Card>
  );
}

function ScenarioChoice({
  scenarios,
  chosen,
  onChoose,
}: Pick<LeverPanelProps, 'scenarios' | 'chosen' | 'onChoose'>) {
  if (scenarios.length < 2) return null;
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('whatIf.chooseScenario')}
      data={scenarios.map(({ id, name }) => ({ value: id, label: name }))}
      value={chosen.id}
      onChange={onChoose}
    />
  );
}

interface OwnSliderProps {
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
}

/** So much more or less than the forecast. */
function FactorSlider(props: OwnSliderProps & { readonly name: string; readonly label?: ReactNode }) {
  return (
    <LeverSlider
      {...props}
      planned={1}
      plannedText={t('whatIf.forecast')}
      min={0.5}
      max={1.5}
      step={0.01}
      show={factor => `${formatSigned((factor - 1) * 100)} %`}
    />
  );
}

/** How long callers and chatters wait; nobody hangs up on a message. */
function PatienceSlider({ queues, ...own }: OwnSliderProps & { readonly queues: readonly BasisQueue[] }) {
  const inLine = queues.filter(queue => !queue.isDeferred);
  if (inLine.length === 0) return null;
  const planned = rangeOf(inLine, queue => queue.patienceSeconds ?? 0, formatDuration);
  return (
    <LeverSlider
      {...own}
      name={t('whatIf.lever.patience')}
      label={<Term id="patience">{t('whatIf.lever.patience')}</Term>}
      planned={planned.middle}
      plannedText={planned.text}
      min={15}
      max={900}
      step={5}
      show={formatDuration}
    />
  );
}
