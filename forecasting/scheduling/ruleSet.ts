import { findRule, RULES } from './rules/registry.ts';
import type { ParameterSpec, ParameterValue } from './rules/rule.ts';

/** One work rule in force. Parameters are plain data described by the rule's own specification. */
export interface RuleSetting {
  /** Unique within the set. */
  readonly id: string;
  /** A kind of the registry, for example `minimumRest`. */
  readonly kind: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly enforcement: 'hard' | 'soft';
  /** Price in currency per unit of breach; required for soft rules, ignored for hard ones. */
  readonly weight?: number;
  /** Agents the rule binds; omitted = everyone. */
  readonly agentIds?: readonly string[];
}

export interface RuleSet {
  readonly rules: readonly RuleSetting[];
}

/** A fault in rule data: where it is and what would be right. */
export interface RuleSetProblem {
  /** For example `rules[2].parameters.hours`. */
  readonly path: string;
  readonly message: string;
}

export type ParsedRuleSet =
  | { readonly kind: 'valid'; readonly ruleSet: RuleSet }
  | { readonly kind: 'invalid'; readonly problems: readonly RuleSetProblem[] };

/** Checks unknown data as a rule set; missing parameters take their defaults, unknown ones are refused. */
export function parseRuleSet(data: unknown): ParsedRuleSet {
  const problems: RuleSetProblem[] = [];
  const list = Array.isArray(data) ? data : isRecord(data) ? data.rules : undefined;
  if (!Array.isArray(list)) {
    return invalid([{ path: 'rules', message: 'expected a list of rules, or an object with "rules"' }]);
  }
  const rules: RuleSetting[] = [];
  const ids = new Set<string>();
  for (let i = 0; i < list.length; i++) {
    const rule = parseRule(list[i], `rules[${i}]`, problems);
    if (!rule) continue;
    if (ids.has(rule.id)) {
      problems.push({ path: `rules[${i}].id`, message: `the id "${rule.id}" is used twice` });
    }
    ids.add(rule.id);
    rules.push(rule);
  }
  return problems.length > 0 ? invalid(problems) : { kind: 'valid', ruleSet: { rules } };
}

/** The rule in one sentence with its numbers, ending in how it binds. */
export function ruleSentence(setting: RuleSetting): string {
  const rule = findRule(setting.kind);
  if (!rule) throw new RangeError(`unknown rule kind "${setting.kind}"`);
  const bound =
    setting.enforcement === 'hard' ? 'must hold' : `costs ${setting.weight ?? 0} per ${rule.unit}`;
  const who = setting.agentIds ? ` for ${setting.agentIds.length} named agent(s)` : '';
  return `${rule.sentence({ ...defaultsOf(rule.parameters), ...setting.parameters })} (${bound}${who})`;
}

/**
 * The rule set with missing parameters at their defaults.
 *
 * @throws RangeError for a kind that is not in the registry: a rule is never dropped in silence
 */
export function completeRuleSet(ruleSet: RuleSet): RuleSet {
  return {
    rules: ruleSet.rules.map(setting => {
      const rule = findRule(setting.kind);
      if (!rule) throw new RangeError(`unknown rule kind "${setting.kind}"`);
      return { ...setting, parameters: { ...defaultsOf(rule.parameters), ...setting.parameters } };
    }),
  };
}

function parseRule(data: unknown, path: string, problems: RuleSetProblem[]): RuleSetting | null {
  if (!isRecord(data)) {
    problems.push({ path, message: 'expected an object with "kind" and "parameters"' });
    return null;
  }
  const before = problems.length;
  const kind = data.kind;
  const rule = typeof kind === 'string' ? findRule(kind) : undefined;
  if (typeof kind !== 'string' || !rule) {
    const known = RULES.map(known => known.kind).join(', ');
    problems.push({ path: `${path}.kind`, message: `unknown rule ${quote(kind)}; known rules: ${known}` });
    return null;
  }
  const id = data.id ?? kind;
  if (typeof id !== 'string' || id === '') problems.push({ path: `${path}.id`, message: 'expected a text' });
  const enforcement = data.enforcement ?? 'hard';
  if (enforcement !== 'hard' && enforcement !== 'soft') {
    problems.push({
      path: `${path}.enforcement`,
      message: `expected "hard" or "soft", found ${quote(enforcement)}`,
    });
  }
  const weight = data.weight;
  if (enforcement === 'soft' && !(typeof weight === 'number' && weight >= 0 && Number.isFinite(weight))) {
    problems.push({
      path: `${path}.weight`,
      message: `a soft rule needs a weight of 0 or more, found ${quote(weight)}`,
    });
  }
  const agentIds = data.agentIds;
  if (agentIds !== undefined && !isTextList(agentIds)) {
    problems.push({ path: `${path}.agentIds`, message: 'expected a list of agent ids' });
  }
  const parameters = parseParameters(data.parameters ?? {}, rule.parameters, path, problems);
  const wrong = problems.length > before ? null : rule.problem?.(parameters);
  if (wrong) problems.push({ path: `${path}.parameters`, message: wrong });
  if (problems.length > before || typeof id !== 'string') return null;
  return {
    id,
    kind,
    parameters,
    enforcement: enforcement === 'soft' ? 'soft' : 'hard',
    ...(typeof weight === 'number' ? { weight } : {}),
    ...(isTextList(agentIds) ? { agentIds } : {}),
  };
}

function parseParameters(
  data: unknown,
  specs: Readonly<Record<string, ParameterSpec>>,
  path: string,
  problems: RuleSetProblem[],
): Readonly<Record<string, ParameterValue>> {
  const result: Record<string, ParameterValue> = { ...defaultsOf(specs) };
  if (!isRecord(data)) {
    problems.push({ path: `${path}.parameters`, message: 'expected an object' });
    return result;
  }
  for (const [name, value] of Object.entries(data)) {
    const spec = specs[name];
    const at = `${path}.parameters.${name}`;
    if (!spec) {
      const known = Object.keys(specs).join(', ') || 'none';
      problems.push({ path: at, message: `unknown parameter; this rule takes: ${known}` });
      continue;
    }
    const message = parameterProblem(value, spec);
    if (message !== null) problems.push({ path: at, message });
    else if (isParameterValue(value)) result[name] = value;
  }
  return result;
}

function parameterProblem(value: unknown, spec: ParameterSpec): string | null {
  switch (spec.type) {
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value))
        return `expected a number, found ${quote(value)}`;
      if (value < spec.min || value > spec.max) {
        return `expected ${spec.min} to ${spec.max} ${spec.unit}, found ${value}`;
      }
      return spec.integer && !Number.isInteger(value) ? `expected a whole number, found ${value}` : null;
    case 'text':
      return typeof value === 'string' ? null : `expected a text, found ${quote(value)}`;
    case 'textList':
      return isTextList(value) ? null : `expected a list of texts, found ${quote(value)}`;
  }
}

function defaultsOf(specs: Readonly<Record<string, ParameterSpec>>): Record<string, ParameterValue> {
  return Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, spec.default]));
}

function isParameterValue(value: unknown): value is ParameterValue {
  return typeof value === 'number' || typeof value === 'string' || isTextList(value);
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function quote(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

function invalid(problems: readonly RuleSetProblem[]): ParsedRuleSet {
  return { kind: 'invalid', problems };
}
