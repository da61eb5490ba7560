import { Button, Group, NumberInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ROUTES } from '../../../api/contract/routes.ts';
import type { ShiftTemplateEntry } from '../../../api/contract/shift.ts';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import { Failure } from '../../component/Failure.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { formatHours, formatMinuteOfDay } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { t } from '../../locale/i18n.ts';

/** The shifts that there are. */
export function Templates({ siteId }: { readonly siteId: string }) {
  const may = useMay();
  const templates = useQuery({
    queryKey: ['shift-templates', siteId],
    queryFn: () => call(ROUTES.listShiftTemplates, { query: { siteId } }),
  });
  return (
    <Loaded query={templates} height={200}>
      {({ items }) => (
        <>
          {may('people.manage') ? <AddTemplate siteId={siteId} /> : null}
          <DataTable
            caption={t('people.tabs.templates')}
            columns={COLUMNS}
            rows={items.filter(template => template.active)}
            rowKey={template => template.id}
            fileName="shifts"
            empty={<p>{t('people.templateNone')}</p>}
          />
        </>
      )}
    </Loaded>
  );
}

const COLUMNS: readonly TableColumn<ShiftTemplateEntry>[] = [
  { id: 'name', header: t('people.templateColumn.name'), value: template => template.name },
  { id: 'type', header: t('people.templateColumn.type'), value: template => template.type },
  {
    id: 'starts',
    header: t('people.templateColumn.starts'),
    value: template =>
      template.starts
        .map(start =>
          start.earliestMinute === start.latestMinute
            ? formatMinuteOfDay(start.earliestMinute)
            : `${formatMinuteOfDay(start.earliestMinute)}–${formatMinuteOfDay(start.latestMinute)}`,
        )
        .join(', '),
  },
  {
    id: 'lengths',
    header: t('people.templateColumn.lengths'),
    value: template => template.lengthsMinutes.map(minutes => formatHours(minutes / 60)).join(', '),
  },
  {
    id: 'breaks',
    header: t('people.templateColumn.breaks'),
    value: template =>
      template.breaks
        .map(pause =>
          t('people.breakText', { kind: t(`schedule.activity.${pause.kind}`), minutes: pause.minutes }),
        )
        .join(', '),
  },
  {
    id: 'days',
    header: t('people.templateColumn.days'),
    value: template =>
      template.weekdays.length === 0
        ? t('people.everyDay')
        : template.weekdays
            .map(day => t('queues.weekday', { returnObjects: true })[day]?.slice(0, 3) ?? '')
            .join(', '),
  },
];

function AddTemplate({ siteId }: { readonly siteId: string }) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [type, setType] = useState('early');
  const [earliest, setEarliest] = useState('07:00');
  const [latest, setLatest] = useState('10:00');
  const [hours, setHours] = useState<number | string>(8.5);
  const [lunch, setLunch] = useState<number | string>(30);
  const add = useMutation({
    mutationFn: () => {
      const length = Math.round(Number(hours) * 60);
      return call(ROUTES.createShiftTemplate, {
        body: {
          siteId,
          name,
          type,
          lengthsMinutes: [length],
          starts: [{ earliestMinute: minuteOf(earliest), latestMinute: minuteOf(latest), stepMinutes: 15 }],
          weekdays: [],
          breaks: usualBreaks(length, Number(lunch)),
          minSpacingMinutes: 60,
          active: true,
        },
      });
    },
    onSuccess: () => {
      setName('');
      void client.invalidateQueries({ queryKey: ['shift-templates', siteId] });
    },
  });
  return (
    <>
      {add.error ? <Failure error={add.error} /> : null}
      <Group align="flex-end" gap="xs" mb="sm">
        <TextInput
          size="xs"
          label={t('people.template.name')}
          value={name}
          onChange={event => setName(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          label={t('people.template.type')}
          value={type}
          onChange={event => setType(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          type="time"
          label={t('people.template.earliest')}
          value={earliest}
          onChange={event => setEarliest(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          type="time"
          label={t('people.template.latest')}
          value={latest}
          onChange={event => setLatest(event.currentTarget.value)}
        />
        <NumberInput
          size="xs"
          w={110}
          label={t('people.template.length')}
          min={1}
          max={24}
          step={0.5}
          value={hours}
          onChange={setHours}
        />
        <NumberInput
          size="xs"
          w={140}
          label={t('people.template.lunch')}
          min={0}
          max={120}
          step={15}
          value={lunch}
          onChange={setLunch}
        />
        <Button
          size="xs"
          disabled={name.trim() === '' || type.trim() === '' || minuteOf(latest) < minuteOf(earliest)}
          loading={add.isPending}
          onClick={() => add.mutate()}
        >
          {t('people.templateAdd')}
        </Button>
      </Group>
    </>
  );
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
