import { Button, Checkbox, Fieldset, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { breakTemplateSchema } from '../../../api/contract/shift.ts';
import { NumberField } from '../../component/NumberField.tsx';
import { t } from '../../locale/i18n.ts';
import { RemoveRow } from './RemoveRow.tsx';
import { type BreakDraft, newBreak, usualBreaks } from './shiftDraft.ts';
import { TimeField } from './TimeField.tsx';

const KINDS = breakTemplateSchema.shape.kind;
const MOST_BREAKS = 8;

interface ShiftBreaksProps {
  readonly breaks: readonly BreakDraft[];
  /** The shortest length of the shift in minutes; 0 while it cannot be read. */
  readonly shortest: number;
  readonly onChange: (breaks: readonly BreakDraft[]) => void;
}

/** Breaks in their order, each with the window in which it begins. */
export function ShiftBreaks({ breaks, shortest, onChange }: ShiftBreaksProps) {
  return (
    <Fieldset legend={t('people.shift.breaks')} p="sm">
      <Stack gap="xs">
        <Text size="xs" c="dimmed">
          {t('people.shift.breaksHelp')}
        </Text>
        {breaks.map((pause, i) => (
          <BreakRow
            key={pause.id}
            pause={pause}
            number={i + 1}
            onChange={change => onChange(breaks.map(row => (row === pause ? { ...row, ...change } : row)))}
            onRemove={() => onChange(breaks.filter(row => row !== pause))}
          />
        ))}
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            disabled={breaks.length >= MOST_BREAKS}
            onClick={() => onChange([...breaks, newBreak()])}
          >
            {t('people.shift.breakAdd')}
          </Button>
          <Button
            size="xs"
            variant="subtle"
            disabled={shortest === 0}
            onClick={() => onChange(usualBreaks(shortest))}
          >
            {t('people.shift.breaksUsual')}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}

interface BreakRowProps {
  readonly pause: BreakDraft;
  readonly number: number;
  readonly onChange: (change: Partial<BreakDraft>) => void;
  readonly onRemove: () => void;
}

function BreakRow({ pause, number, onChange, onRemove }: BreakRowProps) {
  return (
    <Group role="group" aria-label={t('people.shift.break', { number })} gap="xs" align="flex-start">
      <NativeSelect
        size="xs"
        w={90}
        label={t('people.shift.breakKind')}
        value={pause.kind}
        onChange={event => onChange({ kind: KINDS.parse(event.currentTarget.value) })}
        data={KINDS.options.map(kind => ({ value: kind, label: t(`schedule.activity.${kind}`) }))}
      />
      <NumberField
        label={t('people.shift.breakMinutes')}
        width={80}
        min={5}
        max={480}
        step={5}
        whole
        value={pause.minutes}
        onChange={minutes => onChange({ minutes })}
      />
      <TimeField
        size="xs"
        w={95}
        label={t('people.shift.breakFrom')}
        minute={pause.earliestOffsetMinutes}
        onMinute={earliestOffsetMinutes => onChange({ earliestOffsetMinutes })}
      />
      <TimeField
        size="xs"
        w={95}
        label={t('people.shift.breakTo')}
        minute={pause.latestOffsetMinutes}
        onMinute={latestOffsetMinutes => onChange({ latestOffsetMinutes })}
      />
      <Checkbox
        size="xs"
        mt={30}
        label={t('people.shift.paid')}
        checked={pause.paid}
        onChange={event => onChange({ paid: event.currentTarget.checked })}
      />
      <RemoveRow label={t('people.shift.breakRemove', { number })} onRemove={onRemove} />
    </Group>
  );
}
