import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { Card, Columns } from '../../component/Card.tsx';
import { Term } from '../../component/Term.tsx';
import { formatDuration, formatSigned } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import type { Basis } from './basis.ts';
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
  const factor = (value: number) => `${formatSigned((value - 1) * 100)} %`;
  const patience = rangeOf(queues, queue => queue.patienceSeconds ?? 0, formatDuration);
  return (
    <Card
      title={t('whatIf.leversOf', { name: chosen.name })}
      note={t('whatIf.leversNote')}
      actions={
        <>
          {scenarios.length > 1 ? (
            <SegmentedControl
              size="xs"
              aria-label={t('whatIf.chooseScenario')}
              data={scenarios.map(({ id, name }) => ({ value: id, label: name }))}
              value={chosen.id}
              onChange={onChoose}
            />
          ) : null}
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
          <LeverSlider
            name={t('whatIf.lever.volume')}
            value={levers.volumeFactor}
            planned={1}
            plannedText={t('whatIf.forecast')}
            min={0.5}
            max={1.5}
            step={0.01}
            show={factor}
            onChange={volumeFactor => set({ volumeFactor })}
          />
          <LeverSlider
            name={t('whatIf.lever.aht')}
            label={<Term id="aht">{t('whatIf.lever.aht')}</Term>}
            value={levers.ahtFactor}
            planned={1}
            plannedText={t('whatIf.forecast')}
            min={0.5}
            max={1.5}
            step={0.01}
            show={factor}
            onChange={ahtFactor => set({ ahtFactor })}
          />
          <LeverSlider
            name={t('whatIf.lever.patience')}
            label={<Term id="patience">{t('whatIf.lever.patience')}</Term>}
            value={levers.patienceSeconds}
            planned={patience.middle}
            plannedText={patience.text}
            min={15}
            max={900}
            step={5}
            show={formatDuration}
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
