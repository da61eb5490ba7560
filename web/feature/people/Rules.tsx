import { ActionIcon, Badge, Button, Group, NativeSelect, NumberInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { ROUTES } from '../../../api/contract/routes.ts';
import type { RuleSetEntry, ruleKindSchema } from '../../../api/contract/shift.ts';
import { Card } from '../../component/Card.tsx';
import { Failure } from '../../component/Failure.tsx';
import { Icon } from '../../component/Icon.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { newId } from '../../lib/newId.ts';
import { useMay } from '../../lib/session.ts';
import { t } from '../../locale/i18n.ts';
import classes from './Rules.module.css';

type RuleKind = z.output<typeof ruleKindSchema>;
type Rule = RuleSetEntry['rules'][number];

/** Each rule as a sentence with its numbers editable. */
export function Rules({ siteId }: { readonly siteId: string }) {
  const query = useQuery({
    queryKey: ['rule-sets', siteId],
    queryFn: () => call(ROUTES.listRuleSets, { query: { siteId } }),
  });
  return (
    <Loaded query={query} height={200}>
      {({ items, kinds }) => {
        const set = items.find(entry => entry.isDefault) ?? items[0];
        return set ? (
          <RuleSetEditor key={`${set.id}${set.revision}`} set={set} kinds={kinds} />
        ) : (
          <p>{t('people.rulesNone')}</p>
        );
      }}
    </Loaded>
  );
}

function RuleSetEditor({ set, kinds }: { readonly set: RuleSetEntry; readonly kinds: readonly RuleKind[] }) {
  const client = useQueryClient();
  const may = useMay();
  const [rules, setRules] = useState<readonly Rule[]>(set.rules);
  const save = useMutation({
    mutationFn: () =>
      call(ROUTES.updateRuleSet, {
        params: { id: set.id },
        ifMatch: String(set.revision),
        body: {
          name: set.name,
          isDefault: set.isDefault,
          rules: rules.map(({ sentence: _, ...rule }) => rule),
        },
      }),
    onSuccess: () => {
      notifications.show({ message: t('people.rulesSaved') });
      void client.invalidateQueries({ queryKey: ['rule-sets'] });
    },
  });
  const mayEdit = may('people.manage');
  const change = (id: string, next: Partial<Rule>) =>
    setRules(rules.map(rule => (rule.id === id ? { ...rule, ...next } : rule)));
  const add = (kindName: string) => {
    const kind = kinds.find(entry => entry.kind === kindName);
    if (!kind) return;
    const parameters = Object.fromEntries(
      kind.parameters.map(parameter => [parameter.name, parameter.default]),
    );
    setRules([
      ...rules,
      { id: newId(), kind: kind.kind, parameters, enforcement: 'hard', sentence: kind.sentence },
    ]);
  };
  return (
    <Card
      title={set.name}
      note={t('people.rulesNote')}
      actions={
        mayEdit ? (
          <>
            <NativeSelect
              size="xs"
              aria-label={t('people.ruleAdd')}
              value=""
              onChange={event => add(event.currentTarget.value)}
              data={[
                { value: '', label: t('people.ruleAdd') },
                ...kinds.map(kind => ({ value: kind.kind, label: kind.name })),
              ]}
            />
            <Button
              size="xs"
              disabled={rules === set.rules}
              loading={save.isPending}
              onClick={() => save.mutate()}
            >
              {t('action.save')}
            </Button>
          </>
        ) : null
      }
    >
      {save.error ? <Failure error={save.error} /> : null}
      <ul className={classes.rules}>
        {rules.map(rule => {
          const kind = kinds.find(entry => entry.kind === rule.kind);
          return (
            <li key={rule.id}>
              <div className={classes.words}>
                <b>{kind?.name ?? rule.kind}</b>
                <div className={classes.sentence}>{rule.sentence}</div>
              </div>
              <Group gap="xs">
                {kind?.parameters
                  .filter(parameter => parameter.type === 'number')
                  .map(parameter => (
                    <NumberInput
                      key={parameter.name}
                      size="xs"
                      w={150}
                      label={parameter.label}
                      disabled={!mayEdit}
                      {...(parameter.unit && { suffix: ` ${parameter.unit}` })}
                      {...(parameter.min !== null && { min: parameter.min })}
                      {...(parameter.max !== null && { max: parameter.max })}
                      value={Number(rule.parameters[parameter.name] ?? parameter.default)}
                      onChange={value => {
                        if (typeof value === 'number') {
                          change(rule.id, { parameters: { ...rule.parameters, [parameter.name]: value } });
                        }
                      }}
                    />
                  ))}
              </Group>
              <Button
                size="compact-xs"
                variant="default"
                disabled={!mayEdit}
                onClick={() =>
                  change(
                    rule.id,
                    rule.enforcement === 'hard'
                      ? { enforcement: 'soft', weight: rule.weight ?? 50 }
                      : { enforcement: 'hard' },
                  )
                }
              >
                {t(rule.enforcement === 'hard' ? 'people.hard' : 'people.soft')}
              </Button>
              {rule.enforcement === 'soft' ? <Badge variant="light">{rule.weight ?? 0}</Badge> : null}
              {mayEdit ? (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`${t('action.remove')}: ${kind?.name ?? rule.kind}`}
                  onClick={() => setRules(rules.filter(entry => entry.id !== rule.id))}
                >
                  <Icon name="trash" size={15} />
                </ActionIcon>
              ) : null}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
