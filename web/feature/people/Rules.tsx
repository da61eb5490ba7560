import { ActionIcon, Badge, Button, Group, NativeSelect } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { ROUTES } from '../../../api/contract/routes.ts';
import type { RuleSetEntry, ruleKindSchema } from '../../../api/contract/shift.ts';
import { Card } from '../../component/Card.tsx';
import { EmptyState } from '../../component/EmptyState.tsx';
import { Failure } from '../../component/Failure.tsx';
import { Icon } from '../../component/Icon.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { newId } from '../../lib/newId.ts';
import { useMay } from '../../lib/session.ts';
import { t } from '../../locale/i18n.ts';
import { ParameterField } from './ParameterField.tsx';
import classes from './Rules.module.css';

type RuleKind = z.output<typeof ruleKindSchema>;
type Rule = RuleSetEntry['rules'][number];

/** Of a rule that stops being hard. */
const USUAL_PRICE = 50;

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
          <NoRules siteId={siteId} kinds={kinds} />
        );
      }}
    </Loaded>
  );
}

/** Of those that labour law and contracts nearly always have. */
const USUAL_RULES: readonly string[] = [
  'oneShiftPerDay',
  'minimumRest',
  'maximumConsecutiveDays',
  'minimumDaysOffPerWeek',
  'contractHours',
  'availability',
];

/** A site without rules begins with the usual ones; each can be changed or taken away. */
function NoRules({ siteId, kinds }: { readonly siteId: string; readonly kinds: readonly RuleKind[] }) {
  const client = useQueryClient();
  const mayEdit = useMay()('people.manage');
  const usual = kinds.filter(({ kind }) => USUAL_RULES.includes(kind));
  const create = useMutation({
    mutationFn: () =>
      call(ROUTES.createRuleSet, {
        body: { siteId, name: t('people.rulesName'), isDefault: true, rules: usual.map(settingOf) },
      }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['rule-sets', siteId] }),
  });
  return (
    <EmptyState
      icon="review"
      title={t('people.rulesNone')}
      actions={
        mayEdit ? (
          <Button loading={create.isPending} onClick={() => create.mutate()}>
            {t('people.rulesBegin')}
          </Button>
        ) : null
      }
    >
      {t('people.rulesNoneText', { rules: usual.map(({ name }) => name).join(', ') })}
      {create.error ? <Failure error={create.error} /> : null}
    </EmptyState>
  );
}

function RuleSetEditor({ set, kinds }: { readonly set: RuleSetEntry; readonly kinds: readonly RuleKind[] }) {
  const may = useMay();
  const [rules, setRules] = useState<readonly Rule[]>(set.rules);
  const save = useSaveRules(set, rules);
  const mayEdit = may('people.manage');
  const add = (kindName: string) => {
    const kind = kinds.find(entry => entry.kind === kindName);
    if (kind) setRules([...rules, { ...settingOf(kind), sentence: kind.sentence }]);
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
        {rules.map(rule => (
          <RuleRow
            key={rule.id}
            rule={rule}
            kind={kinds.find(entry => entry.kind === rule.kind)}
            mayEdit={mayEdit}
            onChange={next => setRules(rules.map(entry => (entry.id === rule.id ? next : entry)))}
            onRemove={() => setRules(rules.filter(entry => entry.id !== rule.id))}
          />
        ))}
      </ul>
    </Card>
  );
}

function useSaveRules(set: RuleSetEntry, rules: readonly Rule[]) {
  const client = useQueryClient();
  return useMutation({
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
}

/** A new rule with the numbers that it usually has. */
function settingOf({ kind, parameters }: RuleKind): Omit<Rule, 'sentence'> {
  return {
    id: newId(),
    kind,
    parameters: Object.fromEntries(parameters.map(parameter => [parameter.name, parameter.default])),
    enforcement: 'hard',
  };
}

interface RuleRowProps {
  readonly rule: Rule;
  readonly kind: RuleKind | undefined;
  readonly mayEdit: boolean;
  readonly onChange: (rule: Rule) => void;
  readonly onRemove: () => void;
}

/** A rule's sentence, its numbers, and whether it must hold or has a price. */
function RuleRow({ rule, kind, mayEdit, onChange, onRemove }: RuleRowProps) {
  const name = kind?.name ?? rule.kind;
  const isHard = rule.enforcement === 'hard';
  return (
    <li>
      <div className={classes.words}>
        <b>{name}</b>
        <div className={classes.sentence}>{rule.sentence}</div>
      </div>
      <Group gap="xs">
        {kind?.parameters.map(parameter => (
          <ParameterField
            key={parameter.name}
            parameter={parameter}
            value={rule.parameters[parameter.name] ?? parameter.default}
            disabled={!mayEdit}
            onChange={value =>
              onChange({ ...rule, parameters: { ...rule.parameters, [parameter.name]: value } })
            }
          />
        ))}
      </Group>
      <Button
        size="compact-xs"
        variant="default"
        disabled={!mayEdit}
        onClick={() =>
          onChange(
            isHard
              ? { ...rule, enforcement: 'soft', weight: rule.weight ?? USUAL_PRICE }
              : { ...rule, enforcement: 'hard' },
          )
        }
      >
        {t(isHard ? 'people.hard' : 'people.soft')}
      </Button>
      {isHard ? null : <Badge variant="light">{rule.weight ?? 0}</Badge>}
      {mayEdit ? (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`${t('action.remove')}: ${name}`}
          onClick={onRemove}
        >
          <Icon name="trash" size={15} />
        </ActionIcon>
      ) : null}
    </li>
  );
}
