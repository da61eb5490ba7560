import { NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { z } from 'zod';
import type { RuleSetEntry, ruleKindSchema } from '../../../api/contract/shift.ts';
import { formatMinuteOfDay } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';

type Parameter = z.output<typeof ruleKindSchema>['parameters'][number];
type Value = RuleSetEntry['rules'][number]['parameters'][string];

interface ParameterFieldProps {
  readonly parameter: Parameter;
  readonly value: Value;
  readonly disabled: boolean;
  readonly onChange: (value: Value) => void;
}

/** One number, text, list of texts or time of day of a work rule. */
export function ParameterField({ parameter, value, disabled, onChange }: ParameterFieldProps) {
  const { label, type, unit, min, max } = parameter;
  const shared = { size: 'xs', w: 150, label, disabled } as const;
  if (type === 'number' && unit === 'minute of the day') {
    return <TimeField {...shared} minute={Number(value)} onMinute={onChange} />;
  }
  if (type === 'number') {
    return (
      <NumberInput
        {...shared}
        {...(unit && { suffix: ` ${unit}` })}
        {...(min !== null && { min })}
        {...(max !== null && { max })}
        value={Number(value)}
        onChange={next => {
          if (typeof next === 'number') onChange(next);
        }}
      />
    );
  }
  return (
    <TextInput
      {...shared}
      value={Array.isArray(value) ? value.join(', ') : String(value)}
      onChange={event => {
        const text = event.currentTarget.value;
        onChange(type === 'textList' ? text.split(',').map(part => part.trim()) : text);
      }}
    />
  );
}

interface TimeFieldProps {
  readonly size: 'xs';
  readonly w: number;
  readonly label: string;
  readonly disabled: boolean;
  readonly minute: number;
  readonly onMinute: (minute: number) => void;
}

/** A wall-clock time up to 24:00, which a browser's own time field does not know. */
function TimeField({ minute, onMinute, ...shared }: TimeFieldProps) {
  const [text, setText] = useState(formatMinuteOfDay(minute));
  return (
    <TextInput
      {...shared}
      value={text}
      error={readMinute(text) === null ? t('people.timeWrong') : null}
      onChange={event => {
        const typed = event.currentTarget.value;
        setText(typed);
        const next = readMinute(typed);
        if (next !== null) onMinute(next);
      }}
    />
  );
}

function readMinute(text: string): number | null {
  const found = /^(\d{1,2}):([0-5]\d)$/.exec(text.trim());
  const minute = Number(found?.[1]) * 60 + Number(found?.[2]);
  return minute <= 1440 ? minute : null;
}
