import { Button, Checkbox, Group, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Agent, Skill } from '../../../api/contract/people.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import { EmptyState } from '../../component/EmptyState.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { formatNumber } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { t } from '../../locale/i18n.ts';
import { AgentForm } from './AgentForm.tsx';
import { BulkTools } from './BulkTools.tsx';
import { PasteAgents } from './PasteAgents.tsx';
import { shortWeekdays } from './shortWeekdays.ts';
import { availabilityText } from './weeklyAvailability.ts';

/** Every agent with skills and contract; several can be changed alike. */
export function Agents({ siteId }: { readonly siteId: string }) {
  const agents = useQuery({
    queryKey: ['agents', siteId],
    queryFn: () => call(ROUTES.listAgents, { query: { siteId } }),
  });
  const skills = useQuery({
    queryKey: ['skills', siteId],
    queryFn: () => call(ROUTES.listSkills, { query: { siteId } }),
  });
  return (
    <Loaded query={agents} height={320}>
      {({ items }) => (
        <AgentTable
          siteId={siteId}
          agents={items.filter(agent => agent.active)}
          skills={skills.data?.items ?? []}
        />
      )}
    </Loaded>
  );
}

/** Somebody, somebody new, or a pasted list of people. */
type Editing = Agent | 'new' | 'several';

interface AgentTableProps {
  readonly siteId: string;
  readonly agents: readonly Agent[];
  readonly skills: readonly Skill[];
}

function AgentTable({ siteId, agents, skills }: AgentTableProps) {
  const mayEdit = useMay()('people.manage');
  const [filter, setFilter] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [editing, setEditing] = useState<Editing | null>(null);
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const columns = agentColumns(skills, mayEdit ? { chosen, toggle, edit: setEditing } : null);
  const wanted = filter.trim().toLowerCase();
  const shown = agents.filter(agent =>
    `${agent.name} ${skillNames(agent, skills)} ${agent.licence ?? ''}`.toLowerCase().includes(wanted),
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
          <>
            <Button size="xs" onClick={() => setEditing('new')}>
              {t('people.add')}
            </Button>
            <Button size="xs" variant="default" onClick={() => setEditing('several')}>
              {t('people.paste.open')}
            </Button>
          </>
        ) : null}
        {chosen.size > 0 ? (
          <BulkTools siteId={siteId} ids={[...chosen]} skills={skills} onDone={() => setChosen(new Set())} />
        ) : null}
      </Group>
      <DataTable
        caption={t('people.tabs.agents')}
        columns={columns}
        rows={shown}
        rowKey={agent => agent.id}
        fileName="agents"
        maxHeight={620}
        empty={<NoAgents isFiltered={agents.length > 0} onAll={() => setFilter('')} />}
      />
      <AgentDialog
        editing={editing}
        siteId={siteId}
        agents={agents}
        skills={skills}
        onClose={() => setEditing(null)}
      />
    </>
  );
}

function AgentDialog(
  props: AgentTableProps & { readonly editing: Editing | null; readonly onClose: () => void },
) {
  const { editing, ...shared } = props;
  if (editing === null) return null;
  if (editing === 'several') return <PasteAgents {...shared} />;
  const agent = editing === 'new' ? null : editing;
  return <AgentForm key={agent?.id ?? 'new'} agent={agent} {...shared} />;
}

function NoAgents({ isFiltered, onAll }: { readonly isFiltered: boolean; readonly onAll: () => void }) {
  if (!isFiltered) {
    return (
      <EmptyState icon="people" title={t('people.none')}>
        {t('people.noneText')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="people"
      title={t('people.filterNone')}
      actions={
        <Button variant="default" onClick={onAll}>
          {t('people.filterAll')}
        </Button>
      }
    >
      {t('people.filterNoneText')}
    </EmptyState>
  );
}

function skillNames(agent: Agent, skills: readonly Skill[]): string {
  return agent.skills
    .map(held => skills.find(skill => skill.id === held.skillId)?.name ?? '')
    .filter(name => name !== '')
    .join(', ');
}

interface AgentHands {
  readonly chosen: ReadonlySet<string>;
  readonly toggle: (id: string) => void;
  readonly edit: (agent: Agent) => void;
}

/** `hands` is null for those who may only read. */
function agentColumns(skills: readonly Skill[], hands: AgentHands | null): readonly TableColumn<Agent>[] {
  return [
    {
      id: 'name',
      header: t('people.column.name'),
      value: agent => agent.name,
      cell: agent => (hands ? <NameCell agent={agent} {...hands} /> : agent.name),
    },
    { id: 'skills', header: t('people.column.skills'), value: agent => skillNames(agent, skills) },
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
        availabilityText(agent.availability, {
          anyTime: t('people.anyTime'),
          allDay: t('people.allDay'),
          weekdays: shortWeekdays(),
        }),
    },
    { id: 'licence', header: t('people.column.licence'), value: agent => agent.licence },
  ];
}

function NameCell({ agent, chosen, toggle, edit }: AgentHands & { readonly agent: Agent }) {
  return (
    <Group gap="xs" wrap="nowrap">
      <Checkbox
        size="xs"
        aria-label={`${t('people.column.select')}: ${agent.name}`}
        checked={chosen.has(agent.id)}
        onChange={() => toggle(agent.id)}
      />
      <Button size="compact-xs" variant="subtle" onClick={() => edit(agent)}>
        {agent.name}
      </Button>
    </Group>
  );
}
