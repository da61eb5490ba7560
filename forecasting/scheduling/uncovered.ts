import type { QueueCoverage, ScheduleCoverage } from './coverage.ts';
import { skillOfQueue } from './problem.ts';
import type { Assignment, Schedule } from './schedule.ts';
import type { SearchModel } from './searchModel.ts';
import type { Site } from './site.ts';

/** Consecutive intervals of one queue with fewer agents than required, and why nobody more is there. */
export interface UncoveredStretch {
  readonly queueId: string;
  readonly start: number;
  readonly end: number;
  readonly missingHours: number;
  /** Most agents missing in one interval. */
  readonly worst: number;
  /** Agents with the skill: at work (for any queue), away or unavailable, and off by contract or rule. */
  readonly withSkill: number;
  readonly atWork: number;
  readonly unavailable: number;
  readonly off: number;
  readonly sentence: string;
}

/** Shortfalls below this many agents are rounding of a fractional requirement. */
const NOTEWORTHY_AGENTS = 0.5;

/** Stretches left uncovered, most missing hours first. */
export function uncoveredStretches(
  site: Site,
  model: SearchModel,
  schedule: Schedule,
  cover: ScheduleCoverage,
): readonly UncoveredStretch[] {
  const stretches = cover.queues.flatMap(queue => stretchesOf(site, model, schedule, queue));
  return stretches.sort((a, b) => b.missingHours - a.missingHours || a.start - b.start);
}

function stretchesOf(
  site: Site,
  model: SearchModel,
  schedule: Schedule,
  queue: QueueCoverage,
): readonly UncoveredStretch[] {
  const { grid } = site.problem;
  const found: UncoveredStretch[] = [];
  let from = -1;
  for (let i = 0; i <= grid.count; i++) {
    const short = i < grid.count && -(queue.difference[i] ?? 0) >= NOTEWORTHY_AGENTS;
    if (short && from < 0) from = i;
    if (!short && from >= 0) {
      found.push(explainStretch(site, model, schedule, queue, from, i));
      from = -1;
    }
  }
  return found;
}

function explainStretch(
  site: Site,
  model: SearchModel,
  schedule: Schedule,
  queue: QueueCoverage,
  from: number,
  to: number,
): UncoveredStretch {
  const { grid } = site.problem;
  const start = grid.start + from * grid.stepSeconds;
  const end = grid.start + to * grid.stepSeconds;
  let missingHours = 0;
  let worst = 0;
  let worstAt = from;
  for (let i = from; i < to; i++) {
    const missing = -(queue.difference[i] ?? 0);
    missingHours += (missing * grid.stepSeconds) / 3600;
    if (missing > worst) {
      worst = missing;
      worstAt = i;
    }
  }
  const at = grid.start + worstAt * grid.stepSeconds;
  const who = whereAbouts(site, model, schedule, queue.queueId, at);
  const name = site.problem.queues.find(({ id }) => id === queue.queueId)?.name ?? queue.queueId;
  const clock = `${site.calendar.clockText(start)} to ${site.calendar.clockText(end)}`;
  return {
    queueId: queue.queueId,
    start,
    end,
    missingHours,
    worst,
    ...who,
    sentence: `${name}, ${clock}: up to ${round(worst)} missing (${round(missingHours)} h); ${reason(who)}`,
  };
}

interface Whereabouts {
  readonly withSkill: number;
  readonly atWork: number;
  readonly unavailable: number;
  readonly off: number;
}

function whereAbouts(
  site: Site,
  model: SearchModel,
  schedule: Schedule,
  queueId: string,
  at: number,
): Whereabouts {
  const queue = site.problem.queues.find(q => q.id === queueId);
  const skill = queue ? skillOfQueue(queue) : queueId;
  const working = new Set(
    schedule.assignments
      .filter((shift: Assignment) => shift.start <= at && at < shift.end)
      .map(s => s.agentId),
  );
  const minute = site.calendar.minuteOf(at);
  const day = site.calendar.dayIndexOf(at);
  let [withSkill, atWork, unavailable, off] = [0, 0, 0, 0];
  site.agents.forEach(({ agent }, a) => {
    if (!agent.skills.some(s => s.skill === skill)) return;
    withSkill++;
    if (working.has(agent.id)) atWork++;
    else if (!couldWork(model, a, day, minute)) unavailable++;
    else off++;
  });
  return { withSkill, atWork, unavailable, off };
}

/** Whether some shift the agent may work on this day or the day before covers the minute. */
function couldWork(model: SearchModel, agent: number, day: number, minute: number): boolean {
  for (const d of [day, day - 1]) {
    if (d < 0 || d >= model.dayCount) continue;
    for (const c of model.options[agent * model.dayCount + d]!) {
      const { facts } = model.candidates[c]!;
      if (facts.start <= minute && minute < facts.end) return true;
    }
  }
  return false;
}

function reason({ withSkill, atWork, unavailable, off }: Whereabouts): string {
  if (withSkill === 0) return 'nobody has the skill';
  const are = (agents: number): string => `${agents} ${agents === 1 ? 'is' : 'are'}`;
  const parts = [`${atWork} of ${withSkill} with the skill ${atWork === 1 ? 'is' : 'are'} on shift`];
  if (unavailable > 0) parts.push(`${are(unavailable)} away or without a shift at that time`);
  if (off > 0) parts.push(`${are(off)} off by hours, rest or rules, or needed more elsewhere`);
  return parts.join(', ');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
