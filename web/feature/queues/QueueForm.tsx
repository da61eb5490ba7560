import { Button, Drawer, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { CHANNELS, isDeferred, type Queue } from '../../../api/contract/centre.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { INTERVAL_STEPS_SECONDS, promiseOf } from '../../../forecasting/index.ts';
import { Failure } from '../../component/Failure.tsx';
import { call } from '../../lib/api.ts';
import { hoursText, readHours } from '../../lib/openingHours.ts';
import { withPromise } from '../../lib/queueTerms.ts';
import { t } from '../../locale/i18n.ts';
import { KindFields } from './KindFields.tsx';

interface QueueFormProps {
  readonly queue: Queue | null;
  readonly siteId: string;
  readonly onClose: () => void;
}

const OFFICE_HOURS = '08:00-18:00';

/** Monday to Friday. */
const NEW_WEEK: readonly string[] = Array.from({ length: 7 }, (_, day) => (day < 5 ? OFFICE_HOURS : ''));

interface Draft {
  readonly name: string;
  readonly channel: Queue['channel'];
  readonly stepSeconds: Queue['stepSeconds'];
  /** As typed: separated by commas. */
  readonly aliases: string;
  readonly shortAbandonSeconds: number;
  /** Chats that an agent holds at once. */
  readonly concurrency: number;
  /** Deferred work: the time within which it is done. */
  readonly promiseSeconds: number;
  /** As typed, Monday first. */
  readonly hours: readonly string[];
}

function draftOf(queue: Queue | null): Draft {
  return {
    name: queue?.name ?? '',
    channel: queue?.channel ?? 'voice',
    stepSeconds: queue?.stepSeconds ?? 900,
    aliases: (queue?.aliases ?? []).join(', '),
    shortAbandonSeconds: queue?.shortAbandonSeconds ?? 5,
    concurrency: queue?.concurrency ?? 1,
    // Half a minute in line is no promise for a message.
    promiseSeconds: promiseOf(queue && isDeferred(queue.channel) ? queue.goal : {}),
    hours: queue?.openingHours.weekly.map(hoursText) ?? NEW_WEEK,
  };
}

/** What is stored; null while the hours of a day cannot be read. */
function fieldsOf({ aliases, hours, promiseSeconds, concurrency, ...draft }: Draft, queue: Queue | null) {
  const weekly = hours.map(readHours).flatMap(day => (day === null ? [] : [day]));
  if (draft.name.trim() === '' || weekly.length < hours.length) return null;
  const names = aliases.split(',').map(alias => alias.trim());
  const wasChat = queue?.channel === 'chat';
  return {
    ...draft,
    ...(draft.channel === 'chat' ? { concurrency } : wasChat && { concurrency: 1 }),
    ...(isDeferred(draft.channel) && {
      goal: withPromise(queue?.goal ?? {}, promiseSeconds),
      // Stored together with the goal.
      goalPeriods: [...(queue?.goalPeriods ?? [])],
    }),
    openingHours: { weekly },
    aliases: names.filter(alias => alias !== ''),
  };
}

/** What a queue is: name, channel, interval, opening hours. */
export function QueueForm({ queue, siteId, onClose }: QueueFormProps) {
  const client = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(queue));
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const fields = fieldsOf(draft, queue);
  const save = useMutation({
    mutationFn: (changed: NonNullable<typeof fields>) =>
      queue
        ? call(ROUTES.updateQueue, {
            params: { id: queue.id },
            ifMatch: String(queue.revision),
            body: changed,
          })
        : call(ROUTES.createQueue, { body: { siteId, ...changed } }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['queues'] });
      onClose();
    },
  });
  return (
    <Drawer
      opened
      onClose={onClose}
      title={queue ? t('queues.edit', { name: queue.name }) : t('queues.create')}
    >
      <form
        onSubmit={event => {
          event.preventDefault();
          if (fields) save.mutate(fields);
        }}
      >
        <Stack gap="sm">
          <QueueFields draft={draft} onChange={set} />
          <WeekHours hours={draft.hours} onChange={hours => set({ hours })} />
          {save.error ? <Failure error={save.error} /> : null}
          <Group justify="space-between">
            {queue ? <ArchiveQueue queue={queue} onDone={onClose} /> : <span />}
            <Button type="submit" disabled={fields === null} loading={save.isPending}>
              {t('action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}

interface QueueFieldsProps {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}

function QueueFields({ draft, onChange }: QueueFieldsProps) {
  return (
    <>
      <TextInput
        label={t('queues.form.name')}
        required
        value={draft.name}
        onChange={event => onChange({ name: event.currentTarget.value })}
      />
      <Group grow>
        <NativeSelect
          label={t('queues.form.channel')}
          value={draft.channel}
          onChange={event => {
            const channel = CHANNELS.find(entry => entry === event.currentTarget.value);
            if (channel) onChange({ channel });
          }}
          data={CHANNELS.map(value => ({ value, label: t(`queues.channel.${value}`) }))}
        />
        <NativeSelect
          label={t('queues.form.step')}
          value={String(draft.stepSeconds)}
          onChange={event => {
            const step = INTERVAL_STEPS_SECONDS.find(entry => String(entry) === event.currentTarget.value);
            if (step) onChange({ stepSeconds: step });
          }}
          data={INTERVAL_STEPS_SECONDS.map(value => ({
            value: String(value),
            label: t('queues.minutes', { count: value / 60 }),
          }))}
        />
      </Group>
      <KindFields draft={draft} onChange={onChange} />
      <TextInput
        label={t('queues.form.aliases')}
        description={t('queues.form.aliasesHelp')}
        value={draft.aliases}
        onChange={event => onChange({ aliases: event.currentTarget.value })}
      />
    </>
  );
}

interface WeekHoursProps {
  readonly hours: readonly string[];
  readonly onChange: (hours: readonly string[]) => void;
}

function WeekHours({ hours, onChange }: WeekHoursProps) {
  return (
    <div>
      <b>{t('queues.form.hours')}</b>
      <p>{t('queues.form.hoursHelp')}</p>
      {t('queues.weekday', { returnObjects: true }).map((day, i) => (
        <TextInput
          key={day}
          size="xs"
          mt={4}
          label={day}
          value={hours[i] ?? ''}
          error={readHours(hours[i] ?? '') === null ? t('queues.form.hoursWrong') : null}
          onChange={event => {
            const text = event.currentTarget.value;
            onChange(hours.map((entry, d) => (d === i ? text : entry)));
          }}
        />
      ))}
    </div>
  );
}

function ArchiveQueue({ queue, onDone }: { readonly queue: Queue; readonly onDone: () => void }) {
  const client = useQueryClient();
  const archive = useMutation({
    mutationFn: () =>
      call(ROUTES.updateQueue, {
        params: { id: queue.id },
        ifMatch: String(queue.revision),
        body: { archived: true },
      }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['queues'] });
      onDone();
    },
  });
  return (
    <div>
      <Button variant="subtle" color="gray" loading={archive.isPending} onClick={() => archive.mutate()}>
        {t('queues.form.archive')}
      </Button>
      {archive.error ? <Failure error={archive.error} /> : null}
    </div>
  );
}
