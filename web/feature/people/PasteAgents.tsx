import { Button, Modal, MultiSelect, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Agent, Skill } from '../../../api/contract/people.ts';
import { Failure } from '../../component/Failure.tsx';
import { t } from '../../locale/i18n.ts';
import { type PastedPeople, type PastedPerson, readPastedPeople } from './pastedPeople.ts';
import { type AgentFields, NEW_CONTRACT, storeAgent, USUAL_LEVEL } from './storeAgent.ts';

interface PasteAgentsProps {
  readonly siteId: string;
  readonly agents: readonly Agent[];
  readonly skills: readonly Skill[];
  readonly onClose: () => void;
}

/** Many people at once from a spreadsheet: names, hours and skills where it has them, and the skills that all of them have. */
export function PasteAgents({ siteId, agents, skills, onClose }: PasteAgentsProps) {
  const client = useQueryClient();
  const [text, setText] = useState('');
  const [skillIds, setSkillIds] = useState<string[]>([]);
  const { people, wrong, unknownSkills } = readPastedPeople(text, skills);
  const known = new Set(agents.map(agent => agent.name));
  const wanted = people.filter(({ name }) => !known.has(name));
  const add = useMutation({
    mutationFn: async () => {
      for (const person of wanted) await storeAgent(null, siteId, fieldsOf(person, skillIds));
    },
    onSuccess: onClose,
    // Those before a failure are there, and are left out when it is tried again.
    onSettled: () => client.invalidateQueries({ queryKey: ['agents', siteId] }),
  });
  return (
    <Modal opened onClose={onClose} title={t('people.paste.title')}>
      <Stack gap="sm">
        <Textarea
          data-autofocus
          label={t('people.paste.list')}
          description={t('people.paste.help')}
          autosize
          minRows={6}
          maxRows={14}
          value={text}
          onChange={event => setText(event.currentTarget.value)}
          error={faultOf(wrong, unknownSkills)}
        />
        <MultiSelect
          label={t('people.paste.skills')}
          value={skillIds}
          onChange={setSkillIds}
          data={skills.map(skill => ({ value: skill.id, label: skill.name }))}
        />
        {people.length > wanted.length ? (
          <Text size="sm" role="status">
            {t('people.paste.known', { count: people.length - wanted.length })}
          </Text>
        ) : null}
        {add.error ? <Failure error={add.error} /> : null}
        <Button
          disabled={wanted.length === 0 || wrong.length > 0 || unknownSkills.length > 0}
          loading={add.isPending}
          onClick={() => add.mutate()}
        >
          {t('people.paste.add', { count: wanted.length })}
        </Button>
      </Stack>
    </Modal>
  );
}

function faultOf(wrong: PastedPeople['wrong'], unknownSkills: readonly string[]): string | null {
  if (wrong[0]) return t('people.paste.wrong', { ...wrong[0], count: wrong.length });
  if (unknownSkills.length === 0) return null;
  return t('people.paste.unknownSkills', { names: unknownSkills.join('”, “'), count: unknownSkills.length });
}

/** With the person's own skills and those of all. */
function fieldsOf({ name, hours, skillIds }: PastedPerson, ofAll: readonly string[]): AgentFields {
  const contract =
    hours === null
      ? NEW_CONTRACT
      : { minHoursPerWeek: hours, targetHoursPerWeek: hours, maxHoursPerWeek: hours };
  const skills = [...new Set([...skillIds, ...ofAll])].map(skillId => ({ skillId, level: USUAL_LEVEL }));
  return { name, contract, skills };
}
