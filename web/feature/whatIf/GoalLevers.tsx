import { CloseButton, NativeSelect } from '@mantine/core';
import { GOAL_PRESETS } from '../../../api/contract/centre.ts';
import { type Goals, promiseOf } from '../../../forecasting/index.ts';
import { NumberField } from '../../component/NumberField.tsx';
import { Term } from '../../component/Term.tsx';
import { formatDuration, formatPercent } from '../../lib/format.ts';
import { withPromise } from '../../lib/queueTerms.ts';
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
export function GoalLevers({ queues: chosen, scenario, onChange }: GoalLeversProps) {
  const inLine = chosen.filter(queue => !queue.isDeferred);
  // Half a minute is no promise for a message: the goals of lines and of deferred work move apart.
  const queues = inLine.length > 0 ? inLine : chosen;
  const goalOf = (queue: BasisQueue) => leversShown(scenario, queue.queueId).goal;
  const isMoved = queues.some(queue => goalOf(queue) !== undefined);
  const inForce = queues.map(queue => goalOf(queue) ?? queue.goal);
  const setAll = (from: DraftScenario, goal: (before: Goals) => Goals | undefined) =>
    onChange(
      queues.reduce(
        (draft, queue) => withLevers(draft, queue.queueId, { goal: goal(goalOf(queue) ?? queue.goal) }),
        from,
      ),
    );
  const change = (next: (goal: Goals) => Goals) => setAll(scenario, next);
  const reset = () => setAll(withLevers(scenario, null, { goal: undefined }), () => undefined);
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
      {queues.length < chosen.length ? <p className={classes.effect}>{t('whatIf.goalsOfLines')}</p> : null}
      {inLine.length > 0 ? (
        <LineGoals inForce={inForce} isMoved={isMoved} change={change} reset={reset} />
      ) : (
        <PromiseGoal goal={inForce[0] ?? {}} change={change} />
      )}
      <Limits
        goal={inForce[0] ?? {}}
        names={inLine.length > 0 ? ALL_LIMITS : DEFERRED_LIMITS}
        change={change}
      />
    </div>
  );
}

type Change = (next: (goal: Goals) => Goals) => void;

interface LineGoalsProps {
  readonly inForce: readonly Goals[];
  readonly isMoved: boolean;
  readonly change: Change;
  readonly reset: () => void;
}

/** Calls and chats: a share answered within some seconds. */
function LineGoals({ inForce, isMoved, change, reset }: LineGoalsProps) {
  const level = inForce[0]?.serviceLevel ?? USUAL;
  const setLevel = (part: Partial<typeof level>) =>
    change(goal => ({ ...goal, serviceLevel: { ...USUAL, ...goal.serviceLevel, ...part } }));
  const words = (read: (goal: Goals) => string) => [...new Set(inForce.map(read))].join(' / ');
  return (
    <>
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
    </>
  );
}

/** Messages, callbacks, follow-ups: all of them within some time. */
function PromiseGoal({ goal, change }: { readonly goal: Goals; readonly change: Change }) {
  return (
    <NumberField
      label={t('whatIf.lever.promise')}
      description={t('whatIf.promiseNote')}
      min={1}
      max={20_160}
      value={promiseOf(goal) / 60}
      onChange={minutes => change(own => withPromise(own, minutes * 60))}
    />
  );
}

const LIMITS = {
  maxAbandonment: { words: 'abandonment', min: 0.5, max: 50, step: 0.5, percent: true },
  asaSeconds: { words: 'asa', min: 1, max: 600 },
  maxOccupancy: { words: 'occupancy', min: 30, max: 99, percent: true },
  minAgents: { words: 'minimum', min: 0, max: 999, whole: true },
} as const;
type Limit = keyof typeof LIMITS;
const ALL_LIMITS: readonly Limit[] = ['maxAbandonment', 'asaSeconds', 'maxOccupancy', 'minAgents'];
const DEFERRED_LIMITS: readonly Limit[] = ['maxOccupancy', 'minAgents'];

interface LimitsProps {
  readonly goal: Goals;
  readonly names: readonly Limit[];
  readonly change: Change;
}

/** Limits that hold beside the service level; an empty field asks nothing. */
function Limits({ goal, names, change }: LimitsProps) {
  return (
    <div className={classes.pair}>
      {names.map(name => {
        const { words, ...range } = LIMITS[name];
        const clear = () => change(({ [name]: _, ...others }) => others);
        return (
          <NumberField
            key={name}
            {...range}
            label={t(`whatIf.lever.${words}`)}
            placeholder={t('staffing.noGoal')}
            value={goal[name]}
            onChange={value =>
              name === 'minAgents' && value === 0 ? clear() : change(own => ({ ...own, [name]: value }))
            }
            onClear={clear}
          />
        );
      })}
    </div>
  );
}
