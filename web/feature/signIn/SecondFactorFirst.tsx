import { Box, Button, Group } from '@mantine/core';
import { OneTimeCodeSetUp } from '../../component/OneTimeCodeSetUp.tsx';
import { useSignOut } from '../../lib/session.ts';
import { t } from '../../locale/i18n.ts';
import { Welcome } from './Welcome.tsx';

/** The only screen of an administrator who must have one-time codes and has none yet. */
export function SecondFactorFirst({
  onConfirmed,
  onDone,
}: {
  readonly onConfirmed: () => void;
  readonly onDone: () => void;
}) {
  const signOut = useSignOut();
  return (
    <Welcome title={t('oneTimeCodes.firstTitle')} lead={t('oneTimeCodes.firstLead')}>
      <Box mt="lg">
        <OneTimeCodeSetUp replaces={false} onConfirmed={onConfirmed} onDone={onDone} />
      </Box>
      <Group mt="lg">
        <Button variant="subtle" size="compact-sm" onClick={signOut}>
          {t('shell.signOut')}
        </Button>
      </Group>
    </Welcome>
  );
}
