import { Button, Code, Group, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Card } from '../../component/Card.tsx';
import { Failure } from '../../component/Failure.tsx';
import { call } from '../../lib/api.ts';
import { useMe } from '../../lib/session.ts';
import { t } from '../../locale/i18n.ts';

/** Turning one-time codes on and off; the password is asked for both. */
export function OneTimeCodes() {
  const client = useQueryClient();
  const { data: me } = useMe();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const refresh = () => {
    setPassword('');
    setCode('');
    void client.invalidateQueries({ queryKey: ['me'] });
  };
  const begin = useMutation({ mutationFn: () => call(ROUTES.beginSecondFactor, { body: { password } }) });
  const confirm = useMutation({
    mutationFn: () => call(ROUTES.confirmSecondFactor, { body: { code } }),
    onSuccess: () => {
      begin.reset();
      refresh();
    },
  });
  const remove = useMutation({
    mutationFn: () => call(ROUTES.removeSecondFactor, { body: { password } }),
    onSuccess: refresh,
  });
  const isOn = me?.secondFactor ?? false;
  const error = begin.error ?? confirm.error ?? remove.error;
  return (
    <Card
      title={t('settings.access.codes')}
      note={t(isOn ? 'settings.access.codesOn' : 'settings.access.codesOff')}
    >
      <Stack gap="sm">
        {begin.data ? (
          <>
            <p>{t('settings.access.codesSecret')}</p>
            <Code block>{begin.data.secret}</Code>
            <Group align="flex-end">
              <TextInput
                inputMode="numeric"
                autoComplete="one-time-code"
                maxLength={6}
                label={t('settings.access.codesCode')}
                value={code}
                onChange={event => setCode(event.currentTarget.value)}
              />
              <Button
                disabled={!/^\d{6}$/.test(code)}
                loading={confirm.isPending}
                onClick={() => confirm.mutate()}
              >
                {t('settings.access.codesConfirm')}
              </Button>
            </Group>
          </>
        ) : (
          <Group align="flex-end">
            <PasswordInput
              miw={220}
              autoComplete="current-password"
              label={t('settings.access.current')}
              value={password}
              onChange={event => setPassword(event.currentTarget.value)}
            />
            <Button
              variant={isOn ? 'default' : 'filled'}
              disabled={password === ''}
              loading={begin.isPending || remove.isPending}
              onClick={() => (isOn ? remove : begin).mutate()}
            >
              {t(isOn ? 'settings.access.codesRemove' : 'settings.access.codesBegin')}
            </Button>
          </Group>
        )}
        {error ? <Failure error={error} /> : null}
      </Stack>
    </Card>
  );
}
