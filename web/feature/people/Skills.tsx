import { Button, Group, MultiSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Skill } from '../../../api/contract/people.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import { Failure } from '../../component/Failure.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { useMay } from '../../lib/session.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';

/** Skills and the queues that they open. */
export function Skills({ siteId }: { readonly siteId: string }) {
  const client = useQueryClient();
  const may = useMay();
  const { queues } = useWorkplace();
  const [name, setName] = useState('');
  const [queueIds, setQueueIds] = useState<string[]>([]);
  const skills = useQuery({
    queryKey: ['skills', siteId],
    queryFn: () => call(ROUTES.listSkills, { query: { siteId } }),
  });
  const agents = useQuery({
    queryKey: ['agents', siteId],
    queryFn: () => call(ROUTES.listAgents, { query: { siteId } }),
  });
  const refresh = () => void client.invalidateQueries({ queryKey: ['skills', siteId] });
  const add = useMutation({
    mutationFn: () => call(ROUTES.createSkill, { body: { siteId, name, queueIds } }),
    onSuccess: () => {
      setName('');
      setQueueIds([]);
      refresh();
    },
  });
  const update = useMutation({
    mutationFn: (change: { skill: Skill; queueIds: string[] }) =>
      call(ROUTES.updateSkill, {
        params: { id: change.skill.id },
        body: { name: change.skill.name, queueIds: change.queueIds },
      }),
    onSuccess: refresh,
  });
  const options = queues.map(queue => ({ value: queue.id, label: queue.name }));
  const mayEdit = may('people.manage');
  const columns: readonly TableColumn<Skill>[] = [
    { id: 'name', header: t('people.skillColumn.name'), value: skill => skill.name },
    {
      id: 'queues',
      header: t('people.skillColumn.queues'),
      value: skill => skill.queueIds.map(id => queues.find(queue => queue.id === id)?.name ?? '').join(', '),
      cell: skill => (
        <MultiSelect
          size="xs"
          aria-label={`${t('people.skillColumn.queues')}: ${skill.name}`}
          disabled={!mayEdit}
          value={skill.queueIds}
          onChange={next => update.mutate({ skill, queueIds: next })}
          data={options}
        />
      ),
    },
    {
      id: 'agents',
      header: t('people.skillColumn.agents'),
      align: 'end',
      value: skill =>
        (agents.data?.items ?? []).filter(
          agent => agent.active && agent.skills.some(held => held.skillId === skill.id),
        ).length,
    },
  ];
  return (
    <Loaded query={skills} height={200}>
      {({ items }) => (
        <>
          {add.error ? <Failure error={add.error} /> : null}
          {update.error ? <Failure error={update.error} /> : null}
          {mayEdit ? (
            <Group align="flex-end" gap="xs" mb="sm">
              <TextInput
                size="xs"
                label={t('people.skillColumn.name')}
                value={name}
                onChange={event => setName(event.currentTarget.value)}
              />
              <MultiSelect
                size="xs"
                miw={240}
                label={t('people.skillColumn.queues')}
                value={queueIds}
                onChange={setQueueIds}
                data={options}
              />
              <Button
                size="xs"
                disabled={name.trim() === ''}
                loading={add.isPending}
                onClick={() => add.mutate()}
              >
                {t('people.skillAdd')}
              </Button>
            </Group>
          ) : null}
          <DataTable
            caption={t('people.tabs.skills')}
            columns={columns}
            rows={items}
            rowKey={skill => skill.id}
            fileName="skills"
            empty={<p>{t('people.skillNone')}</p>}
          />
        </>
      )}
    </Loaded>
  );
}
