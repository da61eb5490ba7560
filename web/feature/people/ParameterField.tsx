import { NumberInput, TextInput } from '@mantine/core';
import type { z } from 'zod';
import type { RuleSetEntry, ruleKindSchema } from '../../../api/contract/shift.ts';
import { TimeField } from './TimeField.tsx';

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
    return (
      <TimeField
        {...shared}
        minute={Number(value)}
        onMinute={minute => {
          if (minute !== null) onChange(minute);
        }}
      />
    );
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
