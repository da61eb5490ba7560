import {
  Autocomplete,
  Button,
  Drawer,
  Group,
  MultiSelect,
  NumberInput,
  Stack,
  TextInput,
} from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Agent, Skill } from '../../../api/contract/people.ts';
import { Failure } from '../../component/Failure.tsx';
import { t } from '../../locale/i18n.ts';
import { AvailabilityFields } from './AvailabilityFields.tsx';
import { type AgentFields, NEW_CONTRACT, storeAgent, USUAL_LEVEL } from './storeAgent.ts';
import { readWeek, weekDraftOf } from './weeklyAvailability.ts';

interface AgentFormProps {
  readonly agent: Agent | null;
  readonly siteId: string;
  /** Everybody at the site: their licences are offered. */
  readonly agents: readonly Agent[];
  readonly skills: readonly Skill[];
  readonly onClose: () => void;
}

/** One person: name, contract hours, skills, licence and when in the week. */
export function AgentForm({ agent, siteId, agents, skills, onClose }: AgentFormProps) {
  const [name, setName] = useState(agent?.name ?? '');
  const [contract, setContract] = useState(agent?.contract ?? NEW_CONTRACT);
  const [skillIds, setSkillIds] = useState<string[]>((agent?.skills ?? []).map(held => held.skillId));
  const [licence, setLicence] = useState(agent?.licence ?? '');
  const [week, setWeek] = useState(() => weekDraftOf(agent?.availability ?? []));
  const save = useSaveAgent(agent, siteId, onClose);
  const inOrder =
    contract.minHoursPerWeek <= contract.targetHoursPerWeek &&
    contract.targetHoursPerWeek <= contract.maxHoursPerWeek;
  const availability = readWeek(week);
  const isReady = name.trim() !== '' && inOrder && availability !== null;
  const submit = () => {
    if (!isReady) return;
    const held = heldSkills(agent, skillIds);
    save.mutate({ name, contract, skills: held, licence: licence.trim() || null, availability });
  };
  return (
    <Drawer opened onClose={onClose} size="lg" title={agent?.name ?? t('people.add')}>
      <form
        onSubmit={event => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t('people.form.name')}
            required
            value={name}
            onChange={event => setName(event.currentTarget.value)}
          />
          <ContractHours contract={contract} onChange={setContract} />
          {inOrder ? null : <p role="alert">{t('people.form.wrong')}</p>}
          <SkillsField skills={skills} chosen={skillIds} onChange={setSkillIds} />
          <LicenceField agents={agents} licence={licence} onChange={setLicence} />
          <AvailabilityFields week={week} onChange={setWeek} />
          {save.error ? <Failure error={save.error} /> : null}
          <Button type="submit" disabled={!isReady} loading={save.isPending}>
            {t('action.save')}
          </Button>
        </Stack>
      </form>
    </Drawer>
  );
}

function useSaveAgent(agent: Agent | null, siteId: string, onSuccess: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (fields: AgentFields) => storeAgent(agent, siteId, fields),
    onSuccess,
    // After a refusal as well, so that the form opens anew on what somebody else has saved.
    onSettled: () => client.invalidateQueries({ queryKey: ['agents', siteId] }),
  });
}

/** Skills that are kept keep their levels. */
function heldSkills(agent: Agent | null, skillIds: readonly string[]): Agent['skills'] {
  const levels = new Map((agent?.skills ?? []).map(held => [held.skillId, held.level]));
  return skillIds.map(skillId => ({ skillId, level: levels.get(skillId) ?? USUAL_LEVEL }));
}

function SkillsField(props: {
  readonly skills: readonly Skill[];
  readonly chosen: string[];
  readonly onChange: (skillIds: string[]) => void;
}) {
  return (
    <MultiSelect
      label={t('people.form.skills')}
      value={props.chosen}
      onChange={props.onChange}
      data={props.skills.map(skill => ({ value: skill.id, label: skill.name }))}
    />
  );
}

function LicenceField(props: {
  readonly agents: readonly Agent[];
  readonly licence: string;
  readonly onChange: (licence: string) => void;
}) {
  return (
    <Autocomplete
      label={t('people.form.licence')}
      description={t('people.form.licenceHelp')}
      maxLength={60}
      value={props.licence}
      onChange={props.onChange}
      data={[...new Set(props.agents.flatMap(agent => agent.licence ?? []))].sort()}
    />
  );
}

const HOURS = [
  { field: 'minHoursPerWeek', words: 'min' },
  { field: 'targetHoursPerWeek', words: 'target' },
  { field: 'maxHoursPerWeek', words: 'max' },
] as const;

function ContractHours(props: {
  readonly contract: Agent['contract'];
  readonly onChange: (contract: Agent['contract']) => void;
}) {
  const { contract, onChange } = props;
  return (
    <Group grow>
      {HOURS.map(({ field, words }) => (
        <NumberInput
          key={field}
          label={t(`people.form.${words}`)}
          min={0}
          max={168}
          value={contract[field]}
          onChange={value => {
            if (typeof value === 'number') onChange({ ...contract, [field]: value });
          }}
        />
      ))}
    </Group>
  );
}
