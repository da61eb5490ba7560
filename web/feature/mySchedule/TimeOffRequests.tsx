import { Button, Group, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { TIME_OFF_KINDS, type TimeOff } from '../../../api/contract/people.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { addDays, localDateOf, localDay } from '../../../forecasting/index.ts';
import { Card } from '../../component/Card.tsx';
import { Failure } from '../../component/Failure.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { formatLocalDate } from '../../lib/format.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';

/** Own time off: what was asked for in the year around the week in hand, and a new request. */
export function TimeOffRequests() {
  const client = useQueryClient();
  const { week } = useWorkplace();
  const range = { from: addDays(week, -30), to: addDays(week, 330) };
  const schedule = useQuery({
    queryKey: ['mySchedule', range],
    queryFn: () => call(ROUTES.getMySchedule, { query: range }),
  });
  const withdraw = useMutation({
    mutationFn: (id: string) => call(ROUTES.withdrawTimeOff, { params: { id } }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['mySchedule'] }),
  });
  return (
    <Card title={t('mySchedule.timeOff')}>
      {withdraw.error ? <Failure error={withdraw.error} /> : null}
      <Loaded query={schedule} height={80}>
        {({ timeOff, timeZone }) => (
          <>
            <Requests requests={timeOff} timeZone={timeZone} onWithdraw={withdraw.mutate} />
            <NewRequest week={week} timeZone={timeZone} />
          </>
        )}
      </Loaded>
    </Card>
  );
}

function Requests(props: {
  readonly requests: readonly TimeOff[];
  readonly timeZone: string;
  readonly onWithdraw: (id: string) => void;
}) {
  const { requests, timeZone, onWithdraw } = props;
  if (requests.length === 0) return <p>{t('mySchedule.noTimeOff')}</p>;
  return (
    <ul>
      {requests.map(({ id, start, end, category, status }) => (
        <li key={id}>
          {formatLocalDate(localDateOf(start, timeZone))} – {formatLocalDate(localDateOf(end - 1, timeZone))}:{' '}
          {t(`people.timeOffKind.${category}`)}, {t(`people.timeOffStatus.${status}`)}{' '}
          {status === 'requested' ? (
            <Button size="compact-xs" variant="default" onClick={() => onWithdraw(id)}>
              {t('mySchedule.withdraw')}
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function NewRequest({ week, timeZone }: { readonly week: string; readonly timeZone: string }) {
  const client = useQueryClient();
  const [from, setFrom] = useState(week);
  const [to, setTo] = useState(week);
  const [category, setCategory] = useState<(typeof TIME_OFF_KINDS)[number]>('vacation');
  const ask = useMutation({
    mutationFn: () =>
      call(ROUTES.requestTimeOff, {
        body: {
          category,
          start: localDay(from, timeZone).startEpochSeconds,
          end: localDay(to, timeZone).endEpochSeconds,
        },
      }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['mySchedule'] }),
  });
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        ask.mutate();
      }}
    >
      {ask.error ? <Failure error={ask.error} /> : null}
      <Group align="flex-end">
        <TextInput
          required
          type="date"
          label={t('mySchedule.from')}
          value={from}
          onChange={event => setFrom(event.currentTarget.value)}
        />
        <TextInput
          required
          type="date"
          label={t('mySchedule.to')}
          min={from}
          value={to}
          onChange={event => setTo(event.currentTarget.value)}
        />
        <Select
          allowDeselect={false}
          label={t('mySchedule.kind')}
          data={TIME_OFF_KINDS.map(value => ({ value, label: t(`people.timeOffKind.${value}`) }))}
          value={category}
          onChange={value => setCategory(TIME_OFF_KINDS.find(kind => kind === value) ?? category)}
        />
        <Button type="submit" loading={ask.isPending} disabled={from === '' || to < from}>
          {t('mySchedule.send')}
        </Button>
      </Group>
    </form>
  );
}
