import { Button, Group, Modal, NumberInput, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Forecast } from '../../../api/contract/forecast.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { addDays, localDateOf, localDay } from '../../../forecasting/index.ts';
import { Failure } from '../../component/Failure.tsx';
import { call } from '../../lib/api.ts';
import { t } from '../../locale/i18n.ts';

interface LayerFormProps {
  readonly forecast: Forecast;
  readonly timeZone: string;
  readonly onClose: () => void;
  readonly onAdded: () => void;
}

type Kind = 'percent' | 'add' | 'dayTotal';

/** A percentage, an addition, or a total per day that the profile spreads over the intervals. */
export function LayerForm({ forecast, timeZone, onClose, onAdded }: LayerFormProps) {
  const end = forecast.start + forecast.count * forecast.stepSeconds;
  const [name, setName] = useState('');
  const [reason, setReason] = useState('');
  const [kind, setKind] = useState<Kind>('percent');
  const [amount, setAmount] = useState<number | string>('');
  const [from, setFrom] = useState(localDateOf(forecast.start, timeZone));
  const [to, setTo] = useState(localDateOf(end - 1, timeZone));
  const add = useMutation({
    mutationFn: () =>
      call(ROUTES.addLayer, {
        params: { id: forecast.id },
        body: {
          name,
          reason,
          target: 'offered',
          from: Math.max(forecast.start, localDay(from, timeZone).startEpochSeconds),
          to: Math.min(end, localDay(to, timeZone).endEpochSeconds),
          change: changeOf(kind, Number(amount), from, to),
          active: true,
        },
      }),
    onSuccess: onAdded,
  });
  const valid = name.trim() !== '' && typeof amount === 'number' && from <= to;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('forecast.layerForm.title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form
        onSubmit={event => {
          event.preventDefault();
          add.mutate();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t('forecast.layerForm.name')}
            placeholder={t('forecast.layerForm.namePlaceholder')}
            required
            value={name}
            onChange={event => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t('forecast.layerForm.reason')}
            value={reason}
            onChange={event => setReason(event.currentTarget.value)}
          />
          <SegmentedControl
            aria-label={t('forecast.layerForm.kind')}
            value={kind}
            onChange={value => setKind(value === 'add' || value === 'dayTotal' ? value : 'percent')}
            data={[
              { value: 'percent', label: t('forecast.layerForm.percent') },
              { value: 'add', label: t('forecast.layerForm.add') },
              { value: 'dayTotal', label: t('forecast.layerForm.dayTotal') },
            ]}
          />
          <NumberInput
            label={t(
              kind === 'percent'
                ? 'forecast.layerForm.percentLabel'
                : kind === 'add'
                  ? 'forecast.layerForm.addLabel'
                  : 'forecast.layerForm.totalLabel',
            )}
            required
            value={amount}
            onChange={setAmount}
          />
          <Group grow>
            <TextInput
              type="date"
              label={t('forecast.layerForm.from')}
              value={from}
              onChange={event => setFrom(event.currentTarget.value)}
            />
            <TextInput
              type="date"
              label={t('forecast.layerForm.to')}
              value={to}
              onChange={event => setTo(event.currentTarget.value)}
            />
          </Group>
          {add.error ? <Failure error={add.error} /> : null}
          <Button type="submit" disabled={!valid} loading={add.isPending}>
            {t('forecast.layerForm.save')}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}

function changeOf(kind: Kind, amount: number, from: string, to: string) {
  if (kind === 'percent') return { kind: 'percent' as const, percent: amount };
  if (kind === 'add') return { kind: 'add' as const, perInterval: amount };
  const totals: { date: string; total: number }[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) totals.push({ date, total: amount });
  return { kind: 'dayTotals' as const, totals };
}
