import { Button, Group, NumberInput, Stack, Switch, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Settings } from '../../../api/contract/operation.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Card } from '../../component/Card.tsx';
import { Failure } from '../../component/Failure.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { t } from '../../locale/i18n.ts';

/** Settings of the whole installation. */
export function General() {
  const query = useQuery({ queryKey: ['settings'], queryFn: () => call(ROUTES.getSettings, {}) });
  return <Loaded query={query}>{settings => <SettingsForm stored={settings} />}</Loaded>;
}

const NUMBERS = [
  { field: 'sessionIdleMinutes', label: 'settings.general.idle', min: 5, max: 1440 },
  { field: 'sessionHours', label: 'settings.general.hours', min: 1, max: 720 },
] as const;

const MONEY = {
  max: 10_000_000,
  shown: (cents: number) => cents / 100,
  stored: (amount: number) => Math.round(amount * 100),
};

/** The organisation's own figures behind the money of the director's page; empty means that none is reckoned. */
const OWN_FIGURES = [
  { field: 'agentHourCostCents', words: 'agentHour', ...MONEY },
  {
    field: 'lostPatientShare',
    words: 'lostPatients',
    max: 100,
    shown: (share: number) => share * 100,
    stored: (percent: number) => percent / 100,
  },
  { field: 'valuePerRetainedPatientCents', words: 'patientValue', ...MONEY },
] as const;

function SettingsForm({ stored }: { readonly stored: Settings }) {
  const client = useQueryClient();
  const [draft, setDraft] = useState(stored);
  const save = useMutation({
    mutationFn: () => call(ROUTES.updateSettings, { body: draft }),
    onSuccess: saved => {
      client.setQueryData(['settings'], saved);
      // The own account may have to set up one-time codes now.
      void client.invalidateQueries({ queryKey: ['me'] });
    },
  });
  const set = (change: Partial<Settings>) => {
    save.reset();
    setDraft({ ...draft, ...change });
  };
  return (
    <Card>
      <form
        onSubmit={event => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack gap="sm" maw={480}>
          <TextInput
            label={t('settings.general.organisation')}
            value={draft.organisationName}
            onChange={event => set({ organisationName: event.currentTarget.value })}
          />
          {NUMBERS.map(({ field, label, min, max }) => (
            <NumberInput
              key={field}
              label={t(label)}
              min={min}
              max={max}
              allowDecimal={false}
              value={draft[field]}
              onChange={value => typeof value === 'number' && set({ [field]: value })}
            />
          ))}
          <TextInput
            label={t('settings.general.currency')}
            maxLength={3}
            value={draft.currency}
            onChange={event => set({ currency: event.currentTarget.value.toUpperCase() })}
          />
          <OwnFigures draft={draft} onChange={set} />
          <Switch
            label={t('settings.general.secondFactor')}
            checked={draft.requireSecondFactor}
            onChange={event => set({ requireSecondFactor: event.currentTarget.checked })}
          />
          {save.error ? <Failure error={save.error} /> : null}
          <Group>
            <Button type="submit" loading={save.isPending} disabled={!/^[A-Z]{3}$/.test(draft.currency)}>
              {t('action.save')}
            </Button>
            {save.isSuccess ? <span role="status">{t('settings.saved')}</span> : null}
          </Group>
        </Stack>
      </form>
    </Card>
  );
}

interface OwnFiguresProps {
  readonly draft: Settings;
  readonly onChange: (change: Partial<Settings>) => void;
}

function OwnFigures({ draft, onChange }: OwnFiguresProps) {
  return OWN_FIGURES.map(({ field, words, max, shown, stored }) => (
    <NumberInput
      key={field}
      label={t(`settings.general.${words}`)}
      description={t(`settings.general.${words}Help`)}
      min={0}
      max={max}
      value={draft[field] === null ? '' : shown(draft[field])}
      onChange={value => onChange({ [field]: typeof value === 'number' ? stored(value) : null })}
    />
  ));
}
