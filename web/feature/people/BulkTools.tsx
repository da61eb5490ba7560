import { Button, Menu, NumberInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Skill } from '../../../api/contract/people.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Failure } from '../../component/Failure.tsx';
import { call } from '../../lib/api.ts';
import { t } from '../../locale/i18n.ts';

interface BulkToolsProps {
  readonly siteId: string;
  readonly ids: string[];
  readonly skills: readonly Skill[];
  readonly onDone: () => void;
}

/** Changes several agents alike. */
export function BulkTools({ siteId, ids, skills, onDone }: BulkToolsProps) {
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
