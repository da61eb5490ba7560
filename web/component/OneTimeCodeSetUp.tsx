import { Anchor, Button, Code, Group, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ROUTES } from '../../api/contract/routes.ts';
import { call } from '../lib/api.ts';
import { t } from '../locale/i18n.ts';
import { Failure } from './Failure.tsx';
import { ProofStep } from './ProofStep.tsx';
import { QrCode } from './QrCode.tsx';
import { RecoveryCodes } from './RecoveryCodes.tsx';

interface OneTimeCodeSetUpProps {
  /** One-time codes are on already: a present code is asked for before the key is replaced. */
  readonly replaces: boolean;
  /** Called once the server has the new key confirmed; the recovery codes are still to be shown. */
  readonly onConfirmed?: () => void;
  /** Called when the recovery codes have been kept. */
  readonly onDone: () => void;
}

/** The key of an authenticator app, and the address that carries it. */
interface NewKey {
  readonly secret: string;
  readonly uri: string;
}

/** Password → key for the authenticator app → first code → recovery codes. */
export function OneTimeCodeSetUp({ replaces, onConfirmed, onDone }: OneTimeCodeSetUpProps) {
  const [key, setKey] = useState<NewKey | null>(null);
  const [recoveryCodes, setRecoveryCodes] = useState<readonly string[] | null>(null);
  if (recoveryCodes !== null) return <RecoveryCodes codes={recoveryCodes} onDone={onDone} />;
  if (key === null) {
    return (
      <ProofStep
        asksForCode={replaces}
        label={t('oneTimeCodes.begin')}
        act={proof => call(ROUTES.beginSecondFactor, { body: proof })}
        onDone={setKey}
      />
    );
  }
  const onCodes = (codes: readonly string[]) => {
    setRecoveryCodes(codes);
    onConfirmed?.();
  };
  return <KeyAndCode newKey={key} onCodes={onCodes} />;
}

interface KeyAndCodeProps {
  readonly newKey: NewKey;
  readonly onCodes: (recoveryCodes: readonly string[]) => void;
}

function KeyAndCode({ newKey: { secret, uri }, onCodes }: KeyAndCodeProps) {
  const [code, setCode] = useState('');
  const confirm = useMutation({
    mutationFn: () => call(ROUTES.confirmSecondFactor, { body: { code } }),
    onSuccess: ({ recoveryCodes }) => onCodes(recoveryCodes),
  });
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        confirm.mutate();
      }}
    >
      <Stack gap="sm">
        <p>{t('oneTimeCodes.scan')}</p>
        <QrCode text={uri} label={t('oneTimeCodes.qrCode')} />
        <Anchor href={uri} size="sm">
          {t('oneTimeCodes.open')}
        </Anchor>
        <p>{t('oneTimeCodes.key')}</p>
        <Code block>{secret.replace(/.{4}(?=.)/g, '$& ')}</Code>
        <Group align="flex-end">
          <TextInput
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={6}
            label={t('oneTimeCodes.code')}
            value={code}
            onChange={event => setCode(event.currentTarget.value)}
          />
          <Button type="submit" disabled={!/^\d{6}$/.test(code)} loading={confirm.isPending}>
            {t('oneTimeCodes.confirm')}
          </Button>
        </Group>
        {confirm.error ? <Failure error={confirm.error} /> : null}
      </Stack>
    </form>
  );
}
