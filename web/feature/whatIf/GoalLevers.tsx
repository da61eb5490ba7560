import { CloseButton, NativeSelect, NumberInput } from '@mantine/core';
import { GOAL_PRESETS } from '../../../api/contract/centre.ts';
import type { Goals } from '../../../forecasting/index.ts';
import { Term } from '../../component/Term.tsx';
import { formatDuration, formatPercent } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import type { BasisQueue } from './basis.ts';
import { LeverSlider } from './LeverSlider.tsx';
import { type DraftScenario, leversShown, withLevers } from './scenarioDraft.ts';
import classes from './WhatIf.module.css';

interface GoalLeversProps {
  readonly queues: readonly BasisQueue[];
  readonly scenario: DraftScenario;
  readonly onChange: (scenario: DraftScenario) => void;
}

const USUAL = { target: 0.8, answerWithinSeconds: 30, definition: 'offered' } as const;

/** Goals queue by queue: moved for all queues, each keeps the rest of its own goal. */
export function GoalLevers({ queues, scenario, onChange }: GoalLeversProps) {
  const goalOf = (queue: BasisQueue) => leversShown(scenario, queue.queueId).goal;
  const moved = queues.map(goalOf).filter(goal => goal !== undefined);
  const isMoved = moved.length > 0;
  const inForce = queues.map(queue => goalOf(queue) ?? queue.goal);
  const [shown] = inForce;
  const level = shown?.serviceLevel ?? USUAL;
  const change = (next: (goal: Goals) => Goals) =>
    onChange(
      queues.reduce(
        (draft, queue) =>
          withLevers(draft, queue.queueId, {
            goal: next(leversShown(draft, queue.queueId).goal ?? queue.goal),
          }),
        scenario,
      ),
    );
  const reset = () =>
    onChange(
      queues.reduce(
        (draft, queue) => withLevers(draft, queue.queueId, { goal: undefined }),
        withLevers(scenario, null, { goal: undefined }),
      ),
    );
  const setLevel = (part: Partial<typeof level>) =>
    change(goal => ({ ...goal, serviceLevel: { ...USUAL, ...goal.serviceLevel, ...part } }));
  const words = (read: (goal: Goals) => string) => [...new Set(inForce.map(read))].join(' / ');
  return (
    <div>
      <h3 className={classes.group}>
        {t('whatIf.group.goals')}
        {isMoved ? (
          <CloseButton
            size="xs"
            aria-label={t('whatIf.backToPlan', { name: t('whatIf.group.goals') })}
            onClick={reset}
          />
        ) : null}
      </h3>
      <NativeSelect
        size="xs"
        label={t('whatIf.preset')}
        value=""
        onChange={event => {
          const preset = GOAL_PRESETS.find(entry => entry.id === event.currentTarget.value);
          if (preset) change(() => preset.goal);
        }}
        data={[
          { value: '', label: t('staffing.presetChoose') },
          ...GOAL_PRESETS.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <LeverSlider
        name={t('whatIf.lever.target')}
        label={<Term id="serviceLevel">{t('whatIf.lever.target')}</Term>}
        value={isMoved ? level.target : undefined}
        planned={level.target}
        plannedText={words(goal => formatPercent(goal.serviceLevel?.target))}
        min={0.5}
        max={0.99}
        step={0.01}
        show={value => formatPercent(value)}
        onChange={target => (target === undefined ? reset() : setLevel({ target }))}
      />
      <LeverSlider
        name={t('whatIf.lever.within')}
        value={isMoved ? level.answerWithinSeconds : undefined}
        planned={level.answerWithinSeconds}
        plannedText={words(goal => formatDuration(goal.serviceLevel?.answerWithinSeconds))}
        min={5}
        max={300}
        step={5}
        show={formatDuration}
        onChange={seconds => (seconds === undefined ? reset() : setLevel({ answerWithinSeconds: seconds }))}
      />
      <div className={classes.pair}>
        <NumberInput
          size="xs"
          label={t('whatIf.lever.abandonment')}
          placeholder={t('staffing.noGoal')}
          min={0.5}
          max={50}
          step={0.5}
          value={shown?.maxAbandonment === undefined ? '' : Math.round(shown.maxAbandonment * 1000) / 10}
          onChange={value => {
            const next = limitOf(value, 0.5, 50);
            if (next !== null) change(goal => withLimit(goal, 'maxAbandonment', next && next / 100));
          }}
        />
        <NumberInput
          size="xs"
          label={t('whatIf.lever.asa')}
          placeholder={t('staffing.noGoal')}
          min={1}
          max={600}
          value={shown?.asaSeconds ?? ''}
          onChange={value => {
            const next = limitOf(value, 1, 600);
            if (next !== null) change(goal => withLimit(goal, 'asaSeconds', next));
          }}
        />
        <NumberInput
          size="xs"
          label={t('whatIf.lever.occupancy')}
          placeholder={t('staffing.noGoal')}
          min={30}
          max={99}
          value={shown?.maxOccupancy === undefined ? '' : Math.round(shown.maxOccupancy * 100)}
          onChange={value => {
            const next = limitOf(value, 30, 99);
            if (next !== null) change(goal => withLimit(goal, 'maxOccupancy', next && next / 100));
          }}
        />
        <NumberInput
          size="xs"
          label={t('whatIf.lever.minimum')}
          min={0}
          max={999}
          allowDecimal={false}
          value={shown?.minAgents ?? 0}
          onChange={value => {
            if (typeof value === 'number')
              change(goal => withLimit(goal, 'minAgents', value > 0 ? value : undefined));
          }}
        />
      </div>
    </div>
  );
}

/** A limit as typed: a number in range, `undefined` when cleared, `null` while it makes no sense yet. */
function limitOf(value: number | string, low: number, high: number): number | undefined | null {
  if (value === '') return undefined;
  return typeof value === 'number' && value >= low && value <= high ? value : null;
}

function withLimit(
  goal: Goals,
  name: 'maxAbandonment' | 'asaSeconds' | 'maxOccupancy' | 'minAgents',
  value: number | undefined,
): Goals {
  const { [name]: _, ...others } = goal;
  return value === undefined ? others : { ...others, [name]: value };
}
