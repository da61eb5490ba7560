import { type AgentScore, type RuleBreach, scoreAgent } from './agentScore.ts';
import { groupByAgent } from './agentTerms.ts';
import { coverageOf, coverStateOf, type ScheduleCoverage } from './coverage.ts';
import type { CoverState } from './coverState.ts';
import type { ScheduleProblem } from './problem.ts';
import type { Schedule } from './schedule.ts';
import { buildSite, type Site } from './site.ts';

/** The objective by part, in currency over the horizon. */
export interface ScoreParts {
  /** Under- and over-staffing of the queues. */
  readonly cover: number;
  readonly labour: number;
  readonly overtime: number;
  readonly preferences: number;
  readonly fairness: number;
  readonly stability: number;
  readonly softRules: number;
  /** Broken hard rules at their (very high) price; 0 in a valid schedule. */
  readonly hardRules: number;
  readonly total: number;
}

/** A broken rule: who, when, by how much. */
export interface Finding {
  readonly ruleId: string;
  readonly ruleKind: string;
  readonly hard: boolean;
  /** Null for rules about the whole site. */
  readonly agentId: string | null;
  /** Instants of the stretch concerned. */
  readonly start: number;
  readonly end: number;
  readonly amount: number;
  readonly unit: string;
  readonly cost: number;
  readonly assignmentIds: readonly string[];
  readonly sentence: string;
}

export interface Evaluation {
  readonly score: ScoreParts;
  readonly findings: readonly Finding[];
  readonly coverage: ScheduleCoverage;
  /** Assignments of agents the problem does not know; they are not scored. */
  readonly unknownAgents: readonly string[];
}

/** Scores a schedule from scratch and lists every broken rule. */
export function evaluateSchedule(problem: ScheduleProblem, schedule: Schedule): Evaluation {
  const site = buildSite(problem, [schedule]);
  const state = coverStateOf(site, schedule);
  const byAgent = groupByAgent(schedule.assignments);
  const findings: Finding[] = [];
  const scores = site.agents.map(agent =>
    scoreAgent(site, agent, byAgent.get(agent.agent.id) ?? [], breach =>
      findings.push(agentFinding(site, agent.agent.id, agent.agent.name, breach)),
    ),
  );
  const cover = coverageOf(site, state);
  findings.push(...licenceFindings(site, cover));
  return {
    score: totalScore(site, scores, state),
    findings,
    coverage: cover,
    unknownAgents: [...byAgent.keys()].filter(id => !site.agentIndex.has(id)),
  };
}

/** Adds agents and cover up to the objective. */
export function totalScore(site: Site, agents: readonly AgentScore[], state: CoverState): ScoreParts {
  const parts = {
    cover: 0,
    labour: 0,
    overtime: 0,
    preferences: 0,
    fairness: 0,
    stability: 0,
    softRules: 0,
    hardRules: 0,
  };
  for (const agent of agents) {
    parts.labour += agent.labour;
    parts.overtime += agent.overtime;
    parts.preferences += agent.preferences;
    parts.fairness += agent.fairness;
    parts.stability += agent.stability;
    parts.softRules += agent.softRules;
    parts.hardRules += agent.hardRules;
  }
  parts.cover = state.totalCost().queues;
  const licences = coverRuleCost(site, state);
  parts.softRules += licences.soft;
  parts.hardRules += licences.hard;
  const total = Object.values(parts).reduce((sum, part) => sum + part, 0);
  return { ...parts, total };
}

function coverRuleCost(site: Site, state: CoverState): { readonly soft: number; readonly hard: number } {
  let [soft, hard] = [0, 0];
  const { slotCount, covers } = site.cover;
  covers.forEach((cover, c) => {
    let cost = 0;
    for (let t = 0; t < slotCount; t++) {
      cost += Math.max(0, cover.due[t]! - state.covered[c * slotCount + t]!) * cover.pricePerSlot;
    }
    if (cover.setting.enforcement === 'hard') hard += cost;
    else soft += cost;
  });
  return { soft, hard };
}

export function agentFinding(site: Site, agentId: string, name: string, found: RuleBreach): Finding {
  const start = site.calendar.epochOf(found.breach.fromMinute);
  return {
    ruleId: found.setting.id,
    ruleKind: found.setting.kind,
    hard: found.hard,
    agentId,
    start,
    end: site.calendar.epochOf(found.breach.toMinute),
    amount: found.breach.amount,
    unit: found.unit,
    cost: found.cost,
    assignmentIds: found.assignmentIds,
    sentence: `${name}, ${site.calendar.clockText(start)}: ${found.breach.text}`,
  };
}

export function licenceFindings(site: Site, cover: ScheduleCoverage): readonly Finding[] {
  return cover.licenceGaps.map(gap => {
    const bound = site.cover.covers.find(c => c.setting.id === gap.ruleId);
    const perMinute = (bound?.pricePerSlot ?? 0) / site.slotMinutes;
    const skill = bound?.demand.skill ?? '';
    const due = bound?.demand.agents ?? 0;
    return {
      ruleId: gap.ruleId,
      ruleKind: 'minimumCover',
      hard: bound?.setting.enforcement === 'hard',
      agentId: null,
      start: gap.start,
      end: gap.end,
      amount: gap.missingMinutes,
      unit: 'agent-minute',
      cost: gap.missingMinutes * perMinute,
      assignmentIds: [],
      sentence:
        `${site.calendar.clockText(gap.start)} to ${site.calendar.clockText(gap.end)}: ` +
        `${gap.missing} of ${due} with ${skill} missing at the worst moment`,
    };
  });
}
