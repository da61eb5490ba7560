import { Button, Fieldset, Group, Stack } from '@mantine/core';
import { NumberField } from '../../component/NumberField.tsx';
import { t } from '../../locale/i18n.ts';
import { RemoveRow } from './RemoveRow.tsx';
import { newStart, type StartDraft } from './shiftDraft.ts';
import { TimeField } from './TimeField.tsx';

interface ShiftStartsProps {
  readonly starts: readonly StartDraft[];
  readonly onChange: (starts: readonly StartDraft[]) => void;
}

/** The stretches of the day in which a shift may start. */
export function ShiftStarts({ starts, onChange }: ShiftStartsProps) {
  return (
    <Fieldset legend={t('people.shift.starts')} p="sm">
      <Stack gap="xs">
        {starts.map((start, i) => {
          const set = (change: Partial<StartDraft>) =>
            onChange(starts.map(row => (row === start ? { ...row, ...change } : row)));
          return (
            <Group
              key={start.id}
              role="group"
              aria-label={t('people.shift.window', { number: i + 1 })}
              gap="xs"
              align="flex-start"
            >
              <TimeField
                size="xs"
                w={120}
                label={t('people.shift.earliest')}
                minute={start.earliestMinute}
                onMinute={earliestMinute => set({ earliestMinute })}
              />
              <TimeField
                size="xs"
                w={120}
                label={t('people.shift.latest')}
                minute={start.latestMinute}
                onMinute={latestMinute => set({ latestMinute })}
              />
              <NumberField
                label={t('people.shift.step')}
                width={110}
                min={5}
                max={1440}
                step={15}
                whole
                value={start.stepMinutes}
                onChange={stepMinutes => set({ stepMinutes })}
              />
              {starts.length > 1 ? (
                <RemoveRow
                  label={t('people.shift.windowRemove', { number: i + 1 })}
                  onRemove={() => onChange(starts.filter(row => row !== start))}
                />
              ) : null}
            </Group>
          );
        })}
        <Group>
          <Button size="xs" variant="default" onClick={() => onChange([...starts, newStart()])}>
            {t('people.shift.windowAdd')}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}
