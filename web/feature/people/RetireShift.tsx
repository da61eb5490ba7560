import { Button, Group, Modal, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ShiftTemplateEntry } from '../../../api/contract/shift.ts';
import { Failure } from '../../component/Failure.tsx';
import { t } from '../../locale/i18n.ts';
import { storeShift } from './ShiftForm.tsx';

/** Retires kinds of shifts and brings them back. */
export function useShiftInUse(siteId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ template, active }: { template: ShiftTemplateEntry; active: boolean }) => {
      const { id, siteId: _, revision, ...fields } = template;
      return storeShift({ id, revision }, siteId, { ...fields, active });
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['shift-templates', siteId] }),
  });
}

interface RetireShiftProps {
  readonly template: ShiftTemplateEntry;
  readonly siteId: string;
  readonly onClose: () => void;
}

/** Says what stays before a kind of shift is retired. */
export function RetireShift({ template, siteId, onClose }: RetireShiftProps) {
  const change = useShiftInUse(siteId);
  return (
    <Modal opened onClose={onClose} title={t('people.shift.retireTitle', { name: template.name })}>
      <Stack gap="sm">
        <p>{t('people.shift.retireText')}</p>
        {change.error ? <Failure error={change.error} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            data-autofocus
            loading={change.isPending}
            onClick={() => change.mutate({ template, active: false }, { onSuccess: onClose })}
          >
            {t('people.shift.retire')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
