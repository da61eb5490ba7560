import { Stack } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Scenario } from '../../../api/contract/scenario.ts';
import { Card } from '../../component/Card.tsx';
import { TimeChartCard } from '../../component/chart/TimeChartCard.tsx';
import { COMPARED } from '../../lib/colours.ts';
import { t } from '../../locale/i18n.ts';
import type { Basis } from './basis.ts';
import { ComparisonTable } from './ComparisonTable.tsx';
import type { Cost } from './comparisonRows.tsx';
import type { Confirmed } from './confirmation.ts';
import { LeverPanel } from './LeverPanel.tsx';
import { QueueByQueue } from './QueueByQueue.tsx';
import { SavedScenarios } from './SavedScenarios.tsx';
import { SaveScenario } from './SaveScenario.tsx';
import { Sensitivity } from './Sensitivity.tsx';
import { type Computed, type DraftScenario, useComputed } from './scenarioDraft.ts';

interface ComparisonProps {
  readonly basis: Basis;
  readonly drafts: readonly DraftScenario[];
  /** The scenario whose levers are shown; `null` while only the plan is there. */
  readonly chosen: DraftScenario | null;
  readonly cost: Cost;
  readonly siteId: string;
  readonly onChoose: (id: string) => void;
  readonly onChange: (scenario: DraftScenario) => void;
  readonly onRemove: (id: string) => void;
  readonly onDuplicate: ((scenario: DraftScenario) => void) | null;
  readonly onOpen: ((scenario: Scenario) => void) | null;
}

/** Results above, levers below them, then what moves the result most. */
export function Comparison(props: ComparisonProps) {
  const { basis, drafts, chosen, cost, siteId } = props;
  const [confirmed, setConfirmed] = useState<ReadonlyMap<string, Confirmed>>(new Map());
  const computed = useComputed(basis, drafts);
  const shown = computed.find(entry => entry.scenario.id === chosen?.id) ?? computed[0];
  return (
    <Stack>
      <ComparisonTable
        basis={basis}
        computed={computed}
        colours={COMPARED}
        cost={cost}
        confirmed={confirmed}
        onConfirmed={(key, result) => setConfirmed(known => new Map(known).set(key, result))}
        onChange={props.onChange}
        onRemove={props.onRemove}
        onDuplicate={props.onDuplicate}
        saveButton={entry => (
          <SaveScenario basis={basis} computed={entry} cost={cost} siteId={siteId} confirmed={confirmed} />
        )}
      />
      {chosen ? (
        <LeverPanel
          basis={basis}
          scenarios={drafts.slice(1)}
          chosen={chosen}
          onChoose={props.onChoose}
          onChange={props.onChange}
        />
      ) : (
        <Card tone="accent">{t('whatIf.startHint')}</Card>
      )}
      {shown ? <QueueByQueue basis={basis} computed={shown} /> : null}
      <AgentsChart basis={basis} computed={computed} />
      {shown ? <Sensitivity basis={basis} computed={shown} /> : null}
      <SavedScenarios siteId={siteId} queues={basis.queues} onOpen={props.onOpen} />
    </Stack>
  );
}

function AgentsChart({ basis, computed }: { readonly basis: Basis; readonly computed: readonly Computed[] }) {
  const [first] = basis.queues;
  const at = useMemo(
    () => (first ? first.offered.map((_, i) => first.start + i * first.stepSeconds) : []),
    [first],
  );
  const timeZone = first?.timeZone ?? 'UTC';
  return (
    <TimeChartCard
      title={t('whatIf.chart')}
      unit={t('chart.unit.agents')}
      fileName="what-if"
      at={at}
      timeZone={timeZone}
      height={260}
      lines={computed.map((entry, i) => ({
        id: entry.scenario.id,
        label: entry.scenario.name,
        colour: COMPARED[i] ?? COMPARED[0],
        values: entry.outcome.agents,
        step: true,
        dashed: i > 0,
      }))}
    />
  );
}
