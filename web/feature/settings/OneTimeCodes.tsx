import { Button, Group, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Card } from '../../component/Card.tsx';
import { Failure } from '../../component/Failure.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { OneTimeCodeSetUp, type Proof, ProofForm } from '../../component/OneTimeCodeSetUp.tsx';
import { RecoveryCodes } from '../../component/RecoveryCodes.tsx';
import { call } from '../../lib/api.ts';
import { t } from '../../locale/i18n.ts';

/** The own second factor: turning it on and off, a new phone, new recovery codes. */
export function OneTimeCodes() {
  const state = useQuery({ queryKey: ['secondFactor'], queryFn: () => call(ROUTES.getSecondFactor, {}) });
  return (
    <Loaded query={state} height={120}>
      {({ enabled, recoveryCodesLeft }) => (
        <Card
          title={t('settings.access.codes')}
          note={t(enabled ? 'settings.access.codesOn' : 'settings.access.codesOff')}
        >
          {enabled ? <TurnedOn recoveryCodesLeft={recoveryCodesLeft} /> : <TurnedOff />}
        </Card>
      )}
    </Loaded>
  );
}

function useRefresh() {
  const client = useQueryClient();
  return () => {
    for (const key of ['secondFactor', 'me', 'sessions']) void client.invalidateQueries({ queryKey: [key] });
  };
}

function TurnedOff() {
  const refresh = useRefresh();
  return <OneTimeCodeSetUp replaces={false} onDone={refresh} />;
}

type Task = 'codesReplace' | 'codesRenew' | 'codesRemove';
const TASKS: readonly Task[] = ['codesReplace', 'codesRenew', 'codesRemove'];

function TurnedOn({ recoveryCodesLeft }: { readonly recoveryCodesLeft: number }) {
  const [task, setTask] = useState<Task | null>(null);
  const refresh = useRefresh();
  const done = () => {
    setTask(null);
    refresh();
  };
  return (
    <Stack gap="sm">
      <p>{t('settings.access.codesLeft', { count: recoveryCodesLeft })}</p>
      <Group gap="xs">
        {TASKS.map(name => (
          <Button
            key={name}
            size="xs"
            variant={task === name ? 'filled' : 'default'}
            aria-pressed={task === name}
            onClick={() => setTask(task === name ? null : name)}
          >
            {t(`settings.access.${name}`)}
          </Button>
        ))}
      </Group>
      {task === 'codesReplace' ? <OneTimeCodeSetUp replaces onDone={done} /> : null}
      {task === 'codesRenew' ? <Renew onDone={done} /> : null}
      {task === 'codesRemove' ? <Remove onDone={done} /> : null}
    </Stack>
  );
}

function Renew({ onDone }: { readonly onDone: () => void }) {
  const renew = useMutation({
    mutationFn: (proof: Proof) => call(ROUTES.renewRecoveryCodes, { body: proof }),
  });
  if (renew.data) return <RecoveryCodes codes={renew.data.recoveryCodes} onDone={onDone} />;
  return (
    <Stack gap="sm">
      <ProofForm
        asksForCode
        label={t('settings.access.codesRenew')}
        pending={renew.isPending}
        onProof={proof => renew.mutate(proof)}
      />
      {renew.error ? <Failure error={renew.error} /> : null}
    </Stack>
  );
}

function Remove({ onDone }: { readonly onDone: () => void }) {
  const remove = useMutation({
    mutationFn: (proof: Proof) => call(ROUTES.removeSecondFactor, { body: proof }),
    onSuccess: onDone,
  });
  return (
    <Stack gap="sm">
      <ProofForm
        asksForCode
        label={t('settings.access.codesRemove')}
        pending={remove.isPending}
        onProof={proof => remove.mutate(proof)}
      />
      {remove.error ? <Failure error={remove.error} /> : null}
    </Stack>
  );
}
