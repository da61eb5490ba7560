import { Autocomplete, Button, Group, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ROUTES } from '../../api/contract/routes.ts';
import { isTimeZone } from '../../forecasting/index.ts';
import { call } from '../lib/api.ts';
import { t } from '../locale/i18n.ts';
import { Failure } from './Failure.tsx';

/** The first thing about a centre: its name and time zone. */
export function SiteForm() {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [timeZone, setTimeZone] = useState(Intl.DateTimeFormat().resolvedOptions().timeZone);
  const create = useMutation({
    mutationFn: () =>
      call(ROUTES.createSite, { body: { name, timeZone, currency: 'USD', country: null, region: null } }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['sites'] }),
  });
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        create.mutate();
      }}
    >
      {create.error ? <Failure error={create.error} /> : null}
      <Group align="flex-end">
        <TextInput
          label={t('import.source.siteName')}
          required
          value={name}
          onChange={event => setName(event.currentTarget.value)}
        />
        <Autocomplete
          label={t('import.source.siteZone')}
          required
          limit={40}
          value={timeZone}
          onChange={setTimeZone}
          data={Intl.supportedValuesOf('timeZone')}
        />
        <Button
          type="submit"
          loading={create.isPending}
          disabled={name.trim() === '' || !isTimeZone(timeZone)}
        >
          {t('import.source.siteCreate')}
        </Button>
      </Group>
    </form>
  );
}
