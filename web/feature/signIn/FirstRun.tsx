import { Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ROUTES } from '../../../api/contract/routes.ts';
import { LEAST_PASSWORD_LENGTH } from '../../../api/contract/session.ts';
import { Failure } from '../../component/Failure.tsx';
import { NewPassword, weaknessIn } from '../../component/NewPassword.tsx';
import { call } from '../../lib/api.ts';
import { t } from '../../locale/i18n.ts';
import { Welcome } from './Welcome.tsx';

interface FirstAccount {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly token: string;
}

/** The only screen before there is value: the first administrator. */
export function FirstRun({ tokenRequired }: { readonly tokenRequired: boolean }) {
  const client = useQueryClient();
  const form = useForm<FirstAccount>({
    initialValues: { name: '', email: '', password: '', token: '' },
    validate: {
      name: value => (value.trim() === '' ? t('firstRun.nameMissing') : null),
      email: value => (/^\S+@\S+\.\S+$/.test(value) ? null : t('firstRun.emailWrong')),
      password: value =>
        value.length < LEAST_PASSWORD_LENGTH
          ? t('firstRun.passwordShort', { count: LEAST_PASSWORD_LENGTH - value.length })
          : null,
    },
  });
  const setUp = useMutation({
    mutationFn: ({ name, email, password, token }: FirstAccount) =>
      call(ROUTES.setUp, { body: { name, email, password, ...(token && { token }) } }),
    onSuccess: me => {
      client.setQueryData(['me'], me);
      void client.invalidateQueries({ queryKey: ['setup'] });
    },
  });
  return (
    <Welcome title={t('firstRun.title')} lead={t('firstRun.lead')}>
      <form onSubmit={form.onSubmit(values => setUp.mutate(values))} noValidate>
        <Stack gap="md">
          <TextInput
            label={t('firstRun.name')}
            autoComplete="name"
            required
            {...form.getInputProps('name')}
          />
          <TextInput
            label={t('firstRun.email')}
            type="email"
            autoComplete="username"
            required
            {...form.getInputProps('email')}
          />
          <NewPassword
            label={t('firstRun.password')}
            required
            refusal={setUp.error}
            {...form.getInputProps('password')}
          />
          {tokenRequired ? (
            <TextInput
              label={t('firstRun.token')}
              description={t('firstRun.tokenHelp')}
              required
              {...form.getInputProps('token')}
            />
          ) : null}
          {setUp.error && !weaknessIn(setUp.error) ? <Failure error={setUp.error} /> : null}
          <Button type="submit" loading={setUp.isPending}>
            {t('firstRun.submit')}
          </Button>
        </Stack>
      </form>
    </Welcome>
  );
}
