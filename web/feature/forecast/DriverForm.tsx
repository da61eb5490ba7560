import { SegmentedControl, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Queue } from '../../../api/contract/centre.ts';
import type { Driver } from '../../../api/contract/driver.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { FormDialog } from '../../component/FormDialog.tsx';
import { call } from '../../lib/api.ts';
import { t } from '../../locale/i18n.ts';

interface DriverFormProps {
  readonly queue: Queue;
  readonly onClose: () => void;
  readonly onAdded: (driver: Driver) => void;
}

/** Name, unit and reach of a new driver; its values come next. */
export function DriverForm({ queue, onClose, onAdded }: DriverFormProps) {
  const [name, setName] = useState('');
  const [unit, setUnit] = useState('');
  const [scope, setScope] = useState('queue');
  const add = useMutation({
    mutationFn: () =>
      call(ROUTES.createDriver, {
        body: { siteId: queue.siteId, queueId: scope === 'queue' ? queue.id : null, name, unit },
      }),
    onSuccess: onAdded,
  });
  return (
    <FormDialog
      title={t('forecast.drivers.formTitle')}
      onClose={onClose}
      save={{ ...add, label: t('forecast.drivers.save'), ready: name.trim() !== '', run: () => add.mutate() }}
    >
      <TextInput
        data-autofocus
        label={t('forecast.drivers.name')}
        description={t('forecast.drivers.note')}
        placeholder={t('forecast.drivers.namePlaceholder')}
        required
        maxLength={120}
        value={name}
        onChange={event => setName(event.currentTarget.value)}
      />
      <TextInput
        label={t('forecast.drivers.unit')}
        placeholder={t('forecast.drivers.unitPlaceholder')}
        maxLength={60}
        value={unit}
        onChange={event => setUnit(event.currentTarget.value)}
      />
      <SegmentedControl
        aria-label={t('forecast.drivers.scope')}
        value={scope}
        onChange={setScope}
        data={[
          { value: 'queue', label: queue.name },
          { value: 'site', label: t('forecast.drivers.wholeSite') },
        ]}
      />
    </FormDialog>
  );
}
