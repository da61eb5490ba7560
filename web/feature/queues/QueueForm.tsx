import { Button, Drawer, Group, NativeSelect, NumberInput, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { CHANNELS, type Queue } from '../../../api/contract/centre.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { INTERVAL_STEPS_SECONDS } from '../../../forecasting/index.ts';
import { Failure } from '../../component/Failure.tsx';
import { call } from '../../lib/api.ts';
import { hoursText, readHours } from '../../lib/openingHours.ts';
import { t } from '../../locale/i18n.ts';

interface QueueFormProps {
  readonly queue: Queue | null;
  readonly siteId: string;
  readonly onClose: () => void;
}

const OFFICE_HOURS = '08:00-18:00';

/** What a queue is: name, channel, interval, opening hours. */
export function QueueForm({ queue, siteId, onClose }: QueueFormProps) {
  const client = useQueryClient();
  const [name, setName] = useState(queue?.name ?? '');
  const [channel, setChannel] = useState<Queue['channel']>(queue?.channel ?? 'voice');
  const [step, setStep] = useState<Queue['stepSeconds']>(queue?.stepSeconds ?? 900);
  const [aliases, setAliases] = useState((queue?.aliases ?? []).join(', '));
  const [shortAbandon, setShortAbandon] = useState(queue?.shortAbandonSeconds ?? 5);
  const [hours, setHours] = useState(
    () =>
      queue?.openingHours.weekly.map(hoursText) ?? [
        OFFICE_HOURS,
        OFFICE_HOURS,
        OFFICE_HOURS,
        OFFICE_HOURS,
        OFFICE_HOURS,
        '',
        '',
      ],
  );
  const read = hours.map(readHours);
  const weekly = read.flatMap(day => (day === null ? [] : [day]));
  const valid = name.trim() !== '' && weekly.length === 7;
  const refresh = () => {
    void client.invalidateQueries({ queryKey: ['queues'] });
    onClose();
  };
  const fields = {
    name,
    channel,
    stepSeconds: step,
    openingHours: { weekly },
    aliases: aliases
      .split(',')
      .map(alias => alias.trim())
      .filter(alias => alias !== ''),
    shortAbandonSeconds: shortAbandon,
  };
  const save = useMutation({
    mutationFn: () =>
      queue
        ? call(ROUTES.updateQueue, {
            params: { id: queue.id },
            ifMatch: String(queue.revision),
            body: fields,
          })
        : call(ROUTES.createQueue, { body: { siteId, ...fields } }),
    onSuccess: refresh,
  });
  const archive = useMutation({
    mutationFn: (old: Queue) =>
      call(ROUTES.updateQueue, {
        params: { id: old.id },
        ifMatch: String(old.revision),
        body: { archived: true },
      }),
    onSuccess: refresh,
  });
  const weekdays = t('queues.weekday', { returnObjects: true });
  return (
    <Drawer
      opened
      onClose={onClose}
      title={queue ? t('queues.edit', { name: queue.name }) : t('queues.create')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form
        onSubmit={event => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t('queues.form.name')}
            required
            value={name}
            onChange={event => setName(event.currentTarget.value)}
          />
          <Group grow>
            <NativeSelect
              label={t('queues.form.channel')}
              value={channel}
              onChange={event =>
                setChannel(CHANNELS.find(entry => entry === event.currentTarget.value) ?? 'voice')
              }
              data={CHANNELS.map(value => ({ value, label: t(`queues.channel.${value}`) }))}
            />
            <NativeSelect
              label={t('queues.form.step')}
              value={String(step)}
              onChange={event =>
                setStep(
                  INTERVAL_STEPS_SECONDS.find(entry => String(entry) === event.currentTarget.value) ?? 900,
                )
              }
              data={INTERVAL_STEPS_SECONDS.map(value => ({
                value: String(value),
                label: t('queues.minutes', { count: value / 60 }),
              }))}
            />
          </Group>
          <TextInput
            label={t('queues.form.aliases')}
            description={t('queues.form.aliasesHelp')}
            value={aliases}
            onChange={event => setAliases(event.currentTarget.value)}
          />
          <NumberInput
            label={t('queues.form.shortAbandon')}
            min={0}
            max={120}
            value={shortAbandon}
            onChange={value => {
              if (typeof value === 'number') setShortAbandon(value);
            }}
          />
          <div>
            <b>{t('queues.form.hours')}</b>
            <p>{t('queues.form.hoursHelp')}</p>
            {weekdays.map((day, i) => (
              <TextInput
                key={day}
                size="xs"
                mt={4}
                label={day}
                value={hours[i] ?? ''}
                error={read[i] === null ? t('queues.form.hoursWrong') : null}
                onChange={event => {
                  const text = event.currentTarget.value;
                  setHours(hours.map((entry, d) => (d === i ? text : entry)));
                }}
              />
            ))}
          </div>
          {save.error ? <Failure error={save.error} /> : null}
          {archive.error ? <Failure error={archive.error} /> : null}
          <Group justify="space-between">
            {queue ? (
              <Button
                variant="subtle"
                color="gray"
                loading={archive.isPending}
                onClick={() => archive.mutate(queue)}
              >
                {t('queues.form.archive')}
              </Button>
            ) : (
              <span />
            )}
            <Button type="submit" disabled={!valid} loading={save.isPending}>
              {t('action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}
