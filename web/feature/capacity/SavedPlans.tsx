import { Button, Group, TextInput } from '@mantine/core';
import { type UseQueryResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CapacityPlan } from '../../../api/contract/capacity.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Card } from '../../component/Card.tsx';
import { Failure } from '../../component/Failure.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { formatMonth } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import { type CapacityDraft, type CapacityMonth, type CapacityPart, draftOf, storedInput } from './model.ts';

interface SavedPlansProps {
  readonly parts: readonly CapacityPart[];
  readonly plans: UseQueryResult<{ readonly items: readonly CapacityPlan[] }>;
  readonly draft: CapacityDraft;
  readonly months: readonly CapacityMonth[];
  readonly onOpen: (draft: CapacityDraft) => void;
}

/** Keeping a plan and opening one again. */
export function SavedPlans({ parts, plans, draft, months, onOpen }: SavedPlansProps) {
  const queueIds = parts.map(part => part.queueId);
  const client = useQueryClient();
  const may = useMay();
  const { site } = useWorkplace();
  const [name, setName] = useState<string>(
    t('headcount.defaultName', { month: formatMonth(draft.firstMonth) }),
  );
  const save = useMutation({
    mutationFn: () =>
      call(ROUTES.createCapacityPlan, {
        body: {
          siteId: site?.id ?? '',
          name,
          queueIds,
          input: storedInput(draft, months, parts[0]?.goals ?? {}),
        },
      }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['capacityPlans'] }),
  });
  return (
    <Card title={t('headcount.saved')}>
      {may('capacity.manage') ? (
        <Group align="flex-end">
          <TextInput
            size="xs"
            label={t('headcount.name')}
            value={name}
            onChange={event => setName(event.currentTarget.value)}
          />
          <Button
            size="xs"
            loading={save.isPending}
            disabled={name.trim() === ''}
            onClick={() => save.mutate()}
          >
            {t('headcount.save')}
          </Button>
        </Group>
      ) : null}
      {save.error ? <Failure error={save.error} /> : null}
      <Loaded query={plans} height={60}>
        {({ items }) => {
          const own = items.filter(
            plan =>
              plan.queueIds.length === queueIds.length && queueIds.every(id => plan.queueIds.includes(id)),
          );
          return own.length === 0 ? (
            <p>{t('headcount.savedNone')}</p>
          ) : (
            <Group gap="xs" mt="sm">
              {own.map(plan => (
                <Button
                  key={plan.id}
                  size="compact-sm"
                  variant="default"
                  onClick={() => onOpen(draftOf(plan))}
                >
                  {t('headcount.open', { name: plan.name })}
                </Button>
              ))}
            </Group>
          );
        }}
      </Loaded>
    </Card>
  );
}
