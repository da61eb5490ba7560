import type { BoundRule } from './agentTerms.ts';
import { coverStateOf } from './coverage.ts';
import type { Evaluation } from './evaluate.ts';
import { ruleSentence } from './ruleSet.ts';
import type { RuleMemory } from './rules/rule.ts';
import { EMPTY_SCHEDULE, inOrderOfStart } from './schedule.ts';
import type { SearchModel } from './searchModel.ts';
import { AgentTimeline, type ShiftFacts } from './timeline.ts';

/** A smallest set of hard rules that cannot hold together: without any one of them the rest can. */
export interface Conflict {
  /** Null when the conflict concerns the whole site. */
  readonly agentId: string | null;
  readonly ruleIds: readonly string[];
  readonly ruleSentences: readonly string[];
  readonly sentence: string;
}

/** Steps of a search before its question is left open; shared out over the days, as each step looks at all of them. */
const MAX_STEPS_PER_WEEK = 1_000_000;
/** Agents whose contradictions are looked for; the findings list all breaches in any case. */
const MAX_AGENTS = 5;

/**
 * Conflicts behind the hard rules a schedule breaks. Agents whose rules can be met by some roster yield none:
 * their breach is then a matter of cover or of the search, not of contradiction.
 */
export function findConflicts(model: SearchModel, evaluation: Evaluation): readonly Conflict[] {
  const broken = new Set<string>();
  const conflicts: Conflict[] = [];
  for (const finding of evaluation.findings) {
    if (!finding.hard) continue;
    if (finding.agentId === null) {
      const conflict = licenceConflict(model, finding.ruleId);
      if (conflict && !conflicts.some(c => c.ruleIds[0] === finding.ruleId)) conflicts.push(conflict);
    } else broken.add(finding.agentId);
  }
  for (const agentId of [...broken].slice(0, MAX_AGENTS)) {
    const conflict = agentConflict(model, agentId);
    if (conflict) conflicts.push(conflict);
  }
  return conflicts;
}

/**
 * A minimal set of the agent's hard rules that no roster satisfies, by deletion: each rule is left out in turn and
 * stays out if the others still contradict one another. Null if the rules can be met, or if that stayed open.
 */
export function agentConflict(model: SearchModel, agentId: string): Conflict | null {
  const a = model.site.agentIndex.get(agentId);
  if (a === undefined) return null;
  const { agent, rules } = model.site.agents[a]!;
  const contradictory = smallContradiction(
    model,
    a,
    rules.filter(bound => bound.hard),
  );
  if (!contradictory) return null;
  let core = contradictory;
  // Rules about times make rosters hardest to tell apart: trying them first makes later questions cheap.
  const order = [...core].sort((x, y) => memoryCost(y) - memoryCost(x));
  for (const candidate of order) {
    const without = core.filter(bound => bound !== candidate);
    if (satisfiable(model, a, without) === 'no') core = without;
  }
  return describe(agentId, agent.name, core);
}

/**
 * A contradictory subset, looked for first among rules that tell few rosters apart: if those contradict one another
 * already, the others need not be searched at all.
 */
function smallContradiction(
  model: SearchModel,
  agent: number,
  rules: readonly BoundRule[],
): readonly BoundRule[] | null {
  for (const cost of [0, 2, 6]) {
    const subset = rules.filter(bound => memoryCost(bound) <= cost);
    if (satisfiable(model, agent, subset) === 'no') return subset;
  }
  return null;
}

function memoryCost({ rule }: BoundRule): number {
  return (rule.remembers.includes('times') ? 4 : 0) + (rule.remembers.includes('types') ? 2 : 0);
}

function describe(agentId: string, name: string, core: readonly BoundRule[]): Conflict {
  const ruleSentences = core.map(bound => ruleSentence(bound.setting));
  const count = core.length === 1 ? 'this rule alone' : `these ${core.length} rules together`;
  return {
    agentId,
    ruleIds: core.map(bound => bound.setting.id),
    ruleSentences,
    sentence: `${name}: no roster keeps ${count}: ${ruleSentences.join('; ')}`,
  };
}

/** Whether some choice of shifts keeps all the rules. `open` when the search grew too large to tell. */
export function satisfiable(
  model: SearchModel,
  agent: number,
  rules: readonly BoundRule[],
): 'yes' | 'no' | 'open' {
  return new RosterSearch(model, agent, rules).run();
}

/** Depth-first search over days; partial rosters that no rule can tell apart are visited once. */
class RosterSearch {
  readonly #model: SearchModel;
  readonly #agent: number;
  readonly #rules: readonly BoundRule[];
  readonly #monotone: readonly BoundRule[];
  readonly #memory: ReadonlySet<RuleMemory>;
  readonly #timeline: AgentTimeline;
  readonly #seen = new Set<string>();
  readonly #choices: readonly (readonly ShiftFacts[])[];
  readonly #maxSteps: number;
  #steps = 0;

  constructor(model: SearchModel, agent: number, rules: readonly BoundRule[]) {
    this.#model = model;
    this.#agent = agent;
    this.#rules = rules;
    this.#maxSteps = MAX_STEPS_PER_WEEK * Math.min(1, (7 / Math.max(1, model.dayCount)) ** 2);
    this.#monotone = rules.filter(bound => bound.rule.monotone);
    this.#memory = new Set(rules.flatMap(bound => bound.rule.remembers));
    const recent = [...(model.site.agents[agent]!.agent.recentShifts ?? [])].sort(inOrderOfStart);
    this.#timeline = new AgentTimeline(recent.length + model.dayCount * 4);
    for (const shift of recent) this.#timeline.push(model.site.calendar.shiftFacts(shift));
    this.#timeline.firstIndex = this.#timeline.count;
    this.#choices = Array.from({ length: model.dayCount }, (_, day) => this.#choicesOn(day));
  }

  run(): 'yes' | 'no' | 'open' {
    const found = this.#visit(0);
    if (found) return 'yes';
    return this.#steps > this.#maxSteps ? 'open' : 'no';
  }

  /** Shifts of a day that the rules can tell apart; rules about single shifts have removed theirs. */
  #choicesOn(day: number): readonly ShiftFacts[] {
    const perShift = this.#rules.filter(bound => bound.rule.perShift);
    const single = new AgentTimeline(1);
    const seen = new Set<string>();
    const chosen: ShiftFacts[] = [];
    const { agent, facts: agentFacts } = this.#model.site.agents[this.#agent]!;
    for (const { facts } of this.#model.candidates) {
      if (facts.day !== day) continue;
      const templateId = this.#model.site.calendar.templateIds[facts.template] ?? '';
      if (agent.templateIds && !agent.templateIds.includes(templateId)) continue;
      single.count = 0;
      single.push(facts);
      if (perShift.some(bound => bound.check(single, agentFacts, null) > 0)) continue;
      const key = this.#memory.has('times')
        ? `${facts.start}:${facts.end}:${facts.type}:${facts.paid}`
        : `${facts.type}:${facts.paid}`;
      if (seen.has(key)) continue;
      seen.add(key);
      chosen.push(facts);
    }
    return chosen;
  }

  #visit(day: number): boolean {
    if (this.#steps > this.#maxSteps) return false;
    const { facts } = this.#model.site.agents[this.#agent]!;
    if (day === this.#model.dayCount) {
      return this.#rules.every(bound => bound.check(this.#timeline, facts, null) === 0);
    }
    const key = this.#signature(day);
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    const before = this.#timeline.count;
    const fixed = this.#model.fixedFacts.get(this.#agent * this.#model.dayCount + day);
    if (fixed) return this.#try(day, fixed, before);
    for (const shift of this.#choices[day]!) if (this.#try(day, [shift], before)) return true;
    return this.#try(day, [], before);
  }

  #try(day: number, shifts: readonly ShiftFacts[], before: number): boolean {
    this.#steps++;
    const { facts } = this.#model.site.agents[this.#agent]!;
    for (const shift of shifts) this.#timeline.push(shift);
    const fits = this.#monotone.every(bound => bound.check(this.#timeline, facts, null) === 0);
    const found = fits && this.#visit(day + 1);
    this.#timeline.count = before;
    return found;
  }

  /** What the rules can still see of the days so far. */
  #signature(day: number): string {
    const { firstIndex, count, day: days, paid, type, start, end } = this.#timeline;
    const parts: (string | number)[] = [day];
    const last = count - 1;
    if (this.#memory.has('times') && last >= 0) parts.push(start[last]!, end[last]!);
    for (let i = firstIndex; i < count; i++) {
      if (this.#memory.has('types')) parts.push(`${days[i]}${type[i]}`);
      else if (this.#memory.has('days')) parts.push(days[i]!);
    }
    if (this.#memory.has('paid')) {
      const weeks = new Array<number>(this.#model.site.calendar.weekCount).fill(0);
      for (let i = firstIndex; i < count; i++) weeks[Math.floor(days[i]! / 7)]! += paid[i]!;
      parts.push('p', ...weeks);
    }
    return parts.join(',');
  }
}

/** A licence that fewer agents hold, or can be on shift with, than the rule asks for. */
function licenceConflict(model: SearchModel, ruleId: string): Conflict | null {
  const { cover, agents, calendar } = model.site;
  const index = cover.covers.findIndex(c => c.setting.id === ruleId);
  const rule = cover.covers[index];
  if (!rule) return null;
  const holders = agents.flatMap((_, a) =>
    cover.groups[cover.agentGroup[a]!]!.covers.includes(index) ? [a] : [],
  );
  // Nights from before the horizon count.
  const running = coverStateOf(model.site, EMPTY_SCHEDULE).covered;
  const able = running.slice(index * cover.slotCount, (index + 1) * cover.slotCount);
  for (const a of holders) for (const slot of reachableSlots(model, a)) able[slot]!++;
  for (let t = 0; t < cover.slotCount; t++) {
    if (able[t]! >= rule.due[t]!) continue;
    const when = calendar.clockText(calendar.epochOf(t * cover.slotMinutes));
    const sentence =
      holders.length < rule.due[t]!
        ? `${rule.due[t]} with ${rule.demand.skill} are due, only ${holders.length} hold it`
        : `${rule.due[t]} with ${rule.demand.skill} are due at ${when}, only ${able[t]} can be on shift then`;
    const text = ruleSentence(rule.setting);
    return { agentId: null, ruleIds: [ruleId], ruleSentences: [text], sentence: `${sentence}: ${text}` };
  }
  return null;
}

/** Slots in which the agent could be on shift. */
function reachableSlots(model: SearchModel, agent: number): ReadonlySet<number> {
  const { slotCount, slotMinutes } = model.site.cover;
  const slots = new Set<number>();
  const add = (facts: ShiftFacts): void => {
    const from = Math.max(0, facts.start / slotMinutes);
    for (let t = from; t < Math.min(slotCount, facts.end / slotMinutes); t++) slots.add(t);
  };
  for (let day = 0; day < model.dayCount; day++) {
    const cell = agent * model.dayCount + day;
    for (const facts of model.fixedFacts.get(cell) ?? []) add(facts);
    if (!model.fixed.has(cell)) for (const c of model.options[cell]!) add(model.candidates[c]!.facts);
  }
  return slots;
}
