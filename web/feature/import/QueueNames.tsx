import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Queue } from '../../../api/contract/centre.ts';
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
  const queues = useQuery({ queryKey: ['queues'], queryFn: () => call(ROUTES.listQueues, {}) });
  const inSite = (queues.data?.items ?? []).filter(queue => queue.siteId === siteId && !queue.archived);
  const hasColumn = mapping.columns.some(column => column.field === 'queue');
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
  const choices = { mapping, onChange, queues: inSite, create };
  return (
    <section className={classes.queues}>
      <h3>{t('import.map.queues')}</h3>
      {create.error ? <Failure error={create.error} /> : null}
      {hasColumn ? <ByName {...choices} names={namesInFile(preview, mapping)} /> : <OneQueue {...choices} />}
    </section>
  );
}

/** The names in the queue column: as detection found them, or of the first rows when another column is chosen. */
export function namesInFile(preview: ImportPreview, mapping: ImportMapping): readonly string[] {
  const indexIn = ({ columns }: ImportMapping) => columns.find(column => column.field === 'queue')?.index;
  const index = indexIn(mapping);
  if (index === undefined) return [];
  if (index === indexIn(preview.mapping)) return preview.queueNames;
  const names = preview.rows.map(row => row[index]?.trim() ?? '');
  return [...new Set(names.filter(name => name !== ''))];
}

interface QueueChoices {
  readonly mapping: ImportMapping;
  readonly onChange: (mapping: ImportMapping) => void;
  readonly queues: readonly Queue[];
  readonly create: {
    readonly isPending: boolean;
    readonly mutate: (names: readonly string[]) => void;
  };
}

function optionsOf(queues: readonly Queue[]) {
  return queues.map(queue => ({ value: queue.id, label: queue.name }));
}

/** Each name of the file beside the queue that it means. */
function ByName(props: QueueChoices & { readonly names: readonly string[] }) {
  const { mapping, onChange, queues, create, names } = props;
  const byName = (name: string) =>
    queues.find(queue =>
      [queue.name, ...queue.aliases].some(known => known.toLowerCase() === name.toLowerCase()),
    );
  const missing = names.filter(name => !(name in mapping.queueNames) && !byName(name));
  return (
    <>
      <p className={classes.hint}>{t('import.map.queuesNote')}</p>
      {names.map(name => {
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
                const meant = value === LEAVE_OUT || value === '' ? null : value;
                onChange({ ...mapping, queueNames: { ...mapping.queueNames, [name]: meant } });
              }}
              data={[
                ...(chosen === '' ? [{ value: '', label: '…' }] : []),
                ...optionsOf(queues),
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
  );
}

/** The queue of every row. Where a site has only one, it is chosen already. */
function OneQueue({ mapping, onChange, queues, create }: QueueChoices) {
  const [newName, setNewName] = useState('');
  const only = queues.length === 1 ? queues[0]?.id : undefined;
  const isOpen = mapping.queueId === null;
  useEffect(() => {
    if (only !== undefined && isOpen) onChange({ ...mapping, queueId: only });
  }, [only, isOpen, mapping, onChange]);
  return (
    <div className={classes.queueRow}>
      <NativeSelect
        size="xs"
        label={t('import.map.oneQueue')}
        value={mapping.queueId ?? ''}
        onChange={event => onChange({ ...mapping, queueId: event.currentTarget.value || null })}
        data={[...(only === undefined ? [{ value: '', label: '…' }] : []), ...optionsOf(queues)]}
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
  );
}
