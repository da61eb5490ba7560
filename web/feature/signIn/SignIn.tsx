import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../../../api/contract/client.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Failure } from '../../component/Failure.tsx';
import { call } from '../../lib/api.ts';
import { t } from '../../locale/i18n.ts';
import { Welcome } from './Welcome.tsx';

/** E-mail address, password, and the one-time code once the server asks for it. */
export function SignIn({ singleSignOn }: { readonly singleSignOn: { readonly label: string } | null }) {
  const client = useQueryClient();
  const [needsCode, setNeedsCode] = useState(false);
  const form = useForm({ initialValues: { email: '', password: '', code: '' } });
  const signIn = useMutation({
    mutationFn: (values: { email: string; password: string; code: string }) =>
      call(ROUTES.signIn, {
        body: { email: values.email, password: values.password, ...(values.code && { code: values.code }) },
      }),
    onSuccess: me => client.setQueryData(['me'], me),
    onError: error => {
      if (error instanceof ApiError && error.id === 'secondFactorRequired') setNeedsCode(true);
    },
  });
  const refusal = signOnRefusal(window.location.search);
  const asksForCode = signIn.error instanceof ApiError && signIn.error.id === 'secondFactorRequired';
  return (
    <Welcome title={t('signIn.title')}>
      <form onSubmit={form.onSubmit(values => signIn.mutate(values))}>
        <Stack gap="md">
          <TextInput
            label={t('signIn.email')}
            type="email"
            autoComplete="username"
            required
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label={t('signIn.password')}
            autoComplete="current-password"
            required
            {...form.getInputProps('password')}
          />
          {needsCode ? (
            <TextInput
              label={t('signIn.code')}
              description={t('signIn.codeHelp')}
              inputMode="numeric"
              autoComplete="one-time-code"
              required
              {...form.getInputProps('code')}
            />
          ) : null}
          {refusal && !signIn.error ? <p role="alert">{t(`signIn.signOn.${refusal}`)}</p> : null}
          {signIn.error && !asksForCode ? <Failure error={signIn.error} /> : null}
          <Button type="submit" loading={signIn.isPending}>
            {t('signIn.submit')}
          </Button>
          {singleSignOn ? (
            <Button component="a" href={ROUTES.beginSingleSignOn.path} variant="default">
              {t('signIn.sso', { label: singleSignOn.label })}
            </Button>
          ) : null}
        </Stack>
      </form>
    </Welcome>
  );
}

const REFUSALS = ['refused', 'unavailable', 'off'] as const;

/** Why single sign-on came back here without a session, from the address that it came back to. */
function signOnRefusal(search: string): (typeof REFUSALS)[number] | undefined {
  const told = new URLSearchParams(search).get('sso');
  return REFUSALS.find(reason => reason === told);
}
