import { Button, Group, NumberInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Failure } from '../../component/Failure.tsx';
import { call } from '../../lib/api.ts';
import { t } from '../../locale/i18n.ts';

interface Draft {
  readonly name: string;
  readonly type: string;
  /** Wall-clock times. */
  readonly earliest: string;
  readonly latest: string;
  readonly hours: number | string;
  readonly lunch: number | string;
}

const USUAL: Draft = { name: '', type: 'early', earliest: '07:00', latest: '10:00', hours: 8.5, lunch: 30 };

const TEXTS = [
  { field: 'name', type: 'text' },
  { field: 'type', type: 'text' },
  { field: 'earliest', type: 'time' },
  { field: 'latest', type: 'time' },
] as const;
const NUMBERS = [
  { field: 'hours', words: 'length', width: 110, min: 1, max: 24, step: 0.5 },
  { field: 'lunch', words: 'lunch', width: 140, min: 0, max: 120, step: 15 },
] as const;

/** A new kind of shift: when it may start, how long it is, and its lunch. */
export function AddTemplate({ siteId }: { readonly siteId: string }) {
  const client = useQueryClient();
  const [draft, setDraft] = useState(USUAL);
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const add = useMutation({
    mutationFn: () => call(ROUTES.createShiftTemplate, { body: { siteId, ...templateOf(draft) } }),
    onSuccess: () => {
      set({ name: '' });
      void client.invalidateQueries({ queryKey: ['shift-templates', siteId] });
    },
  });
  const isReady =
    draft.name.trim() !== '' &&
    draft.type.trim() !== '' &&
    minuteOf(draft.earliest) <= minuteOf(draft.latest) &&
    typeof draft.hours === 'number' &&
    typeof draft.lunch === 'number';
  return (
    <>
      {add.error ? <Failure error={add.error} /> : null}
      <Group align="flex-end" gap="xs" mb="sm">
        {TEXTS.map(({ field, type }) => (
          <TextInput
            key={field}
            size="xs"
            type={type}
            label={t(`people.template.${field}`)}
            value={draft[field]}
            onChange={event => set({ [field]: event.currentTarget.value })}
          />
        ))}
        {NUMBERS.map(({ field, words, width, ...range }) => (
          <NumberInput
            key={field}
            size="xs"
            w={width}
            label={t(`people.template.${words}`)}
            {...range}
            value={draft[field]}
            onChange={value => set({ [field]: value })}
          />
        ))}
        <Button size="xs" disabled={!isReady} loading={add.isPending} onClick={() => add.mutate()}>
          {t('people.templateAdd')}
        </Button>
      </Group>
    </>
  );
}

function templateOf({ name, type, earliest, latest, hours, lunch }: Draft) {
  const length = Math.round(Number(hours) * 60);
  return {
    name,
    type,
    lengthsMinutes: [length],
    starts: [{ earliestMinute: minuteOf(earliest), latestMinute: minuteOf(latest), stepMinutes: 15 }],
    weekdays: [],
    breaks: usualBreaks(length, Number(lunch)),
    minSpacingMinutes: 60,
    active: true,
  };
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** A paid break in each half, and lunch around the middle of shifts of six hours or more. */
function usualBreaks(length: number, lunchMinutes: number) {
  const pause = (share: number) => ({
    kind: 'break' as const,
    minutes: 15,
    paid: true,
    earliestOffsetMinutes: Math.round((length * share - 30) / 15) * 15,
    latestOffsetMinutes: Math.round((length * share + 30) / 15) * 15,
  });
  if (length < 360) return length < 240 ? [] : [pause(0.5)];
  const lunch = {
    kind: 'lunch' as const,
    minutes: lunchMinutes,
    paid: false,
    earliestOffsetMinutes: Math.round((length * 0.5 - 60) / 15) * 15,
    latestOffsetMinutes: Math.round((length * 0.5 + 30) / 15) * 15,
  };
  return [pause(0.25), ...(lunchMinutes >= 5 ? [lunch] : []), pause(0.78)];
}
