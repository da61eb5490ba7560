import { findSchedule } from '../../data/store/schedules.ts';
import { findSite } from '../../data/store/sites.ts';
import type { DayQueue } from '../../forecasting/intraday/dayBoard.ts';
import { type DayMove, dayMoves } from '../../forecasting/intraday/dayMoves.ts';
import type { ShiftChange } from '../../forecasting/scheduling/edit.ts';
import { shiftChangeSchema } from '../contract/scheduleEdit.ts';
import { type Context, mutate, reach } from './context.ts';
import { draftShifts } from './draftShifts.ts';
import { applyChanges } from './editSchedule.ts';
import { peopleInReach } from './peopleInReach.ts';
import { readPublishedCover } from './planColumns.ts';
import { found } from './refusal.ts';
import { readScheduleProblem } from './scheduleProblem.ts';
import { modelLevel } from './staffingModel.ts';
import { type QueueToday, readQueuesToday } from './today.ts';

/**
 * What would help the rest of the day: other break times, another queue, overtime, somebody called in, time off where
 * there are agents to spare. Reckoned on the draft of the published week, so that what was accepted counts.
 */
export async function readIntradayProposals(
  context: Context,
  query: { readonly siteId: string; readonly date?: string | undefined },
) {
  const { db } = context.environment.store;
  const scope = reach(context, 'schedule.read');
  found(await findSite(db, scope, query.siteId));
  const queues = await readQueuesToday(context, query);
  const first = queues[0]?.today;
  if (!first) return [];
  const end = first.start + first.open.length * first.stepSeconds;
  const [cover] = await readPublishedCover(db, query.siteId, first.start, end);
  const schedule = cover && (await findSchedule(db, scope, cover.publication.scheduleId));
  if (!schedule || schedule.stepSeconds !== first.stepSeconds) return [];
  const problem = await readScheduleProblem(db, schedule);
  const moves = dayMoves(
    problem,
    { assignments: await draftShifts(db, schedule) },
    {
      start: first.start,
      stepSeconds: first.stepSeconds,
      count: first.open.length,
      now: first.now,
      queues: queues.filter(({ today }) => today.stepSeconds === first.stepSeconds).map(dayQueue),
    },
  );
  const inReach = await peopleInReach(context, 'schedule.read', query.siteId);
  const nameOf = (id: string) => problem.agents.find(agent => agent.id === id)?.name ?? 'An agent';
  return moves
    .filter(move => inReach(move.agentId))
    .map((move, i) => ({
      id: `proposal-${i + 1}`,
      kind: move.kind,
      agentId: move.agentId,
      agentName: nameOf(move.agentId),
      queueId: move.queueId ?? null,
      from: move.from,
      to: move.to,
      text: textOf(move, nameOf(move.agentId), queues),
      scheduleId: schedule.id,
      changes: move.changes.map(change => shiftChangeSchema.parse(change)),
      effect: {
        shortfallBefore: move.before.shortfall,
        shortfallAfter: move.after.shortfall,
        serviceLevelBefore: move.before.serviceLevel,
        serviceLevelAfter: move.after.serviceLevel,
      },
    }));
}

function dayQueue({ queue, plan, today }: QueueToday): DayQueue {
  return {
    queueId: queue.id,
    offered: today.reforecast,
    needed: today.required,
    presentShare: plan.presentShare,
    serviceLevelOf: (index, agents) =>
      modelLevel(queue, plan.patienceSeconds, {
        calls: today.reforecast[index] ?? 0,
        ahtSeconds: plan.forecastAhtSeconds[index] ?? 0,
        agents,
      }),
  };
}

function textOf(move: DayMove, name: string, queues: readonly QueueToday[]): string {
  const zone = queues[0]?.queue.timeZone ?? 'UTC';
  const [from, to] = [clock(move.from, zone), clock(move.to, zone)];
  const queue = queues.find(one => one.queue.id === move.queueId)?.queue.name ?? '';
  switch (move.kind) {
    case 'moveBreak':
      return `Move ${name}’s break from ${from} to ${to}`;
    case 'moveQueue':
      return `Keep ${name} on ${queue} from ${from} to ${to}`;
    case 'extendShift':
      return `Ask ${name} for overtime from ${from} to ${to}`;
    case 'callIn':
      return `Call ${name} in from ${from} to ${to}`;
    case 'offerTimeOff':
      return `Offer ${name} time off from ${from} to ${to}`;
  }
}

function clock(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(
    new Date(at * 1000),
  );
}

/** Makes a proposal an edit of the draft; a shift that no longer looks as it did is a conflict. */
export async function acceptIntradayProposal(
  context: Context,
  input: {
    readonly scheduleId: string;
    readonly text: string;
    readonly changes: readonly ShiftChange[];
  },
) {
  return mutate(context, 'today.accept', async db => {
    const schedule = found(await findSchedule(db, reach(context, 'schedule.manage'), input.scheduleId));
    const set = { label: input.text, changes: input.changes, base: null };
    const saved = await applyChanges(context, db, schedule, set);
    return {
      value: saved,
      subjectKind: 'schedule',
      subjectId: schedule.id,
      siteId: schedule.siteId,
      detail: { label: input.text, sequence: saved.sequence },
    };
  });
}
