import { Button, Drawer, Group, MultiSelect, NumberInput, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Agent, Skill } from '../../../api/contract/people.ts';
import { Failure } from '../../component/Failure.tsx';
import { t } from '../../locale/i18n.ts';
import { NEW_CONTRACT, storeAgent, USUAL_LEVEL } from './storeAgent.ts';

interface AgentFormProps {
  readonly agent: Agent | null;
  readonly siteId: string;
  readonly skills: readonly Skill[];
  readonly onClose: () => void;
}

/** One person: name, contract hours, skills. */
export function AgentForm({ agent, siteId, skills, onClose }: AgentFormProps) {
  const client = useQueryClient();
  const [name, setName] = useState(agent?.name ?? '');
  const [contract, setContract] = useState(agent?.contract ?? NEW_CONTRACT);
  const [skillIds, setSkillIds] = useState<string[]>((agent?.skills ?? []).map(held => held.skillId));
  const levels = new Map((agent?.skills ?? []).map(held => [held.skillId, held.level]));
  const held = skillIds.map(skillId => ({ skillId, level: levels.get(skillId) ?? USUAL_LEVEL }));
  const save = useMutation({
    mutationFn: () => storeAgent(agent, siteId, { name, contract, skills: held }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['agents', siteId] });
      onClose();
    },
  });
  const inOrder =
    contract.minHoursPerWeek <= contract.targetHoursPerWeek &&
    contract.targetHoursPerWeek <= contract.maxHoursPerWeek;
  return (
    <Drawer
      opened
      onClose={onClose}
      title={agent?.name ?? t('people.add')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form
        onSubmit={event => {
          event.preventDefault();
          save.mutate();
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
          <MultiSelect
            label={t('people.form.skills')}
            value={skillIds}
            onChange={setSkillIds}
            data={skills.map(skill => ({ value: skill.id, label: skill.name }))}
          />
          {save.error ? <Failure error={save.error} /> : null}
          <Button type="submit" disabled={name.trim() === '' || !inOrder} loading={save.isPending}>
            {t('action.save')}
          </Button>
        </Stack>
      </form>
    </Drawer>
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
