import type { ExportTable as Table } from '../../data/export/table.ts';
import { listAgents } from '../../data/store/agents.ts';
import { findForecast } from '../../data/store/forecasts.ts';
import { findQueue } from '../../data/store/queues.ts';
import { findSchedule } from '../../data/store/schedules.ts';
import { peopleOf, reachesPerson } from '../auth/principal.ts';
import { readAttainment } from './attainment.ts';
import { exportAudit } from './audit.ts';
import { type Context, reach, recordEvent } from './context.ts';
import { draftShifts } from './draftShifts.ts';
import { readForecastSeries } from './forecasts.ts';
import { readHistory } from './history.ts';
import { found } from './refusal.ts';
import { readRequirement } from './staffing.ts';

/** A table to take away. Numbers stay numbers; texts are texts, never formulas. */
export interface ExportTable extends Table {
  readonly name: string;
}

/** The wall-clock start of an interval with its offset, so that the doubled hour of a clock change stays two hours. */
function localStart(timeZone: string): (epochSeconds: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  const offset = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  return at => {
    const instant = new Date(at * 1000);
    const zone =
      offset
        .formatToParts(instant)
        .find(part => part.type === 'timeZoneName')
        ?.value.slice(3) ?? '';
    return `${format.format(instant)}${zone === '' ? '+00:00' : zone}`;
  };
}

async function exported(
  context: Context,
  table: ExportTable,
  subjectKind: string,
  subjectId: string,
): Promise<ExportTable> {
  await recordEvent(context, `${subjectKind}.export`, 'done', {
    subjectKind,
    subjectId,
    detail: { rows: table.rows.length },
  });
  return table;
}

/** History of a queue. */
export async function historyTable(
  context: Context,
  query: { readonly queueId: string; readonly from: number; readonly to: number },
): Promise<ExportTable> {
  const queue = found(
    await findQueue(context.environment.store.db, reach(context, 'history.read'), query.queueId),
  );
  const history = await readHistory(context, query.queueId, query);
  const start = localStart(history.timeZone);
  const rows = history.offered.flatMap((offered, i) =>
    offered === null
      ? []
      : [
          [
            start(history.start + i * history.stepSeconds),
            queue.name,
            offered,
            history.handled[i] ?? null,
            history.abandoned[i] ?? null,
            history.ahtSeconds[i] ?? null,
            history.asaSeconds[i] ?? null,
          ],
        ],
  );
  const headers = [
    'interval_start',
    'queue',
    'offered',
    'handled',
    'abandoned',
    'aht_seconds',
    'asa_seconds',
  ];
  return exported(context, { name: `history-${queue.name}`, headers, rows }, 'queue', queue.id);
}

/** A forecast with its bands. */
export async function forecastTable(context: Context, forecastId: string): Promise<ExportTable> {
  const stored = found(
    await findForecast(context.environment.store.db, reach(context, 'forecast.read'), forecastId),
  );
  const series = await readForecastSeries(context, forecastId);
  const start = localStart(series.timeZone);
  const bands = series.bands.flatMap(band => {
    const percent = Math.round(100 * band.level);
    return [
      { name: `lower_${percent}`, values: band.lower },
      { name: `upper_${percent}`, values: band.upper },
    ];
  });
  const rows = series.offered.flatMap((offered, i) =>
    offered === null
      ? []
      : [
          [
            start(series.start + i * series.stepSeconds),
            offered,
            ...bands.map(band => band.values[i] ?? null),
            series.ahtSeconds[i] ?? null,
          ],
        ],
  );
  const headers = ['interval_start', 'offered', ...bands.map(band => band.name), 'aht_seconds'];
  return exported(context, { name: `forecast-${stored.name}`, headers, rows }, 'forecast', forecastId);
}

const REQUIREMENT_COLUMNS = [
  'offered',
  'ahtSeconds',
  'agents',
  'agentsToSchedule',
  'agentsWithShrinkage',
  'serviceLevel',
  'asaSeconds',
  'abandonmentRate',
  'occupancy',
  'chanceOfGoal',
] as const;

/** A requirement. */
export async function requirementTable(context: Context, planId: string): Promise<ExportTable> {
  const requirement = await readRequirement(context, planId);
  const start = localStart(requirement.timeZone);
  const rows = requirement.agents.flatMap((agents, i) =>
    agents === null
      ? []
      : [
          [
            start(requirement.start + i * requirement.stepSeconds),
            ...REQUIREMENT_COLUMNS.map(name => requirement[name][i] ?? null),
            requirement.bindingNames[requirement.binding[i] ?? 0] ?? '',
          ],
        ],
  );
  const headers = ['interval_start', ...REQUIREMENT_COLUMNS, 'binding'];
  return exported(context, { name: 'requirement', headers, rows }, 'staffingPlan', planId);
}

/** A schedule, one row per activity, of the people in reach. */
export async function scheduleTable(context: Context, scheduleId: string): Promise<ExportTable> {
  const { db } = context.environment.store;
  const schedule = found(await findSchedule(db, reach(context, 'schedule.read'), scheduleId));
  const people = peopleOf(context.principal, 'schedule.read');
  const agents = new Map(
    (await listAgents(db, [schedule.siteId], { siteId: schedule.siteId })).map(agent => [agent.id, agent]),
  );
  const start = localStart(schedule.timeZone);
  const rows = (await draftShifts(db, schedule)).flatMap(shift => {
    const agent = agents.get(shift.agentId);
    if (!agent || !reachesPerson(people, agent)) return [];
    return shift.activities.map(activity => [
      agent.name,
      agent.externalId,
      start(shift.start),
      activity.kind,
      start(activity.start),
      start(activity.end),
      activity.paid ? 'yes' : 'no',
    ]);
  });
  const headers = [
    'agent',
    'external_id',
    'shift_start',
    'activity',
    'activity_start',
    'activity_end',
    'paid',
  ];
  return exported(context, { name: `schedule-${schedule.name}`, headers, rows }, 'schedule', scheduleId);
}

/** The attainment report. */
export async function attainmentTable(
  context: Context,
  query: Parameters<typeof readAttainment>[1],
): Promise<ExportTable> {
  const { items } = await readAttainment(context, query);
  const headers = [
    'site_id',
    'queue_id',
    'period',
    'from',
    'to',
    'offered_plan',
    'offered',
    'service_level_plan',
    'service_level',
    'asa_seconds',
    'abandonment',
    'goal_met',
    'intervals_in_goal',
    'intervals_measured',
  ];
  const rows = items.map(row => [
    row.siteId,
    row.queueId,
    row.period,
    row.from,
    row.to,
    row.plan.offered,
    row.actual.offered,
    row.plan.serviceLevel,
    row.actual.serviceLevel,
    row.actual.asaSeconds,
    row.actual.abandonmentRate,
    row.goalMet === null ? null : row.goalMet ? 'yes' : 'no',
    row.intervalsInGoal,
    row.intervalsMeasured,
  ]);
  return exported(context, { name: 'attainment', headers, rows }, 'report', 'attainment');
}

/** The audit trail of a time range. */
export async function auditTable(
  context: Context,
  range: { readonly from: number; readonly to: number },
): Promise<ExportTable> {
  const events = await exportAudit(context, range);
  return {
    name: 'audit',
    headers: [
      'sequence',
      'at',
      'actor_kind',
      'actor_id',
      'action',
      'outcome',
      'subject_kind',
      'subject_id',
      'request_id',
      'detail',
      'previous_hash',
      'hash',
    ],
    rows: events.map(event => [
      event.sequence,
      new Date(event.at * 1000).toISOString(),
      event.actorKind,
      event.actorId,
      event.action,
      event.outcome,
      event.subjectKind,
      event.subjectId,
      event.requestId,
      JSON.stringify(event.detail),
      event.previousHash,
      event.hash,
    ]),
  };
}
