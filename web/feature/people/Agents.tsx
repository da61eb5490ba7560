import { Button, Checkbox, Group, Menu, NumberInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Agent } from '../../../api/contract/people.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import { EmptyState } from '../../component/EmptyState.tsx';
import { Failure } from '../../component/Failure.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { formatNumber } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { t } from '../../locale/i18n.ts';
import { AgentForm } from './AgentForm.tsx';

/** Every agent with skills and contract; several can be changed alike. */
export function Agents({ siteId }: { readonly siteId: string }) {
  const may = useMay();
  const [filter, setFilter] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [editing, setEditing] = useState<Agent | 'new' | null>(null);
  const agents = useQuery({
    queryKey: ['agents', siteId],
    queryFn: () => call(ROUTES.listAgents, { query: { siteId } }),
  });
  const skills = useQuery({
    queryKey: ['skills', siteId],
    queryFn: () => call(ROUTES.listSkills, { query: { siteId } }),
  });
  const skillName = (id: string) => skills.data?.items.find(skill => skill.id === id)?.name ?? '';
  const mayEdit = may('people.manage');
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const columns: readonly TableColumn<Agent>[] = [
    {
      id: 'name',
      header: t('people.column.name'),
      value: agent => agent.name,
      cell: agent => (
        <Group gap="xs" wrap="nowrap">
          {mayEdit ? (
            <Checkbox
              size="xs"
              aria-label={`${t('people.column.select')}: ${agent.name}`}
              checked={chosen.has(agent.id)}
              onChange={() => toggle(agent.id)}
            />
          ) : null}
          <Button size="compact-xs" variant="subtle" disabled={!mayEdit} onClick={() => setEditing(agent)}>
            {agent.name}
          </Button>
        </Group>
      ),
    },
    {
      id: 'skills',
      header: t('people.column.skills'),
      value: agent => agent.skills.map(held => skillName(held.skillId)).join(', '),
    },
    {
      id: 'hours',
      header: t('people.column.hours'),
      align: 'end',
      value: agent => agent.contract.targetHoursPerWeek,
      cell: agent => formatNumber(agent.contract.targetHoursPerWeek, 1),
    },
    {
      id: 'availability',
      header: t('people.column.availability'),
      value: agent =>
        agent.availability.length === 0
          ? t('people.anyTime')
          : t('people.windows', { count: agent.availability.length }),
    },
    { id: 'licence', header: t('people.column.licence'), value: agent => agent.licence },
  ];
  return (
    <Loaded query={agents} height={320}>
      {({ items }) => {
        const wanted = filter.trim().toLowerCase();
        const shown = items.filter(
          agent =>
            agent.active &&
            `${agent.name} ${agent.skills.map(held => skillName(held.skillId)).join(' ')}`
              .toLowerCase()
              .includes(wanted),
        );
        return (
          <>
            <Group mb="sm" gap="xs">
              <TextInput
                size="xs"
                aria-label={t('people.filter')}
                placeholder={t('people.filter')}
                value={filter}
                onChange={event => setFilter(event.currentTarget.value)}
              />
              {mayEdit ? (
                <Button size="xs" onClick={() => setEditing('new')}>
                  {t('people.add')}
                </Button>
              ) : null}
              {chosen.size > 0 ? (
                <BulkTools
                  siteId={siteId}
                  ids={[...chosen]}
                  skills={skills.data?.items ?? []}
                  onDone={() => setChosen(new Set())}
                />
              ) : null}
            </Group>
            <DataTable
              caption={t('people.tabs.agents')}
              columns={columns}
              rows={shown}
              rowKey={agent => agent.id}
              fileName="agents"
              maxHeight={620}
              empty={
                <EmptyState icon="people" title={t('people.none')}>
                  {t('people.noneText')}
                </EmptyState>
              }
            />
            {editing ? (
              <AgentForm
                key={editing === 'new' ? 'new' : editing.id}
                agent={editing === 'new' ? null : editing}
                siteId={siteId}
                skills={skills.data?.items ?? []}
                onClose={() => setEditing(null)}
              />
            ) : null}
          </>
        );
      }}
    </Loaded>
  );
}

interface BulkToolsProps {
  readonly siteId: string;
  readonly ids: string[];
  readonly skills: readonly { readonly id: string; readonly name: string }[];
  readonly onDone: () => void;
}

function BulkTools({ siteId, ids, skills, onDone }: BulkToolsProps) {
  const client = useQueryClient();
  const [hours, setHours] = useState<number | string>(40);
  const change = useMutation({
    mutationFn: (what: { hours?: number; add?: string; remove?: string; leave?: boolean }) =>
      call(ROUTES.updateAgents, {
        body: {
          ids,
          change: {
            ...(what.hours !== undefined && {
              contract: {
                minHoursPerWeek: what.hours,
                targetHoursPerWeek: what.hours,
                maxHoursPerWeek: what.hours,
              },
            }),
            ...(what.leave && { active: false }),
          },
          addSkillIds: what.add ? [what.add] : [],
          removeSkillIds: what.remove ? [what.remove] : [],
        },
      }),
    onSuccess: () => {
      onDone();
      void client.invalidateQueries({ queryKey: ['agents', siteId] });
    },
  });
  return (
    <>
      <b>{t('people.bulk', { count: ids.length })}</b>
      {change.error ? <Failure error={change.error} /> : null}
      <NumberInput
        size="xs"
        w={80}
        aria-label={t('people.bulkHours')}
        min={0}
        max={80}
        value={hours}
        onChange={setHours}
      />
      <Button
        size="xs"
        variant="default"
        disabled={typeof hours !== 'number'}
        onClick={() => change.mutate({ hours: Number(hours) })}
      >
        {t('people.bulkHours')}
      </Button>
      <SkillMenu label={t('people.bulkSkill')} skills={skills} onPick={add => change.mutate({ add })} />
      <SkillMenu
        label={t('people.bulkRemoveSkill')}
        skills={skills}
        onPick={remove => change.mutate({ remove })}
      />
      <Button size="xs" variant="default" onClick={() => change.mutate({ leave: true })}>
        {t('people.bulkLeave')}
      </Button>
    </>
  );
}

function SkillMenu(props: {
  readonly label: string;
  readonly skills: BulkToolsProps['skills'];
  readonly onPick: (skillId: string) => void;
}) {
  return (
    <Menu>
      <Menu.Target>
        <Button size="xs" variant="default">
          {props.label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {props.skills.map(skill => (
          <Menu.Item key={skill.id} onClick={() => props.onPick(skill.id)}>
            {skill.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
