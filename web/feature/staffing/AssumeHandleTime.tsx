import { Button, Group, NumberInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ForecastSeries } from '../../../api/contract/forecast.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Card } from '../../component/Card.tsx';
import { Failure } from '../../component/Failure.tsx';
import { call } from '../../lib/api.ts';
import { t } from '../../locale/i18n.ts';

const USUAL_SECONDS = 300;

/** A history without handle times: an assumption, kept as a layer so that it is named, dated and reversible. */
export function AssumeHandleTime({ columns }: { readonly columns: ForecastSeries }) {
  const client = useQueryClient();
  const [seconds, setSeconds] = useState<number | string>(USUAL_SECONDS);
  const assume = useMutation({
    mutationFn: () =>
      call(ROUTES.addLayer, {
        params: { id: columns.forecastId },
        body: {
          name: t('staffing.noAhtLayer'),
          reason: t('staffing.noAht'),
          target: 'ahtSeconds',
          from: columns.start,
          to: columns.start + columns.offered.length * columns.stepSeconds,
          change: { kind: 'values', values: columns.offered.map(() => Number(seconds)) },
          active: true,
        },
      }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['forecast-series', columns.forecastId] });
      void client.invalidateQueries({ queryKey: ['layers', columns.forecastId] });
    },
  });
  return (
    <Card tone="warning" title={t('staffing.noAht')} note={t('staffing.noAhtText')}>
      {assume.error ? <Failure error={assume.error} /> : null}
      <Group align="flex-end" gap="xs">
        <NumberInput
          size="xs"
          label={t('staffing.noAhtSeconds')}
          min={1}
          max={7200}
          value={seconds}
          onChange={setSeconds}
        />
        <Button
          size="xs"
          disabled={typeof seconds !== 'number' || seconds < 1}
          loading={assume.isPending}
          onClick={() => assume.mutate()}
        >
          {t('staffing.noAhtUse')}
        </Button>
      </Group>
    </Card>
  );
}
