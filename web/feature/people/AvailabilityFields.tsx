import { Fieldset, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { t } from '../../locale/i18n.ts';
import { DAY_CHOICES, type DayDraft, isReadable, WEEKDAYS } from './weeklyAvailability.ts';

interface AvailabilityFieldsProps {
  /** Monday first. */
  readonly week: readonly DayDraft[];
  readonly onChange: (week: readonly DayDraft[]) => void;
}

/** When somebody can work in any week, day by day. */
export function AvailabilityFields({ week, onChange }: AvailabilityFieldsProps) {
  const names = t('queues.weekday', { returnObjects: true });
  return (
    <Fieldset legend={t('people.form.availability')} p="sm">
      <Stack gap={6}>
        <Text size="xs" c="dimmed">
          {t('people.form.availabilityHelp')} {t('people.form.hoursHelp')}
        </Text>
        {WEEKDAYS.map(weekday => {
          const day = week[weekday];
          return day ? (
            <DayFields
              key={weekday}
              name={names[weekday] ?? ''}
              day={day}
              onChange={changed => onChange(week.map((other, i) => (i === weekday ? changed : other)))}
            />
          ) : null;
        })}
        {week.every(({ choice }) => choice === 'none') ? (
          <Text size="sm" role="alert">
            {t('people.form.never')}
          </Text>
        ) : null}
      </Stack>
    </Fieldset>
  );
}

interface DayFieldsProps {
  readonly name: string;
  readonly day: DayDraft;
  readonly onChange: (day: DayDraft) => void;
}

function DayFields({ name, day, onChange }: DayFieldsProps) {
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <Text size="sm" w={90} mt={4} aria-hidden>
        {name}
      </Text>
      <NativeSelect
        size="xs"
        w={110}
        aria-label={name}
        value={day.choice}
        onChange={event => {
          const choice = DAY_CHOICES.find(known => known === event.currentTarget.value);
          if (choice) onChange({ ...day, choice });
        }}
        data={DAY_CHOICES.map(choice => ({ value: choice, label: t(`people.form.choice.${choice}`) }))}
      />
      {day.choice === 'hours' ? (
        <TextInput
          size="xs"
          style={{ flex: 1 }}
          aria-label={t('people.form.hours', { day: name })}
          value={day.text}
          error={isReadable(day) ? null : t('people.form.hoursWrong')}
          onChange={event => onChange({ ...day, text: event.currentTarget.value })}
        />
      ) : null}
    </Group>
  );
}
