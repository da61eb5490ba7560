import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ImportMapping } from '../../../api/contract/import.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Failure } from '../../component/Failure.tsx';
import { call } from '../../lib/api.ts';
import { t } from '../../locale/i18n.ts';
import classes from './Import.module.css';
import type { ImportPreview } from './step.ts';

interface QueueNamesProps {
  readonly preview: ImportPreview;
  readonly mapping: ImportMapping;
  readonly onChange: (mapping: ImportMapping) => void;
  readonly siteId: string;
}

const LEAVE_OUT = 'leave-out';

/** Which queue each name in the file means; without a queue column, the one queue of every row. */
export function QueueNames({ preview, mapping, onChange, siteId }: QueueNamesProps) {
  const client = useQueryClient();
  const [newName, setNewName] = useState('');
  const queues = useQuery({ queryKey: ['queues'], queryFn: () => call(ROUTES.listQueues, {}) });
  const inSite = (queues.data?.items ?? []).filter(queue => queue.siteId === siteId && !queue.archived);
  const byName = (name: string) =>
    inSite.find(queue =>
      [queue.name, ...queue.aliases].some(known => known.toLowerCase() === name.toLowerCase()),
    );
  const hasColumn = mapping.columns.some(column => column.field === 'queue');
  const missing = preview.queueNames.filter(name => !(name in mapping.queueNames) && !byName(name));
  const create = useMutation({
    mutationFn: async (names: readonly string[]) => {
      const made = [];
      for (const name of names) made.push(await call(ROUTES.createQueue, { body: { siteId, name } }));
      return made;
    },
    onSuccess: made => {
      void client.invalidateQueries({ queryKey: ['queues'] });
      if (hasColumn) {
        const added = Object.fromEntries(made.map(queue => [queue.name, queue.id]));
        onChange({ ...mapping, queueNames: { ...mapping.queueNames, ...added } });
      } else {
        onChange({ ...mapping, queueId: made[0]?.id ?? null });
      }
    },
  });
  const options = inSite.map(queue => ({ value: queue.id, label: queue.name }));
  return (
    <section className={classes.queues}>
      <h3>{t('import.map.queues')}</h3>
      {create.error ? <Failure error={create.error} /> : null}
      {hasColumn ? (
        <>
          <p className={classes.hint}>{t('import.map.queuesNote')}</p>
          {preview.queueNames.map(name => {
            const chosen =
              name in mapping.queueNames ? (mapping.queueNames[name] ?? LEAVE_OUT) : (byName(name)?.id ?? '');
            return (
              <div key={name} className={classes.queueRow}>
                <span>{name}</span>
                <NativeSelect
                  size="xs"
                  aria-label={`${t('import.map.queue')}: ${name}`}
                  value={chosen}
                  onChange={event => {
                    const { value } = event.currentTarget;
                    onChange({
                      ...mapping,
                      queueNames: {
                        ...mapping.queueNames,
                        [name]: value === LEAVE_OUT || value === '' ? null : value,
                      },
                    });
                  }}
                  data={[
                    ...(chosen === '' ? [{ value: '', label: '…' }] : []),
                    ...options,
                    { value: LEAVE_OUT, label: t('import.map.leaveOut') },
                  ]}
                />
              </div>
            );
          })}
          {missing.length > 0 ? (
            <Button size="xs" loading={create.isPending} onClick={() => create.mutate(missing)}>
              {t('import.map.createAll', { count: missing.length })}
            </Button>
          ) : null}
        </>
      ) : (
        <div className={classes.queueRow}>
          <NativeSelect
            size="xs"
            label={t('import.map.oneQueue')}
            value={mapping.queueId ?? ''}
            onChange={event => onChange({ ...mapping, queueId: event.currentTarget.value || null })}
            data={[{ value: '', label: '…' }, ...options]}
          />
          <span className={classes.pair}>
            <TextInput
              size="xs"
              label={t('import.map.newQueue')}
              value={newName}
              onChange={event => setNewName(event.currentTarget.value)}
            />
            <Button
              size="xs"
              mt={22}
              variant="default"
              disabled={newName.trim() === ''}
              loading={create.isPending}
              onClick={() => create.mutate([newName.trim()])}
            >
              {t('import.map.create', { name: newName.trim() || '…' })}
            </Button>
          </span>
        </div>
      )}
    </section>
  );
}
