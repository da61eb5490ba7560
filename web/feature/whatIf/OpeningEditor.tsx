import { Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Levers, OpeningLever } from '../../../forecasting/index.ts';
import { NumberField } from '../../component/NumberField.tsx';
import { hoursText, readHours } from '../../lib/openingHours.ts';
import { t } from '../../locale/i18n.ts';
import type { BasisQueue } from './basis.ts';
import classes from './WhatIf.module.css';

interface OpeningEditorProps {
  readonly queues: readonly BasisQueue[];
  readonly levers: Levers;
  readonly onChange: (opening: OpeningLever | undefined) => void;
}

const MOVED = 1;
const ADDED = 0.5;
const FIELDS = [
  { field: 'movedShare', words: 'moved', max: 100 },
  { field: 'addedLevel', words: 'added', max: 200 },
] as const;

/** Other opening hours, and what the user takes to become of the calls. */
export function OpeningEditor({ queues, levers, onChange }: OpeningEditorProps) {
  const { opening } = levers;
  const [first] = queues;
  const set = (part: Partial<OpeningLever>) => {
    if (opening) onChange({ ...opening, ...part });
  };
  return (
    <div className={classes.below}>
      <h3 className={classes.group}>{t('whatIf.group.opening')}</h3>
      <Switch
        size="xs"
        label={t('whatIf.otherHours')}
        description={t(queues.length > 1 ? 'whatIf.otherHoursAll' : 'whatIf.otherHoursOne')}
        checked={opening !== undefined}
        onChange={event =>
          onChange(
            event.currentTarget.checked && first
              ? { weekly: first.openingHours.weekly, movedShare: MOVED, addedLevel: ADDED }
              : undefined,
          )
        }
      />
      {opening ? (
        <>
          {t('queues.weekday', { returnObjects: true }).map((day, i) => (
            <DayHours
              key={day}
              day={day}
              text={hoursText(opening.weekly[i] ?? [])}
              onRead={ranges => set({ weekly: opening.weekly.map((entry, d) => (d === i ? ranges : entry)) })}
            />
          ))}
          <div className={classes.pair}>
            {FIELDS.map(({ field, words, max }) => (
              <NumberField
                key={field}
                percent
                label={t(`whatIf.lever.${words}`)}
                description={t(`whatIf.${words}Note`)}
                min={0}
                max={max}
                value={opening[field]}
                onChange={value => set({ [field]: value })}
              />
            ))}
          </div>
        </>
      ) : null}
    </div>
  );
}

interface DayHoursProps {
  readonly day: string;
  readonly text: string;
  readonly onRead: (ranges: NonNullable<ReturnType<typeof readHours>>) => void;
}

/** Hours as typed; they count once they can be read. */
function DayHours({ day, text, onRead }: DayHoursProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextInput
      size="xs"
      className={classes.dayHours ?? ''}
      label={day}
      placeholder={t('whatIf.closed')}
      value={typed ?? text}
      error={typed !== null && readHours(typed) === null ? t('queues.form.hoursWrong') : null}
      onChange={event => {
        setTyped(event.currentTarget.value);
        const ranges = readHours(event.currentTarget.value);
        if (ranges) onRead(ranges);
      }}
      onBlur={() => {
        if (typed !== null && readHours(typed)) setTyped(null);
      }}
    />
  );
}
