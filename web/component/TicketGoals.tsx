import { Button, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { TicketGoals as Goals } from '../../api/contract/felt.ts';
import { ROUTES } from '../../api/contract/routes.ts';
import { call } from '../lib/api.ts';
import { useMay } from '../lib/session.ts';
import { useTicketGoals } from '../lib/ticketGoals.ts';
import { t } from '../locale/i18n.ts';
import { Card } from './Card.tsx';
import { Failure } from './Failure.tsx';
import { Loaded } from './Loaded.tsx';
import { NumberField } from './NumberField.tsx';

const FIELDS = [
  { field: 'mostOpen', min: 0, max: 100_000 },
  { field: 'answerWithinMinutes', min: 1, max: 20_160 },
] as const;

/** What the site promises about its tickets, beside the goals of its queues; read only for whom it is not to decide. */
export function TicketGoals({ siteId }: { readonly siteId: string }) {
  const query = useTicketGoals(siteId);
  return (
    <Card title={t('felt.goals.title')} note={t('felt.goals.note')}>
      <Loaded query={query} height={90}>
        {goals => <Form key={JSON.stringify(goals)} siteId={siteId} stored={goals} />}
      </Loaded>
    </Card>
  );
}

function Form({ siteId, stored }: { readonly siteId: string; readonly stored: Goals }) {
  const client = useQueryClient();
  const mayChange = useMay()('report.manage');
  const [draft, setDraft] = useState<Goals>(stored);
  const save = useMutation({
    mutationFn: () => call(ROUTES.putTicketGoals, { body: { siteId, ...draft } }),
    onSuccess: saved => client.setQueryData(['ticket-goals', siteId], saved),
  });
  const isChanged = FIELDS.some(({ field }) => draft[field] !== stored[field]);
  return (
    <>
      <Group gap="xs" align="flex-end">
        {FIELDS.map(({ field, min, max }) => (
          <NumberField
            key={field}
            label={t(`felt.goals.${field}`)}
            min={min}
            max={max}
            whole
            readOnly={!mayChange}
            value={draft[field]}
            onChange={value => setDraft({ ...draft, [field]: value })}
          />
        ))}
        {isChanged ? (
          <Button size="xs" loading={save.isPending} onClick={() => save.mutate()}>
            {t('felt.goals.save')}
          </Button>
        ) : null}
      </Group>
      {save.error ? <Failure error={save.error} /> : null}
    </>
  );
}
