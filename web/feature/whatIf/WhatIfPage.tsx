import { Button, NativeSelect } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Scenario } from '../../../api/contract/scenario.ts';
import { localDateOf } from '../../../forecasting/index.ts';
import { EmptyState } from '../../component/EmptyState.tsx';
import { Failure } from '../../component/Failure.tsx';
import { Loading } from '../../component/Loading.tsx';
import { NumberField } from '../../component/NumberField.tsx';
import { Page } from '../../component/Page.tsx';
import { useMay } from '../../lib/session.ts';
import { mondayOf, useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import { type Basis, useBasis } from './basis.ts';
import { Comparison } from './Comparison.tsx';
import { type DraftScenario, draftOf } from './scenarioDraft.ts';
import { useSharedScenario } from './sharedScenario.ts';

const MOST_SCENARIOS = 4;
const LETTERS = ['A', 'B', 'C'] as const;
const USUAL_COST = 28;
const BASE: DraftScenario = { id: 'base', name: t('whatIf.base'), levers: [] };

/** The weeks ahead in up to four versions, computed in the browser. */
export function WhatIfPage() {
  const { site } = useWorkplace();
  const [days, setDays] = useState(7);
  const { basis, isLoading, error, retry } = useBasis(days);
  const { drafts, chosen, isFull, ...hands } = useDrafts(setDays);
  const shared = useSharedScenario(hands.open);
  const [costPerHour, setCostPerHour] = useLocalStorage({
    key: 'coverline.costPerHour',
    defaultValue: USUAL_COST,
  });
  const currency = site?.currency ?? 'USD';
  return (
    <Page
      title={t('whatIf.title')}
      lead={t('whatIf.lead')}
      actions={
        basis ? (
          <Inputs
            basis={basis}
            onDays={setDays}
            currency={currency}
            costPerHour={costPerHour}
            onCost={setCostPerHour}
          />
        ) : null
      }
    >
      {error ? <Failure error={error} onRetry={retry} /> : null}
      {shared.error ? <Failure error={shared.error} onRetry={() => void shared.refetch()} /> : null}
      {isLoading && !error ? <Loading height={420} /> : null}
      {!isLoading && !error && !basis ? <NoForecast /> : null}
      {basis ? (
        <Comparison
          basis={basis}
          drafts={drafts}
          chosen={chosen}
          cost={{ perHour: costPerHour, currency }}
          siteId={site?.id ?? ''}
          onChoose={hands.choose}
          onChange={hands.change}
          onRemove={hands.remove}
          onDuplicate={isFull ? null : hands.duplicate}
          onOpen={isFull ? null : hands.open}
        />
      ) : null}
    </Page>
  );
}

/** The versions side by side: the plan first, then up to three scenarios. */
function useDrafts(onDays: (days: number) => void) {
  const { site, chooseWeek } = useWorkplace();
  const [drafts, setDrafts] = useState<readonly DraftScenario[]>([BASE]);
  const [chosen, choose] = useState('');
  const add = (draft: DraftScenario) => {
    setDrafts(present =>
      present.some(entry => entry.id === draft.id) || present.length >= MOST_SCENARIOS
        ? present
        : [...present, draft],
    );
    choose(draft.id);
  };
  return {
    drafts,
    chosen: drafts.find(draft => draft.id === chosen && draft.id !== BASE.id) ?? drafts[1] ?? null,
    isFull: drafts.length >= MOST_SCENARIOS,
    choose,
    open: (saved: Scenario) => {
      if (saved.days !== undefined) onDays(saved.days);
      if (site && saved.start !== undefined) chooseWeek(mondayOf(localDateOf(saved.start, site.timeZone)));
      add(draftOf(saved));
    },
    duplicate: (from: DraftScenario) => {
      const letter = LETTERS.find(entry => !drafts.some(draft => draft.id === entry));
      if (letter) add({ id: letter, name: t('whatIf.scenario', { letter }), levers: [...from.levers] });
    },
    change: (next: DraftScenario) => setDrafts(drafts.map(draft => (draft.id === next.id ? next : draft))),
    remove: (id: string) => setDrafts(drafts.filter(draft => draft.id !== id)),
  };
}

function NoForecast() {
  const mayForecast = useMay()('forecast.manage');
  return (
    <EmptyState
      icon="compare"
      title={t('whatIf.none')}
      actions={
        mayForecast ? (
          <Button component={Link} to="/forecast">
            {t('staffing.toForecast')}
          </Button>
        ) : null
      }
    >
      {t(mayForecast ? 'whatIf.noneText' : 'whatIf.noneAsk')}
    </EmptyState>
  );
}

interface InputsProps {
  readonly basis: Basis;
  readonly onDays: (days: number) => void;
  readonly currency: string;
  readonly costPerHour: number;
  readonly onCost: (cost: number) => void;
}

function Inputs({ basis, onDays, currency, costPerHour, onCost }: InputsProps) {
  return (
    <>
      {basis.choices.length > 1 ? (
        <NativeSelect
          size="xs"
          label={t('whatIf.period')}
          value={String(basis.days)}
          onChange={event => onDays(Number(event.currentTarget.value))}
          data={basis.choices.map(days => ({
            value: String(days),
            label: t('forecast.daysOption', { count: days }),
          }))}
        />
      ) : null}
      <NumberField
        width={190}
        label={t('whatIf.costPerHour', { currency })}
        min={0}
        max={1000}
        value={costPerHour}
        onChange={onCost}
      />
    </>
  );
}
