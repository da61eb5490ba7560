import { listAgents } from '../../data/store/agents.ts';
import { findSite } from '../../data/store/sites.ts';
import { listSkills } from '../../data/store/teams.ts';
import type { Assignment } from '../../forecasting/scheduling/schedule.ts';
import type { Today } from '../contract/actuals.ts';
import { readSkills } from './agents.ts';
import { type Context, reach } from './context.ts';
import { peopleInReach } from './peopleInReach.ts';
import { readPublishedCover } from './planColumns.ts';
import { publishedShifts } from './publishedShifts.ts';
import { found } from './refusal.ts';
import { readToday } from './today.ts';

/** How far a break may be moved, in intervals. */
const REACH_INTERVALS = 8;
const MOST_PROPOSALS = 12;

/** A break that would better be taken at another time, with what the move does to the shortfall. */
interface BreakMove {
  readonly agentId: string;
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly gain: number;
}

/** What would help the rest of the day: breaks that leave a short interval for one with agents to spare. */
export async function readIntradayProposals(
  context: Context,
  query: { readonly siteId: string; readonly date?: string | undefined },
) {
  const { db } = context.environment.store;
  const scope = reach(context, 'schedule.read');
  found(await findSite(db, scope, query.siteId));
  const queues = await readToday(context, query);
  const first = queues[0];
  if (!first) return [];
  const end = first.start + first.open.length * first.stepSeconds;
  const covers = await readPublishedCover(db, query.siteId, first.start, end);
  const inReach = await peopleInReach(context, 'schedule.read', query.siteId);
  const shifts = covers
    .flatMap(cover => publishedShifts(cover.publication))
    .filter(shift => shift.end > first.now && shift.start < end && inReach(shift.agentId));
  const agents = new Map(
    (await listAgents(db, scope, { siteId: query.siteId })).map(agent => [agent.id, agent]),
  );
  const skills = new Map(
    (await listSkills(db, scope, query.siteId)).map(skill => [skill.id, skill.queueIds]),
  );
  const servedBy = (agentId: string) => {
    const agent = agents.get(agentId);
    const ids = new Set(agent ? readSkills(agent).flatMap(({ skillId }) => skills.get(skillId) ?? []) : []);
    return queues.filter(queue => ids.has(queue.queueId));
  };
  const moves = shifts.flatMap(shift =>
    movesOf(shift, servedBy(shift.agentId), agents.get(shift.agentId)?.name ?? 'An agent', first.now),
  );
  const shortfall = queues.reduce((sum, queue) => sum + shortfallOf(queue), 0);
  return moves
    .sort((a, b) => b.gain - a.gain)
    .slice(0, MOST_PROPOSALS)
    .map((move, i) => ({
      id: `move-${i + 1}`,
      kind: 'moveBreak' as const,
      agentId: move.agentId,
      from: move.from,
      to: move.to,
      text: move.text,
      effect: {
        shortfallBefore: shortfall,
        shortfallAfter: Math.max(0, shortfall - move.gain),
        serviceLevelBefore: null,
        serviceLevelAfter: null,
      },
    }));
}

/** Agent-intervals missing in the rest of the day. */
function shortfallOf(queue: Today): number {
  return queue.gap.reduce<number>((sum, gap, i) => {
    const at = queue.start + i * queue.stepSeconds;
    return at < queue.now || gap === null ? sum : sum + Math.max(0, -gap);
  }, 0);
}

function movesOf(
  shift: Assignment,
  queues: readonly Today[],
  name: string,
  now: number,
): readonly BreakMove[] {
  if (queues.length === 0) return [];
  return shift.activities.flatMap(activity => {
    if ((activity.kind !== 'break' && activity.kind !== 'lunch') || activity.start <= now) return [];
    const best = bestTime(shift, activity.start, activity.end, queues);
    if (!best) return [];
    const zone = queues[0]?.timeZone ?? 'UTC';
    const text = `Move ${name}'s ${activity.kind} from ${clock(activity.start, zone)} to ${clock(best.start, zone)}`;
    return [{ agentId: shift.agentId, from: activity.start, to: best.start, text, gain: best.gain }];
  });
}

/** The start within reach, inside the shift's work, that leaves the fewest agents missing. */
function bestTime(shift: Assignment, start: number, end: number, queues: readonly Today[]) {
  const step = queues[0]?.stepSeconds ?? 900;
  const length = end - start;
  const worth = (from: number) => {
    let missing = 0;
    for (let at = from; at < from + length; at += step)
      missing += queues.reduce((sum, queue) => sum + missingAt(queue, at), 0);
    return missing;
  };
  let best: { readonly start: number; readonly gain: number } | undefined;
  for (let k = -REACH_INTERVALS; k <= REACH_INTERVALS; k++) {
    const from = start + k * step;
    if (k === 0 || from <= (queues[0]?.now ?? 0)) continue;
    const free = shift.activities.some(
      other => other.kind === 'work' && other.start <= from && other.end >= from + length,
    );
    if (!free) continue;
    // Away from the present time an agent is back; at the new time one is missing.
    const gain = worth(start) - worth(from);
    if (gain > (best?.gain ?? 0.5)) best = { start: from, gain };
  }
  return best;
}

/** 1 where one agent more or less matters, less where only part of an agent is missing, 0 where there are agents to spare. */
function missingAt(queue: Today, at: number): number {
  const gap = queue.gap[Math.floor((at - queue.start) / queue.stepSeconds)];
  return gap == null ? 0 : Math.min(1, Math.max(0, -gap));
}

function clock(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(
    new Date(at * 1000),
  );
}
