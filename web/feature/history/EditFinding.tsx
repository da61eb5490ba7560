import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Finding } from '../../../api/contract/history.ts';
import { t } from '../../locale/i18n.ts';

/** Own values in place of what a finding covers; the original stays stored. */
export function EditFinding(props: {
  readonly finding: Finding;
  readonly stepSeconds: number;
  readonly onClose: () => void;
  readonly onSave: (offered: number[]) => void;
}) {
  const { finding, stepSeconds, onClose, onSave } = props;
  const count = Math.max(1, Math.round((finding.to - finding.from) / stepSeconds));
  const [text, setText] = useState(finding.expected === null ? '' : String(Math.round(finding.expected)));
  const numbers = text
    .split(/[\s;]+/)
    .filter(part => part !== '')
    .map(Number);
  const valid =
    (numbers.length === 1 || numbers.length === count) &&
    numbers.every(value => Number.isFinite(value) && value >= 0);
  return (
    <Modal opened onClose={onClose} title={t('history.editTitle')}>
      <p>{finding.reason}</p>
      <Textarea
        label={t('history.editCount', { count })}
        description={t('history.editHelp')}
        value={text}
        minRows={3}
        autosize
        maxRows={12}
        onChange={event => setText(event.currentTarget.value)}
        error={text !== '' && !valid ? t('history.editWrong', { count }) : null}
      />
      <Button
        mt="md"
        disabled={!valid}
        onClick={() =>
          onSave(numbers.length === count ? numbers : Array.from({ length: count }, () => numbers[0] ?? 0))
        }
      >
        {t('action.save')}
      </Button>
    </Modal>
  );
}
