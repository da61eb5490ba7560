import { Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { t } from '../locale/i18n.ts';
import { Failure } from './Failure.tsx';

/** What shows that it is the owner who asks. */
interface Proof {
  readonly password: string;
  readonly code?: string;
}

interface ProofStepProps<Result> {
  /** One-time codes are on: a present one is asked for as well. */
  readonly asksForCode: boolean;
  readonly label: string;
  readonly act: (proof: Proof) => Promise<Result>;
  readonly onDone: (result: Result) => void;
}

/** Does something once the owner has shown who asks, with the password again and a code where codes are on. */
export function ProofStep<Result>({ asksForCode, label, act, onDone }: ProofStepProps<Result>) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const step = useMutation({ mutationFn: act, onSuccess: onDone });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    step.mutate({ password, ...(asksForCode && { code }) });
  };
  return (
    <Stack gap="sm">
      <form onSubmit={submit}>
        <Group align="flex-end">
          <PasswordInput
            miw={220}
            autoComplete="current-password"
            label={t('oneTimeCodes.password')}
            value={password}
            onChange={event => setPassword(event.currentTarget.value)}
          />
          {asksForCode ? (
            <TextInput
              autoComplete="one-time-code"
              label={t('oneTimeCodes.presentCode')}
              value={code}
              onChange={event => setCode(event.currentTarget.value)}
            />
          ) : null}
          <Button
            type="submit"
            loading={step.isPending}
            disabled={password === '' || (asksForCode && code === '')}
          >
            {label}
          </Button>
        </Group>
      </form>
      {step.error ? <Failure error={step.error} /> : null}
    </Stack>
  );
}
