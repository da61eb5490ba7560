import {
  createWorkRuleSet,
  listWorkRuleSets,
  type StoredWorkRuleSet,
  setDefaultWorkRuleSet,
  updateWorkRuleSet,
} from '../../data/store/workRuleSets.ts';
import { parseRuleSet, type RuleSet, ruleSentence } from '../../forecasting/scheduling/ruleSet.ts';
import { RULES } from '../../forecasting/scheduling/rules/registry.ts';
import type { RuleSetEntry } from '../contract/shift.ts';
import { assertReaches, type Context, mutate, reach } from './context.ts';
import { found, Refusal } from './refusal.ts';
import { asJson } from './storedQueue.ts';
import { unlessConflict } from './unlessConflict.ts';

/** Sets of work rules in reach, and every rule that exists. */
export async function readRuleSets(context: Context, siteId: string | undefined) {
  const stored = await listWorkRuleSets(context.environment.store.db, reach(context, 'people.read'), siteId);
  return { items: stored.map(present), kinds: RULE_KINDS };
}

const RULE_KINDS = RULES.map(rule => ({
  kind: rule.kind,
  name: rule.title,
  unit: rule.unit,
  sentence: rule.sentence(
    Object.fromEntries(Object.entries(rule.parameters).map(([name, spec]) => [name, spec.default])),
  ),
  parameters: Object.entries(rule.parameters).map(([name, spec]) => ({
    name,
    label: spec.label,
    type: spec.type,
    unit: spec.type === 'number' ? spec.unit : null,
    default: spec.default,
    min: spec.type === 'number' ? spec.min : null,
    max: spec.type === 'number' ? spec.max : null,
  })),
}));

/** What a caller may write of a set. */
export interface RuleSetFields {
  readonly name: string;
  readonly rules: readonly unknown[];
  readonly isDefault: boolean;
}

/** Adds a set of work rules. */
export async function addRuleSet(
  context: Context,
  input: RuleSetFields & { readonly siteId: string },
): Promise<RuleSetEntry> {
  assertReaches(context, 'people.manage', input.siteId);
  const content = asJson(checked(input.rules));
  return mutate(context, 'ruleSet.create', async db => {
    const stored = await createWorkRuleSet(db, { siteId: input.siteId, name: input.name, content });
    if (input.isDefault) await setDefaultWorkRuleSet(db, input.siteId, stored.id);
    const value = present({ ...stored, isDefault: input.isDefault });
    return { value, subjectKind: 'ruleSet', subjectId: stored.id, siteId: stored.siteId, detail: content };
  });
}

/** Changes a set of work rules that still has the revision that the caller read. */
export async function changeRuleSet(
  context: Context,
  id: string,
  revision: number,
  input: RuleSetFields,
): Promise<RuleSetEntry> {
  const scope = reach(context, 'people.manage');
  const content = asJson(checked(input.rules));
  return mutate(context, 'ruleSet.update', async db => {
    unlessConflict(await updateWorkRuleSet(db, scope, id, revision, { name: input.name, content }));
    const stored = found((await listWorkRuleSets(db, scope)).find(known => known.id === id));
    if (input.isDefault) await setDefaultWorkRuleSet(db, stored.siteId, id);
    const value = present({ ...stored, isDefault: input.isDefault || stored.isDefault });
    return { value, subjectKind: 'ruleSet', subjectId: id, siteId: stored.siteId, detail: content };
  });
}

function checked(rules: readonly unknown[]): RuleSet {
  const parsed = parseRuleSet({ rules });
  if (parsed.kind === 'valid') return parsed.ruleSet;
  const issues = parsed.problems.map(({ path, message }) => ({ path: `body.${path}`, message }));
  throw new Refusal('invalid', issues[0] && `${issues[0].path}: ${issues[0].message}`, { issues });
}

/** The stored rules as scheduling wants them; none where nothing valid is stored. */
export function toRuleSet(stored: StoredWorkRuleSet | undefined): RuleSet {
  const parsed = parseRuleSet(stored?.content ?? { rules: [] });
  return parsed.kind === 'valid' ? parsed.ruleSet : { rules: [] };
}

function present(stored: StoredWorkRuleSet): RuleSetEntry {
  return {
    id: stored.id,
    siteId: stored.siteId,
    name: stored.name,
    rules: toRuleSet(stored).rules.map(({ parameters, agentIds, ...rule }) => ({
      ...rule,
      parameters: Object.fromEntries(
        Object.entries(parameters).map(([name, value]) => [
          name,
          typeof value === 'object' ? [...value] : value,
        ]),
      ),
      ...(agentIds && { agentIds: [...agentIds] }),
      sentence: ruleSentence({ ...rule, parameters, ...(agentIds && { agentIds }) }),
    })),
    isDefault: stored.isDefault,
    revision: stored.revision,
  };
}
