import { decideFinding, forgetFindingDecision, listFindingDecisions } from '../../data/store/findings.ts';
import {
  historyExtent,
  type IntervalRow,
  meanHandleSeconds,
  readIntervals,
} from '../../data/store/intervalHistory.ts';
import { findQueue, type Queue } from '../../data/store/queues.ts';
import { openMask } from '../../forecasting/calendar/opening.ts';
import { localDay, localDaysBetween } from '../../forecasting/calendar/time.ts';
import { cleanHistory } from '../../forecasting/history/cleanHistory.ts';
import type { Finding, History } from '../contract/history.ts';
import { type Context, mutate, reach } from './context.ts';
import { readQueueHistory } from './queueHistory.ts';
import { found, Refusal } from './refusal.ts';
import { asJson } from './storedQueue.ts';
import { userNames } from './userNames.ts';

/** At most this many intervals in one answer: ten years of quarter-hours. */
const MOST_INTERVALS = 366_000;

/** Intervals of a queue as columns, as stored or with the findings' decisions applied. */
export async function readHistory(
  context: Context,
  queueId: string,
  range: { readonly from: number; readonly to: number; readonly cleaned?: boolean | undefined },
): Promise<History> {
  const { db } = context.environment.store;
  const queue = found(await findQueue(db, reach(context, 'history.read'), queueId));
  const { stepSeconds } = queue;
  const start = Math.floor(range.from / stepSeconds) * stepSeconds;
  const count = Math.ceil((range.to - start) / stepSeconds);
  if (count < 0 || count > MOST_INTERVALS) {
    throw new Refusal('invalid', `query.to: ask for at most ${MOST_INTERVALS} intervals at once`);
  }
  const rows = await readIntervals(db, queue.number, start, range.to);
  const column = (value: (row: IntervalRow) => number | null) => {
    const values = new Array<number | null>(count).fill(null);
    for (const row of rows) {
      const index = (row.start - start) / stepSeconds;
      if (Number.isInteger(index)) values[index] = value(row);
    }
    return values;
  };
  return {
    queueId,
    start,
    stepSeconds,
    timeZone: queue.timeZone,
    offered: range.cleaned ? await cleanedColumn(context, queue, start, count) : column(row => row.offered),
    handled: column(row => row.handled),
    abandoned: column(row => row.abandoned),
    ahtSeconds: column(meanHandleSeconds),
    asaSeconds: column(row =>
      row.answerWaitSeconds === null || row.handled === null || row.handled === 0
        ? null
        : row.answerWaitSeconds / row.handled,
    ),
    answeredWithinTarget: column(row => row.answeredWithin),
  };
}

async function cleanedColumn(context: Context, queue: Queue, start: number, count: number) {
  const history = await readQueueHistory(context.environment.store.db, queue);
  const values = new Array<number | null>(count).fill(null);
  if (!history) return values;
  const { series } = cleanHistory(history.series, {
    openingHours: queue.openingHours,
    specialDays: history.specialDays,
    keepFindings: new Set(history.keepFindings),
  });
  for (let i = 0; i < count; i++) {
    const index = (start + i * series.stepSeconds - series.start) / series.stepSeconds;
    values[i] = series.offered[index] ?? null;
  }
  return values;
}

/** One row per local day, for the calendar. */
export async function readHistoryDays(
  context: Context,
  queueId: string,
  range: { readonly from?: string | undefined; readonly to?: string | undefined },
) {
  const { db } = context.environment.store;
  const queue = found(await findQueue(db, reach(context, 'history.read'), queueId));
  const extent = await historyExtent(db, queue.number);
  const answer = {
    queueId,
    timeZone: queue.timeZone,
    date: [] as string[],
    offered: [] as (number | null)[],
    abandoned: [] as (number | null)[],
    ahtSeconds: [] as (number | null)[],
    intervalsWithData: [] as number[],
    intervalsOpen: [] as number[],
  };
  if (!extent) return answer;
  const from =
    range.from === undefined ? extent.firstStart : localDay(range.from, queue.timeZone).startEpochSeconds;
  const to =
    range.to === undefined ? extent.lastStart + 1 : localDay(range.to, queue.timeZone).endEpochSeconds;
  const rows = await readIntervals(db, queue.number, from, to);
  let next = 0;
  for (const day of localDaysBetween(from, to, queue.timeZone)) {
    const sums = { offered: 0, abandoned: 0, handled: 0, handleSeconds: 0, rows: 0, abandonedKnown: 0 };
    for (; next < rows.length; next++) {
      const row = rows[next];
      if (!row || row.start >= day.endEpochSeconds) break;
      sums.rows += row.offered === null ? 0 : 1;
      sums.offered += row.offered ?? 0;
      sums.abandoned += row.abandoned ?? 0;
      sums.abandonedKnown += row.abandoned === null ? 0 : 1;
      const aht = meanHandleSeconds(row);
      if (aht !== null && row.handled !== null) {
        sums.handled += row.handled;
        sums.handleSeconds += aht * row.handled;
      }
    }
    const count = (day.endEpochSeconds - day.startEpochSeconds) / queue.stepSeconds;
    const grid = {
      start: day.startEpochSeconds,
      stepSeconds: queue.stepSeconds,
      timeZone: queue.timeZone,
      count,
    };
    answer.date.push(day.date);
    answer.offered.push(sums.rows === 0 ? null : sums.offered);
    answer.abandoned.push(sums.abandonedKnown === 0 ? null : sums.abandoned);
    answer.ahtSeconds.push(sums.handled === 0 ? null : sums.handleSeconds / sums.handled);
    answer.intervalsWithData.push(sums.rows);
    answer.intervalsOpen.push(openMask(grid, queue.openingHours).reduce((sum, open) => sum + open, 0));
  }
  return answer;
}

/** What was found in the history, with the decisions taken. */
export async function readFindings(context: Context, queueId: string): Promise<readonly Finding[]> {
  const { db } = context.environment.store;
  const queue = found(await findQueue(db, reach(context, 'history.read'), queueId));
  const [history, decisions, nameOf] = await Promise.all([
    readQueueHistory(db, queue),
    listFindingDecisions(db, 'all', queueId),
    userNames(db),
  ]);
  if (!history) return [];
  const { findings } = cleanHistory(history.series, {
    openingHours: queue.openingHours,
    specialDays: history.specialDays,
  });
  return findings.map(finding => {
    const decision = decisions.find(
      one =>
        one.kind === finding.kind &&
        one.fromEpochSeconds === finding.fromEpochSeconds &&
        one.toEpochSeconds === finding.toEpochSeconds,
    );
    const replacement = Array.isArray(decision?.replacement) ? decision.replacement : null;
    return {
      id: finding.id,
      queueId,
      kind: finding.kind,
      action: finding.action,
      from: finding.fromEpochSeconds,
      to: finding.toEpochSeconds,
      reason: finding.message,
      observed: finding.observed ?? null,
      expected: finding.expected ?? null,
      decision: decision?.decision ?? 'open',
      offered: replacement?.map(value => (typeof value === 'number' ? value : null)) ?? null,
      decidedBy: decision?.decidedBy ? nameOf(decision.decidedBy) : null,
      decidedAt: decision?.decidedAt ?? null,
      note: decision?.note ?? '',
    };
  });
}

/** Accepts, keeps or edits a finding; `open` takes the decision back. The stored history itself never changes. */
export async function settleFinding(
  context: Context,
  queueId: string,
  findingId: string,
  input: {
    readonly decision: 'open' | 'accept' | 'keep' | 'edit';
    readonly offered: readonly (number | null)[] | null;
    readonly note: string;
  },
): Promise<Finding> {
  const before = found((await readFindings(context, queueId)).find(finding => finding.id === findingId));
  if (input.decision === 'edit' && input.offered === null) {
    throw new Refusal('invalid', 'body.offered: an edit needs one value per interval');
  }
  await mutate(context, 'finding.decide', async db => {
    const queue = found(await findQueue(db, reach(context, 'history.manage'), queueId));
    if (input.decision === 'open') {
      const stored = (await listFindingDecisions(db, 'all', queueId)).find(
        one => `${one.kind}:${one.fromEpochSeconds}:${one.toEpochSeconds}` === findingId,
      );
      if (stored) await forgetFindingDecision(db, 'all', stored.id);
    } else {
      await decideFinding(db, {
        siteId: queue.siteId,
        queueId,
        kind: before.kind,
        fromEpochSeconds: before.from,
        toEpochSeconds: before.to,
        decision: input.decision,
        replacement: input.decision === 'edit' ? asJson(input.offered) : null,
        note: input.note,
        decidedBy: context.principal.userId,
        decidedAt: context.environment.now(),
      });
    }
    return {
      value: undefined,
      subjectKind: 'queue',
      subjectId: queueId,
      siteId: queue.siteId,
      detail: asJson({ findingId, ...input }),
    };
  });
  const settled = (await readFindings(context, queueId)).find(finding => finding.id === findingId);
  return found(settled);
}
