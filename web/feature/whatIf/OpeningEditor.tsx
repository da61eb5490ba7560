import { NumberInput, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Levers, OpeningLever } from '../../../forecasting/index.ts';
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
            <NumberInput
              size="xs"
              label={t('whatIf.lever.moved')}
              description={t('whatIf.movedNote')}
              min={0}
              max={100}
              value={Math.round(opening.movedShare * 100)}
              onChange={value => {
                if (typeof value === 'number' && value >= 0 && value <= 100) set({ movedShare: value / 100 });
              }}
            />
            <NumberInput
              size="xs"
              label={t('whatIf.lever.added')}
              description={t('whatIf.addedNote')}
              min={0}
              max={200}
              value={Math.round(opening.addedLevel * 100)}
              onChange={value => {
                if (typeof value === 'number' && value >= 0 && value <= 200) set({ addedLevel: value / 100 });
              }}
            />
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
