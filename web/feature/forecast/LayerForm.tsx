import { Group, NumberInput, SegmentedControl, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Forecast } from '../../../api/contract/forecast.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { addDays, localDateOf, localDay } from '../../../forecasting/index.ts';
import { FormDialog } from '../../component/FormDialog.tsx';
import { call } from '../../lib/api.ts';
import { t } from '../../locale/i18n.ts';

interface LayerFormProps {
  readonly forecast: Forecast;
  readonly timeZone: string;
  readonly onClose: () => void;
  readonly onAdded: () => void;
}

const KINDS = ['percent', 'add', 'dayTotal'] as const;
type Kind = (typeof KINDS)[number];

interface Draft {
  readonly name: string;
  readonly reason: string;
  readonly kind: Kind;
  readonly amount: number | string;
  /** First and last day, civil dates. */
  readonly from: string;
  readonly to: string;
}

/** A percentage, an addition, or a total per day that the profile spreads over the intervals. */
export function LayerForm({ forecast, timeZone, onClose, onAdded }: LayerFormProps) {
  const end = forecast.start + forecast.count * forecast.stepSeconds;
  const [draft, setDraft] = useState<Draft>({
    name: '',
    reason: '',
    kind: 'percent',
    amount: '',
    from: localDateOf(forecast.start, timeZone),
    to: localDateOf(end - 1, timeZone),
  });
  const { name, reason, amount, from, to } = draft;
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
          change: changeOf(draft),
          active: true,
        },
      }),
    onSuccess: onAdded,
  });
  const valid = name.trim() !== '' && typeof amount === 'number' && from <= to;
  return (
    <FormDialog
      title={t('forecast.layerForm.title')}
      onClose={onClose}
      save={{ ...add, label: t('forecast.layerForm.save'), ready: valid, run: () => add.mutate() }}
    >
      <LayerFields draft={draft} onChange={change => setDraft({ ...draft, ...change })} />
    </FormDialog>
  );
}

interface LayerFieldsProps {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}

const WORDS = { percent: 'percentLabel', add: 'addLabel', dayTotal: 'totalLabel' } as const;

function LayerFields({ draft, onChange }: LayerFieldsProps) {
  return (
    <>
      <TextInput
        label={t('forecast.layerForm.name')}
        placeholder={t('forecast.layerForm.namePlaceholder')}
        required
        value={draft.name}
        onChange={event => onChange({ name: event.currentTarget.value })}
      />
      <TextInput
        label={t('forecast.layerForm.reason')}
        value={draft.reason}
        onChange={event => onChange({ reason: event.currentTarget.value })}
      />
      <SegmentedControl
        aria-label={t('forecast.layerForm.kind')}
        value={draft.kind}
        onChange={value => onChange({ kind: KINDS.find(kind => kind === value) ?? 'percent' })}
        data={KINDS.map(value => ({ value, label: t(`forecast.layerForm.${value}`) }))}
      />
      <NumberInput
        label={t(`forecast.layerForm.${WORDS[draft.kind]}`)}
        required
        value={draft.amount}
        onChange={amount => onChange({ amount })}
      />
      <Group grow>
        {(['from', 'to'] as const).map(side => (
          <TextInput
            key={side}
            type="date"
            label={t(`forecast.layerForm.${side}`)}
            value={draft[side]}
            error={side === 'to' && draft.to < draft.from ? t('forecast.layerForm.order') : null}
            onChange={event => onChange({ [side]: event.currentTarget.value })}
          />
        ))}
      </Group>
    </>
  );
}

function changeOf({ kind, amount, from, to }: Draft) {
  if (kind === 'percent') return { kind: 'percent' as const, percent: Number(amount) };
  if (kind === 'add') return { kind: 'add' as const, perInterval: Number(amount) };
  const totals: { date: string; total: number }[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) totals.push({ date, total: Number(amount) });
  return { kind: 'dayTotals' as const, totals };
}
