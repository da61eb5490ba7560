import { Button, Modal, MultiSelect, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Agent, Skill } from '../../../api/contract/people.ts';
import { Failure } from '../../component/Failure.tsx';
import { t } from '../../locale/i18n.ts';
import { type PastedPerson, readPastedPeople } from './pastedPeople.ts';
import { NEW_CONTRACT, storeAgent, USUAL_LEVEL } from './storeAgent.ts';

interface PasteAgentsProps {
  readonly siteId: string;
  readonly agents: readonly Agent[];
  readonly skills: readonly Skill[];
  readonly onClose: () => void;
}

/** Many people at once from a spreadsheet: names, hours where it has them, and the skills that all of them have. */
export function PasteAgents({ siteId, agents, skills, onClose }: PasteAgentsProps) {
  const client = useQueryClient();
  const [text, setText] = useState('');
  const [skillIds, setSkillIds] = useState<string[]>([]);
  const { people, wrong } = readPastedPeople(text);
  const known = new Set(agents.map(agent => agent.name));
  const wanted = people.filter(({ name }) => !known.has(name));
  const add = useMutation({
    mutationFn: async () => {
      const held = skillIds.map(skillId => ({ skillId, level: USUAL_LEVEL }));
      for (const person of wanted) await storeAgent(null, siteId, { ...fieldsOf(person), skills: held });
    },
    onSuccess: onClose,
    // Those before a failure are there, and are left out when it is tried again.
    onSettled: () => client.invalidateQueries({ queryKey: ['agents', siteId] }),
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('people.paste.title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
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
          error={wrong[0] ? t('people.paste.wrong', { ...wrong[0], count: wrong.length }) : null}
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
          disabled={wanted.length === 0 || wrong.length > 0}
          loading={add.isPending}
          onClick={() => add.mutate()}
        >
          {t('people.paste.add', { count: wanted.length })}
        </Button>
      </Stack>
    </Modal>
  );
}

function fieldsOf({ name, hours }: PastedPerson): Pick<Agent, 'name' | 'contract'> {
  if (hours === null) return { name, contract: NEW_CONTRACT };
  return { name, contract: { minHoursPerWeek: hours, targetHoursPerWeek: hours, maxHoursPerWeek: hours } };
}
