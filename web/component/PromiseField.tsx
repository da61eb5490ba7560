import { Group, Input, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { t } from '../locale/i18n.ts';
import { NumberField } from './NumberField.tsx';

interface PromiseFieldProps {
  readonly seconds: number;
  /** Absent: `xs`. */
  readonly size?: 'xs' | 'sm';
  readonly onChange: (seconds: number) => void;
}

const UNITS = { hours: 3600, minutes: 60 } as const;
type Unit = keyof typeof UNITS;
const LONGEST_SECONDS = 30 * 86_400;

/** The time within which messages, callbacks and follow-ups are promised to be done. */
export function PromiseField({ seconds, size = 'xs', onChange }: PromiseFieldProps) {
  const [unit, setUnit] = useState<Unit>(seconds % UNITS.hours === 0 ? 'hours' : 'minutes');
  return (
    <div>
      <Group grow align="end" gap="xs">
        <NumberField
          label={t('staffing.kind.promise')}
          size={size}
          min={unit === 'hours' ? 0.1 : 1}
          max={LONGEST_SECONDS / UNITS[unit]}
          value={seconds / UNITS[unit]}
          onChange={value => onChange(Math.round(value * UNITS[unit]))}
        />
        <NativeSelect
          size={size}
          aria-label={t('staffing.kind.promiseUnit')}
          value={unit}
          onChange={event => setUnit(event.currentTarget.value === 'hours' ? 'hours' : 'minutes')}
          data={[
            { value: 'hours', label: t('staffing.kind.hours') },
            { value: 'minutes', label: t('staffing.kind.minutes') },
          ]}
        />
      </Group>
      <Input.Description size={size} mt={4}>
        {t('staffing.kind.promiseHelp')}
      </Input.Description>
    </div>
  );
}
