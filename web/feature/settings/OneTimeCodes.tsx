import { Button, Group, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Card } from '../../component/Card.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { OneTimeCodeSetUp } from '../../component/OneTimeCodeSetUp.tsx';
import { ProofStep } from '../../component/ProofStep.tsx';
import { RecoveryCodes } from '../../component/RecoveryCodes.tsx';
import { call } from '../../lib/api.ts';
import { t } from '../../locale/i18n.ts';

/** The own second factor: turning it on and off, a new phone, new recovery codes. */
export function OneTimeCodes() {
  const refresh = useRefresh();
  const state = useQuery({ queryKey: ['secondFactor'], queryFn: () => call(ROUTES.getSecondFactor, {}) });
  return (
    <Loaded query={state} height={120}>
      {({ enabled, recoveryCodesLeft }) => (
        <Card
          title={t('settings.access.codes')}
          note={t(enabled ? 'settings.access.codesOn' : 'settings.access.codesOff')}
        >
          {enabled ? (
            <TurnedOn recoveryCodesLeft={recoveryCodesLeft} onDone={refresh} />
          ) : (
            <OneTimeCodeSetUp replaces={false} onDone={refresh} />
          )}
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

type Task = 'codesReplace' | 'codesRenew' | 'codesRemove';
const TASKS: readonly Task[] = ['codesReplace', 'codesRenew', 'codesRemove'];

interface TurnedOnProps {
  readonly recoveryCodesLeft: number;
  readonly onDone: () => void;
}

function TurnedOn({ recoveryCodesLeft, onDone }: TurnedOnProps) {
  const [task, setTask] = useState<Task | null>(null);
  const done = () => {
    setTask(null);
    onDone();
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
      {task === 'codesRemove' ? (
        <ProofStep
          asksForCode
          label={t('settings.access.codesRemove')}
          act={proof => call(ROUTES.removeSecondFactor, { body: proof })}
          onDone={done}
        />
      ) : null}
    </Stack>
  );
}

function Renew({ onDone }: { readonly onDone: () => void }) {
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  if (codes !== null) return <RecoveryCodes codes={codes} onDone={onDone} />;
  return (
    <ProofStep
      asksForCode
      label={t('settings.access.codesRenew')}
      act={proof => call(ROUTES.renewRecoveryCodes, { body: proof })}
      onDone={({ recoveryCodes }) => setCodes(recoveryCodes)}
    />
  );
}
