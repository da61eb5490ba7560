import { ActionIcon, Button, Chip, Group, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Card } from '../../component/Card.tsx';
import { Icon } from '../../component/Icon.tsx';
import { formatWeekday } from '../../lib/format.ts';
import { hoursText, readHours } from '../../lib/openingHours.ts';
import { t } from '../../locale/i18n.ts';
import { PresetSelect } from './PresetSelect.tsx';
import classes from './StaffingView.module.css';
import type { EditableTerms } from './terms.ts';

type Period = EditableTerms['goalPeriods'][number];

interface GoalPeriodsProps {
  readonly terms: EditableTerms;
  readonly readOnly: boolean;
  readonly onChange: (terms: EditableTerms) => void;
}

const NIGHT = [
  { startMinute: 0, endMinute: 420 },
  { startMinute: 1200, endMinute: 1440 },
];

/** Goals for parts of the week, such as nights with two nurses always. The first that contains an interval decides. */
export function GoalPeriods({ terms, readOnly, onChange }: GoalPeriodsProps) {
  const { goalPeriods } = terms;
  const set = (periods: readonly Period[]) => onChange({ ...terms, goalPeriods: [...periods] });
  const add = () =>
    set([
      ...goalPeriods,
      { name: t('staffing.period.new'), weekly: Array.from({ length: 7 }, () => NIGHT), goal: terms.goal },
    ]);
  return (
    <Card title={t('staffing.period.title')} note={t('staffing.period.note')}>
      {goalPeriods.map((period, index) => (
        <PeriodFields
          // biome-ignore lint/suspicious/noArrayIndexKey: periods have no identity but their place, which decides
          key={index}
          period={period}
          onChange={next => set(goalPeriods.map((entry, i) => (i === index ? next : entry)))}
          onRemove={() => set(goalPeriods.filter((_, i) => i !== index))}
        />
      ))}
      {readOnly ? null : (
        <Button size="compact-xs" variant="subtle" onClick={add}>
          {t('staffing.period.add')}
        </Button>
      )}
    </Card>
  );
}

interface PeriodFieldsProps {
  readonly period: Period;
  readonly onChange: (period: Period) => void;
  readonly onRemove: () => void;
}

function PeriodFields({ period, onChange, onRemove }: PeriodFieldsProps) {
  const { name, weekly, goal } = period;
  const ranges = weekly.find(day => day.length > 0) ?? [];
  const days = weekly.flatMap((day, d) => (day.length > 0 ? [String(d)] : []));
  const [hours, setHours] = useState(hoursText(ranges));
  const read = readHours(hours);
  const spread = (chosen: readonly string[], range: typeof ranges) =>
    onChange({ ...period, weekly: weekly.map((_, d) => (chosen.includes(String(d)) ? [...range] : [])) });
  return (
    <fieldset className={classes.period}>
      <legend className="visuallyHidden">{name}</legend>
      <Group gap={6} wrap="nowrap" align="flex-end">
        <TextInput
          size="xs"
          flex={1}
          label={t('staffing.period.name')}
          value={name}
          onChange={event => onChange({ ...period, name: event.currentTarget.value })}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          size={30}
          aria-label={`${t('action.remove')}: ${name}`}
          onClick={onRemove}
        >
          <Icon name="close" size={14} />
        </ActionIcon>
      </Group>
      <Chip.Group multiple value={days} onChange={chosen => spread(chosen, ranges)}>
        <Group gap={3} mt={8} role="group" aria-label={t('staffing.period.days')}>
          {weekly.map((_, d) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a weekday is its place
            <Chip key={d} size="xs" value={String(d)}>
              {formatWeekday(d).slice(0, 3)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <TextInput
        size="xs"
        mt={8}
        label={t('staffing.period.hours')}
        value={hours}
        error={read === null || read.length === 0 ? t('staffing.period.hoursWrong') : null}
        onChange={event => {
          const text = event.currentTarget.value;
          setHours(text);
          const next = readHours(text);
          if (next && next.length > 0) spread(days, next);
        }}
      />
      <PeriodGoal goal={goal} onChange={next => onChange({ ...period, goal: next })} />
    </fieldset>
  );
}

/** The two numbers that differ by time of day most often; a preset sets the rest. */
function PeriodGoal(props: {
  readonly goal: Period['goal'];
  readonly onChange: (goal: Period['goal']) => void;
}) {
  const { goal, onChange } = props;
  const level = goal.serviceLevel ?? { target: 0.8, answerWithinSeconds: 30, definition: 'offered' as const };
  return (
    <>
      <PresetSelect
        label={t('staffing.period.goal')}
        onChoose={preset =>
          onChange({ ...preset, ...(goal.minAgents !== undefined && { minAgents: goal.minAgents }) })
        }
      />
      <Group gap={6} grow mt={6}>
        <NumberInput
          size="xs"
          label={t('staffing.serviceLevel')}
          suffix=" %"
          min={0}
          max={99}
          value={Math.round(level.target * 100)}
          onChange={value => {
            if (typeof value === 'number')
              onChange({ ...goal, serviceLevel: { ...level, target: Math.min(0.99, value / 100) } });
          }}
        />
        <NumberInput
          size="xs"
          label={t('staffing.within')}
          min={0}
          max={3600}
          value={level.answerWithinSeconds}
          onChange={value => {
            if (typeof value === 'number')
              onChange({ ...goal, serviceLevel: { ...level, answerWithinSeconds: value } });
          }}
        />
        <NumberInput
          size="xs"
          label={t('staffing.period.minimum')}
          min={0}
          max={999}
          value={goal.minAgents ?? 0}
          onChange={value => {
            if (typeof value !== 'number') return;
            const { minAgents: _, ...others } = goal;
            onChange(value > 0 ? { ...others, minAgents: Math.round(value) } : others);
          }}
        />
      </Group>
    </>
  );
}
