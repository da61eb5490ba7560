import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ROUTES } from '../../../api/contract/routes.ts';
import { LEAST_PASSWORD_LENGTH, type sessionSchema } from '../../../api/contract/session.ts';
import { Card, Columns } from '../../component/Card.tsx';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import { Failure } from '../../component/Failure.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { NewPassword, weaknessIn } from '../../component/NewPassword.tsx';
import { call } from '../../lib/api.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import { deviceOf } from './deviceOf.ts';
import { OneTimeCodes } from './OneTimeCodes.tsx';
import { stampOf } from './stamp.ts';

type Session = (typeof sessionSchema)['_zod']['output'];

/** The own account: password, one-time codes, and where it is signed in. */
export function MyAccess() {
  return (
    <Stack>
      <Columns min={360}>
        <Password />
        <OneTimeCodes />
      </Columns>
      <Sessions />
    </Stack>
  );
}

function Password() {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useMutation({
    mutationFn: () => call(ROUTES.changePassword, { body: { currentPassword: current, newPassword: next } }),
    onSuccess: () => {
      setCurrent('');
      setNext('');
    },
  });
  return (
    <Card title={t('settings.access.password')}>
      <form
        onSubmit={event => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <Stack gap="sm">
          <PasswordInput
            required
            autoComplete="current-password"
            label={t('settings.access.current')}
            value={current}
            onChange={event => setCurrent(event.currentTarget.value)}
          />
          <NewPassword
            required
            label={t('settings.access.next')}
            refusal={change.error}
            value={next}
            onChange={event => setNext(event.currentTarget.value)}
          />
          {change.error && !weaknessIn(change.error) ? <Failure error={change.error} /> : null}
          <Group>
            <Button
              type="submit"
              loading={change.isPending}
              disabled={current === '' || next.length < LEAST_PASSWORD_LENGTH}
            >
              {t('action.save')}
            </Button>
            {change.isSuccess ? <span role="status">{t('settings.access.changed')}</span> : null}
          </Group>
        </Stack>
      </form>
    </Card>
  );
}

function Sessions() {
  const client = useQueryClient();
  const { site } = useWorkplace();
  const timeZone = site?.timeZone ?? 'UTC';
  const sessions = useQuery({ queryKey: ['sessions'], queryFn: () => call(ROUTES.listSessions, {}) });
  const end = useMutation({
    mutationFn: (id: string) => call(ROUTES.revokeSession, { params: { id } }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['sessions'] }),
  });
  const columns: readonly TableColumn<Session>[] = [
    {
      id: 'device',
      header: t('settings.access.column.device'),
      value: session =>
        `${deviceOf(session.userAgent)}${session.current ? ` (${t('settings.access.here')})` : ''}`,
    },
    {
      id: 'started',
      header: t('settings.access.column.started'),
      value: session => session.createdAt,
      cell: session => stampOf(session.createdAt, timeZone),
    },
    {
      id: 'seen',
      header: t('settings.access.column.seen'),
      value: session => session.lastSeenAt,
      cell: session => stampOf(session.lastSeenAt, timeZone),
    },
    {
      id: 'end',
      header: t('settings.access.end'),
      value: () => null,
      cell: session =>
        session.current ? null : (
          <Button size="compact-xs" variant="default" onClick={() => end.mutate(session.id)}>
            {t('settings.access.end')}
          </Button>
        ),
    },
  ];
  return (
    <Card title={t('settings.access.sessions')}>
      {end.error ? <Failure error={end.error} /> : null}
      <Loaded query={sessions} height={120}>
        {({ items }) => (
          <DataTable
            caption={t('settings.access.sessions')}
            columns={columns}
            rows={items}
            rowKey={session => session.id}
          />
        )}
      </Loaded>
    </Card>
  );
}
