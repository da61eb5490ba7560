import { Button, Group, MultiSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Queue } from '../../../api/contract/centre.ts';
import type { Agent, Skill } from '../../../api/contract/people.ts';
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
  const mayEdit = useMay()('people.manage');
  const { queues } = useWorkplace();
  const skills = useQuery({
    queryKey: ['skills', siteId],
    queryFn: () => call(ROUTES.listSkills, { query: { siteId } }),
  });
  const agents = useQuery({
    queryKey: ['agents', siteId],
    queryFn: () => call(ROUTES.listAgents, { query: { siteId } }),
  });
  const refresh = () => void client.invalidateQueries({ queryKey: ['skills', siteId] });
  const update = useMutation({
    mutationFn: ({ skill, queueIds }: { skill: Skill; queueIds: string[] }) =>
      call(ROUTES.updateSkill, { params: { id: skill.id }, body: { name: skill.name, queueIds } }),
    onSuccess: refresh,
  });
  const columns = skillColumns(
    queues,
    agents.data?.items ?? [],
    mayEdit ? (skill, queueIds) => update.mutate({ skill, queueIds }) : null,
  );
  return (
    <Loaded query={skills} height={200}>
      {({ items }) => (
        <>
          {update.error ? <Failure error={update.error} /> : null}
          {mayEdit ? <AddSkill siteId={siteId} queues={queues} onAdded={refresh} /> : null}
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

function optionsOf(queues: readonly Queue[]) {
  return queues.map(queue => ({ value: queue.id, label: queue.name }));
}

/** `onQueues` is null for those who may only read. */
function skillColumns(
  queues: readonly Queue[],
  agents: readonly Agent[],
  onQueues: ((skill: Skill, queueIds: string[]) => void) | null,
): readonly TableColumn<Skill>[] {
  const names = (skill: Skill) =>
    skill.queueIds.map(id => queues.find(queue => queue.id === id)?.name ?? '').join(', ');
  const holders = (skill: Skill) =>
    agents.filter(agent => agent.active && agent.skills.some(held => held.skillId === skill.id)).length;
  return [
    { id: 'name', header: t('people.skillColumn.name'), value: skill => skill.name },
    {
      id: 'queues',
      header: t('people.skillColumn.queues'),
      value: names,
      cell: skill =>
        onQueues ? (
          <MultiSelect
            size="xs"
            aria-label={`${t('people.skillColumn.queues')}: ${skill.name}`}
            value={skill.queueIds}
            onChange={next => onQueues(skill, next)}
            data={optionsOf(queues)}
          />
        ) : (
          names(skill)
        ),
    },
    { id: 'agents', header: t('people.skillColumn.agents'), align: 'end', value: holders },
  ];
}

interface AddSkillProps {
  readonly siteId: string;
  readonly queues: readonly Queue[];
  readonly onAdded: () => void;
}

function AddSkill({ siteId, queues, onAdded }: AddSkillProps) {
  const [name, setName] = useState('');
  const [queueIds, setQueueIds] = useState<string[]>([]);
  const add = useMutation({
    mutationFn: () => call(ROUTES.createSkill, { body: { siteId, name, queueIds } }),
    onSuccess: () => {
      setName('');
      setQueueIds([]);
      onAdded();
    },
  });
  return (
    <>
      {add.error ? <Failure error={add.error} /> : null}
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
          data={optionsOf(queues)}
        />
        <Button size="xs" disabled={name.trim() === ''} loading={add.isPending} onClick={() => add.mutate()}>
          {t('people.skillAdd')}
        </Button>
      </Group>
    </>
  );
}
