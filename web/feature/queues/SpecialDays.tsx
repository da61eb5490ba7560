import { ActionIcon, Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Queue, Site, SpecialDayEntry } from '../../../api/contract/centre.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Card } from '../../component/Card.tsx';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import { Failure } from '../../component/Failure.tsx';
import { Icon } from '../../component/Icon.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { formatLocalDate } from '../../lib/format.ts';
import { hoursText } from '../../lib/openingHours.ts';
import { useMay } from '../../lib/session.ts';
import { t } from '../../locale/i18n.ts';

interface SpecialDaysProps {
  readonly site: Site;
  readonly queues: readonly Queue[];
}

const KINDS = ['holiday', 'closure', 'event', 'outage'] as const;

/** Days unlike the others, typed or taken from the public holidays. */
export function SpecialDays({ site, queues }: SpecialDaysProps) {
  const client = useQueryClient();
  const may = useMay();
  const days = useQuery({
    queryKey: ['special-days', site.id],
    queryFn: () => call(ROUTES.listSpecialDays, { query: { siteId: site.id } }),
  });
  const refresh = () => void client.invalidateQueries({ queryKey: ['special-days', site.id] });
  const remove = useMutation({
    mutationFn: (day: SpecialDayEntry) => call(ROUTES.removeSpecialDay, { params: { id: day.id } }),
    onSuccess: refresh,
  });
  const columns: readonly TableColumn<SpecialDayEntry>[] = [
    {
      id: 'date',
      header: t('queues.specialColumn.date'),
      value: day => day.date,
      cell: day => formatLocalDate(day.date),
    },
    { id: 'name', header: t('queues.specialColumn.name'), value: day => day.name },
    { id: 'kind', header: t('queues.specialColumn.kind'), value: day => t(`queues.specialKind.${day.kind}`) },
    {
      id: 'queue',
      header: t('queues.specialColumn.queue'),
      value: day => queues.find(queue => queue.id === day.queueId)?.name ?? t('queues.allQueues'),
    },
    {
      id: 'hours',
      header: t('queues.specialColumn.hours'),
      value: day =>
        day.hours === undefined ? t('queues.usual') : hoursText(day.hours) || t('queues.closed'),
      cell: day => (
        <Group gap="xs" justify="space-between">
          {day.hours === undefined ? t('queues.usual') : hoursText(day.hours) || t('queues.closed')}
          {may('centre.manage') ? (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`${t('action.remove')}: ${day.name} ${day.date}`}
              onClick={() => remove.mutate(day)}
            >
              <Icon name="trash" size={15} />
            </ActionIcon>
          ) : null}
        </Group>
      ),
    },
  ];
  return (
    <Card title={t('queues.special')} note={t('queues.specialNote')}>
      {remove.error ? <Failure error={remove.error} /> : null}
      {may('centre.manage') ? (
        <>
          <AddDay site={site} onAdded={refresh} />
          <AddHolidays site={site} onAdded={refresh} />
        </>
      ) : null}
      <Loaded query={days} height={140}>
        {({ items }) => (
          <DataTable
            caption={t('queues.special')}
            columns={columns}
            rows={items}
            rowKey={day => day.id}
            fileName="special-days"
            maxHeight={360}
            empty={<p>{t('queues.specialNone')}</p>}
          />
        )}
      </Loaded>
    </Card>
  );
}

function AddDay({ site, onAdded }: { readonly site: Site; readonly onAdded: () => void }) {
  const [date, setDate] = useState('');
  const [name, setName] = useState('');
  const [kind, setKind] = useState<(typeof KINDS)[number]>('event');
  const add = useMutation({
    mutationFn: () =>
      call(ROUTES.putSpecialDay, {
        body: { siteId: site.id, queueId: null, date, name, kind, ...(kind === 'closure' && { hours: [] }) },
      }),
    onSuccess: () => {
      setName('');
      onAdded();
    },
  });
  return (
    <>
      {add.error ? <Failure error={add.error} /> : null}
      <Group align="flex-end" gap="xs" mb="sm">
        <TextInput
          size="xs"
          type="date"
          label={t('queues.specialColumn.date')}
          value={date}
          onChange={event => setDate(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          label={t('queues.specialColumn.name')}
          value={name}
          onChange={event => setName(event.currentTarget.value)}
        />
        <NativeSelect
          size="xs"
          label={t('queues.specialColumn.kind')}
          value={kind}
          onChange={event => setKind(KINDS.find(entry => entry === event.currentTarget.value) ?? 'event')}
          data={KINDS.map(value => ({ value, label: t(`queues.specialKind.${value}`) }))}
        />
        <Button
          size="xs"
          variant="default"
          disabled={date === '' || name.trim() === ''}
          loading={add.isPending}
          onClick={() => add.mutate()}
        >
          {t('queues.addDay')}
        </Button>
      </Group>
    </>
  );
}

function AddHolidays({ site, onAdded }: { readonly site: Site; readonly onAdded: () => void }) {
  const [country, setCountry] = useState(site.country ?? '');
  const [region, setRegion] = useState(site.region ?? '');
  const year = new Date().getFullYear();
  const add = useMutation({
    mutationFn: () =>
      call(ROUTES.addPublicHolidays, {
        body: {
          siteId: site.id,
          country: country.toUpperCase(),
          ...(region !== '' && { region: region.toUpperCase() }),
          fromYear: year - 2,
          toYear: year + 2,
        },
      }),
    onSuccess: onAdded,
  });
  return (
    <>
      {add.error ? <Failure error={add.error} /> : null}
      <Group align="flex-end" gap="xs" mb="sm">
        <TextInput
          size="xs"
          w={150}
          label={t('queues.country')}
          value={country}
          onChange={event => setCountry(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          w={100}
          label={t('queues.region')}
          value={region}
          onChange={event => setRegion(event.currentTarget.value)}
        />
        <Button
          size="xs"
          variant="default"
          disabled={country.trim().length !== 2}
          loading={add.isPending}
          onClick={() => add.mutate()}
        >
          {t('queues.addHolidays')}
        </Button>
      </Group>
    </>
  );
}
