import { Anchor, Button, Code, Group, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ROUTES } from '../../api/contract/routes.ts';
import { call } from '../lib/api.ts';
import { t } from '../locale/i18n.ts';
import { Failure } from './Failure.tsx';
import { RecoveryCodes } from './RecoveryCodes.tsx';

interface OneTimeCodeSetUpProps {
  /** One-time codes are on already: a present code is asked for before the key is replaced. */
  readonly replaces: boolean;
  /** Called once the server has the new key confirmed; the recovery codes are still to be shown. */
  readonly onConfirmed?: () => void;
  /** Called when the recovery codes have been kept. */
  readonly onDone: () => void;
}

/** Password → key for the authenticator app → first code → recovery codes. */
export function OneTimeCodeSetUp({ replaces, onConfirmed, onDone }: OneTimeCodeSetUpProps) {
  const begin = useMutation({
    mutationFn: (proof: Proof) => call(ROUTES.beginSecondFactor, { body: proof }),
  });
  const confirm = useMutation({
    mutationFn: (code: string) => call(ROUTES.confirmSecondFactor, { body: { code } }),
    onSuccess: () => onConfirmed?.(),
  });
  const error = confirm.error ?? begin.error;
  return (
    <Stack gap="sm">
      {confirm.data ? (
        <RecoveryCodes codes={confirm.data.recoveryCodes} onDone={onDone} />
      ) : begin.data ? (
        <KeyAndCode
          secret={begin.data.secret}
          uri={begin.data.uri}
          pending={confirm.isPending}
          onCode={code => confirm.mutate(code)}
        />
      ) : (
        <ProofForm
          asksForCode={replaces}
          label={t('oneTimeCodes.begin')}
          pending={begin.isPending}
          onProof={proof => begin.mutate(proof)}
        />
      )}
      {error ? <Failure error={error} /> : null}
    </Stack>
  );
}

/** What shows that it is the owner who asks. */
export interface Proof {
  readonly password: string;
  readonly code?: string;
}

interface ProofFormProps {
  readonly asksForCode: boolean;
  readonly label: string;
  readonly pending: boolean;
  readonly onProof: (proof: Proof) => void;
}

/** The password again, and a code where one-time codes are on. */
export function ProofForm({ asksForCode, label, pending, onProof }: ProofFormProps) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        onProof({ password, ...(asksForCode && { code }) });
      }}
    >
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
        <Button type="submit" loading={pending} disabled={password === '' || (asksForCode && code === '')}>
          {label}
        </Button>
      </Group>
    </form>
  );
}

interface KeyAndCodeProps {
  readonly secret: string;
  readonly uri: string;
  readonly pending: boolean;
  readonly onCode: (code: string) => void;
}

function KeyAndCode({ secret, uri, pending, onCode }: KeyAndCodeProps) {
  const [code, setCode] = useState('');
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        onCode(code);
      }}
    >
      <Stack gap="sm">
        <p>{t('oneTimeCodes.key')}</p>
        <Code block>{secret.replace(/.{4}(?=.)/g, '$& ')}</Code>
        <Anchor href={uri} size="sm">
          {t('oneTimeCodes.open')}
        </Anchor>
        <Group align="flex-end">
          <TextInput
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={6}
            label={t('oneTimeCodes.code')}
            value={code}
            onChange={event => setCode(event.currentTarget.value)}
          />
          <Button type="submit" disabled={!/^\d{6}$/.test(code)} loading={pending}>
            {t('oneTimeCodes.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
