import { Button, Checkbox, Code, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { downloadText } from '../lib/csv.ts';
import { t } from '../locale/i18n.ts';

/** Codes that are shown this once: to be copied or saved before going on. */
export function RecoveryCodes({
  codes,
  onDone,
}: {
  readonly codes: readonly string[];
  readonly onDone: () => void;
}) {
  const [kept, setKept] = useState(false);
  const text = codes.join('\n');
  return (
    <Stack gap="sm">
      <p>{t('oneTimeCodes.recovery')}</p>
      <Code block>{text}</Code>
      <Group>
        <Button
          variant="default"
          onClick={() => downloadText('coverline-recovery-codes.txt', `${text}\n`, 'text/plain')}
        >
          {t('oneTimeCodes.save')}
        </Button>
      </Group>
      <Checkbox
        label={t('oneTimeCodes.kept')}
        checked={kept}
        onChange={event => setKept(event.currentTarget.checked)}
      />
      <Group>
        <Button disabled={!kept} onClick={onDone}>
          {t('oneTimeCodes.done')}
        </Button>
      </Group>
    </Stack>
  );
}
