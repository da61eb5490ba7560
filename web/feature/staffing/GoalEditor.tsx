import { NativeSelect, NumberInput, Slider, Switch } from '@mantine/core';
import { SERVICE_LEVEL_DEFINITIONS } from '../../../api/contract/centre.ts';
import { type Goals, promiseOf, USUAL_FILL } from '../../../forecasting/index.ts';
import { Card } from '../../component/Card.tsx';
import { PromiseField } from '../../component/PromiseField.tsx';
import { Term } from '../../component/Term.tsx';
import { formatPercent } from '../../lib/format.ts';
import { withPromise } from '../../lib/queueTerms.ts';
import type { GlossaryTerm } from '../../locale/en/glossary.ts';
import { t } from '../../locale/i18n.ts';
import { GoalPeriods } from './GoalPeriods.tsx';
import { PatienceEditor } from './PatienceEditor.tsx';
import { PresetSelect } from './PresetSelect.tsx';
import { ShrinkageEditor } from './ShrinkageEditor.tsx';
import classes from './StaffingView.module.css';
import type { EditableTerms, PatienceEstimate } from './terms.ts';

interface GoalEditorProps {
  readonly terms: EditableTerms;
  readonly estimate: PatienceEstimate | null;
  /** Work with a promise: nobody waits in line, and nobody hangs up. */
  readonly isDeferred: boolean;
  readonly readOnly: boolean;
  readonly onChange: (terms: EditableTerms) => void;
}

/** `undefined` switches a goal off. */
type GoalChange = { readonly [Name in keyof Goals]?: Goals[Name] | undefined };

const DEFAULT_SERVICE_LEVEL = { target: 0.8, answerWithinSeconds: 30, definition: 'offered' } as const;

/** What the queue promises, how patient its callers are, and what paid time is lost. */
export function GoalEditor({ terms, estimate, isDeferred, readOnly, onChange }: GoalEditorProps) {
  const { goal } = terms;
  const setGoal = (change: GoalChange) => onChange({ ...terms, goal: withoutAbsent({ ...goal, ...change }) });
  return (
    <>
      <Card title={t('staffing.goals')} note={t('staffing.goalsNote')}>
        {isDeferred ? (
          <PromiseField
            seconds={promiseOf(goal)}
            onChange={seconds => onChange({ ...terms, goal: withPromise(goal, seconds) })}
          />
        ) : (
          <>
            <PresetSelect onChoose={preset => onChange({ ...terms, goal: preset })} />
            <ServiceLevelGoal
              level={goal.serviceLevel}
              onChange={serviceLevel => setGoal({ serviceLevel })}
            />
            <LineLimits goal={goal} setGoal={setGoal} />
          </>
        )}
        <OccupancyLimit goal={goal} setGoal={setGoal} isDeferred={isDeferred} />
        <NumberInput
          size="xs"
          mt={14}
          label={t('staffing.minimum')}
          description={t('staffing.minimumNote')}
          min={0}
          max={999}
          value={goal.minAgents ?? 0}
          onChange={value => {
            if (typeof value === 'number') setGoal({ minAgents: value > 0 ? Math.round(value) : undefined });
          }}
        />
      </Card>
      {isDeferred ? null : (
        <>
          <GoalPeriods terms={terms} readOnly={readOnly} onChange={onChange} />
          <PatienceEditor terms={terms} estimate={estimate} onChange={onChange} />
        </>
      )}
      <ShrinkageEditor terms={terms} readOnly={readOnly} onChange={onChange} />
    </>
  );
}

interface ServiceLevelGoalProps {
  readonly level: Goals['serviceLevel'];
  readonly onChange: (level: Goals['serviceLevel']) => void;
}

function ServiceLevelGoal({ level, onChange }: ServiceLevelGoalProps) {
  return (
    <OptionalGoal
      term="serviceLevel"
      name={t('staffing.serviceLevel')}
      value={level ? `${formatPercent(level.target)} / ${level.answerWithinSeconds} s` : null}
      onToggle={on => onChange(on ? DEFAULT_SERVICE_LEVEL : undefined)}
    >
      {level ? (
        <>
          <Slider
            thumbLabel={t('staffing.serviceLevel')}
            label={value => `${value} %`}
            min={50}
            max={99}
            value={Math.round(level.target * 100)}
            onChange={value => onChange({ ...level, target: value / 100 })}
          />
          <NumberInput
            size="xs"
            mt={8}
            label={t('staffing.within')}
            min={0}
            max={3600}
            value={level.answerWithinSeconds}
            onChange={value => {
              if (typeof value === 'number') onChange({ ...level, answerWithinSeconds: value });
            }}
          />
          <NativeSelect
            size="xs"
            mt={8}
            label={t('staffing.definition')}
            value={level.definition}
            onChange={event => {
              const chosen = SERVICE_LEVEL_DEFINITIONS.find(name => name === event.currentTarget.value);
              if (chosen) onChange({ ...level, definition: chosen });
            }}
            data={SERVICE_LEVEL_DEFINITIONS.map(name => ({
              value: name,
              label: t(`staffing.definitions.${name}`),
            }))}
          />
        </>
      ) : null}
    </OptionalGoal>
  );
}

interface LimitGoalsProps {
  readonly goal: EditableTerms['goal'];
  readonly setGoal: (change: GoalChange) => void;
}

function percent(share: number | undefined, digits: number): number | undefined {
  return share === undefined ? undefined : Math.round(share * 10 ** (digits + 2)) / 10 ** digits;
}

/** ASA and abandonment: at most so much. */
function LineLimits({ goal, setGoal }: LimitGoalsProps) {
  return (
    <>
      <SliderGoal
        term="asa"
        name={t('staffing.asa')}
        value={goal.asaSeconds}
        initial={30}
        min={1}
        max={180}
        show={value => `${value} s`}
        onChange={asaSeconds => setGoal({ asaSeconds })}
      />
      <SliderGoal
        term="abandonment"
        name={t('staffing.abandonment')}
        value={percent(goal.maxAbandonment, 1)}
        initial={5}
        min={0.5}
        max={20}
        step={0.5}
        show={value => `${value} %`}
        onChange={value => setGoal({ maxAbandonment: value === undefined ? undefined : value / 100 })}
      />
    </>
  );
}

interface OccupancyLimitProps extends LimitGoalsProps {
  readonly isDeferred: boolean;
}

/** Deferred work keeps a tenth free even where nothing is asked for. */
function OccupancyLimit({ goal, setGoal, isDeferred }: OccupancyLimitProps) {
  return (
    <SliderGoal
      term="occupancy"
      name={t('staffing.occupancy')}
      value={percent(goal.maxOccupancy, 0)}
      initial={isDeferred ? 100 * USUAL_FILL : 85}
      {...(isDeferred && { unset: formatPercent(USUAL_FILL) })}
      min={50}
      max={99}
      show={value => `${value} %`}
      onChange={value => setGoal({ maxOccupancy: value === undefined ? undefined : value / 100 })}
    />
  );
}

interface OptionalGoalProps {
  readonly term: GlossaryTerm;
  readonly name: string;
  readonly value: string | null;
  /** What holds while it is off; absent: no limit. */
  readonly unset?: string | undefined;
  readonly onToggle: (on: boolean) => void;
  readonly children?: React.ReactNode;
}

function OptionalGoal({ term, name, value, unset, onToggle, children }: OptionalGoalProps) {
  return (
    <div className={classes.field}>
      <div className={classes.row}>
        <span className={classes.fieldName}>
          <Term id={term}>{name}</Term>
        </span>
        <span className={classes.row}>
          <span className={classes.value}>{value ?? unset ?? t('staffing.noGoal')}</span>
          <Switch
            size="xs"
            checked={value !== null}
            aria-label={t('staffing.use', { name })}
            onChange={event => onToggle(event.currentTarget.checked)}
          />
        </span>
      </div>
      {children}
    </div>
  );
}

interface SliderGoalProps {
  readonly term: GlossaryTerm;
  readonly name: string;
  readonly value: number | undefined;
  readonly initial: number;
  readonly unset?: string;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly show: (value: number) => string;
  readonly onChange: (value: number | undefined) => void;
}

function SliderGoal(props: SliderGoalProps) {
  const { term, name, value, unset, initial, min, max, step = 1, show, onChange } = props;
  return (
    <OptionalGoal
      term={term}
      name={name}
      value={value === undefined ? null : show(value)}
      unset={unset}
      onToggle={on => onChange(on ? initial : undefined)}
    >
      {value === undefined ? null : (
        <Slider
          thumbLabel={name}
          label={show}
          min={min}
          max={max}
          step={step}
          value={value}
          onChange={onChange}
        />
      )}
    </OptionalGoal>
  );
}

/** Goals that are switched off are absent, not undefined. */
function withoutAbsent(goal: GoalChange): EditableTerms['goal'] {
  const { serviceLevel, asaSeconds, maxAbandonment, maxOccupancy, minAgents } = goal;
  return {
    ...(serviceLevel && { serviceLevel }),
    ...(asaSeconds !== undefined && { asaSeconds }),
    ...(maxAbandonment !== undefined && { maxAbandonment }),
    ...(maxOccupancy !== undefined && { maxOccupancy }),
    ...(minAgents !== undefined && { minAgents }),
  };
}
