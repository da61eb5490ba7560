import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { localDateOf } from '../../../forecasting/index.ts';
import { Failure } from '../../component/Failure.tsx';
import { t } from '../../locale/i18n.ts';
import type { PendingEdits } from './usePendingLayer.ts';

/** What has been edited and not kept yet: a name for it, or away with it. */
export function PendingLayer({
  layer,
  timeZone,
}: {
  readonly layer: PendingEdits;
  readonly timeZone: string;
}) {
  const [name, setName] = useState('');
  const date = localDateOf(Math.floor(Date.now() / 1000), timeZone);
  const usualName = t('forecast.gridLayer.defaultName', { date });
  const keep = () => {
    layer.keep.mutate(name.trim() || usualName);
    setName('');
  };
  return (
    <>
      {layer.keep.error ? <Failure error={layer.keep.error} /> : null}
      {layer.count > 0 ? (
        <Group gap="sm" mb="sm" role="status">
          <b>{t('forecast.gridLayer.pending', { count: layer.count })}</b>
          <TextInput
            size="xs"
            aria-label={t('forecast.layerForm.name')}
            placeholder={usualName}
            value={name}
            onChange={event => setName(event.currentTarget.value)}
          />
          <Button size="xs" loading={layer.keep.isPending} onClick={keep}>
            {t('forecast.gridLayer.keep')}
          </Button>
          <Button size="xs" variant="default" onClick={layer.discard}>
            {t('forecast.gridLayer.discard')}
          </Button>
        </Group>
      ) : null}
    </>
  );
}
