import { Button, Group, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { TIME_OFF_KINDS } from '../../../api/contract/people.ts';
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
  const [from, setFrom] = useState(week);
  const [to, setTo] = useState(week);
  const [kind, setKind] = useState<(typeof TIME_OFF_KINDS)[number]>('vacation');
  const range = { from: addDays(week, -30), to: addDays(week, 330) };
  const schedule = useQuery({
    queryKey: ['mySchedule', range],
    queryFn: () => call(ROUTES.getMySchedule, { query: range }),
  });
  const refresh = () => void client.invalidateQueries({ queryKey: ['mySchedule'] });
  const timeZone = schedule.data?.timeZone ?? 'UTC';
  const ask = useMutation({
    mutationFn: () =>
      call(ROUTES.requestTimeOff, {
        body: {
          category: kind,
          start: localDay(from, timeZone).startEpochSeconds,
          end: localDay(to, timeZone).endEpochSeconds,
        },
      }),
    onSuccess: refresh,
  });
  const withdraw = useMutation({
    mutationFn: (id: string) => call(ROUTES.withdrawTimeOff, { params: { id } }),
    onSuccess: refresh,
  });
  const error = ask.error ?? withdraw.error;
  return (
    <Card title={t('mySchedule.timeOff')}>
      {error ? <Failure error={error} /> : null}
      <Loaded query={schedule} height={80}>
        {({ timeOff }) =>
          timeOff.length === 0 ? (
            <p>{t('mySchedule.noTimeOff')}</p>
          ) : (
            <ul>
              {timeOff.map(entry => (
                <li key={entry.id}>
                  {formatLocalDate(localDateOf(entry.start, timeZone))} –{' '}
                  {formatLocalDate(localDateOf(entry.end - 1, timeZone))}:{' '}
                  {t(`people.timeOffStatus.${entry.status}`)}{' '}
                  {entry.status === 'requested' ? (
                    <Button size="compact-xs" variant="default" onClick={() => withdraw.mutate(entry.id)}>
                      {t('mySchedule.withdraw')}
                    </Button>
                  ) : null}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <form
        onSubmit={event => {
          event.preventDefault();
          ask.mutate();
        }}
      >
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
            value={kind}
            onChange={value => setKind(TIME_OFF_KINDS.find(candidate => candidate === value) ?? kind)}
          />
          <Button type="submit" loading={ask.isPending} disabled={from === '' || to < from}>
            {t('mySchedule.send')}
          </Button>
        </Group>
      </form>
    </Card>
  );
}
