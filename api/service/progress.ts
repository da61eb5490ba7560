import { listFindingDecisions } from '../../data/store/findings.ts';
import { listForecasts } from '../../data/store/forecasts.ts';
import { historyExtent } from '../../data/store/intervalHistory.ts';
import { listPublications } from '../../data/store/publications.ts';
import { listQueues } from '../../data/store/queues.ts';
import { listSchedules } from '../../data/store/schedules.ts';
import { listAgentWeeks } from '../../data/store/scheduleWeeks.ts';
import { listSites } from '../../data/store/sites.ts';
import { listStaffingPlans } from '../../data/store/staffingPlans.ts';
import { localDay } from '../../forecasting/calendar/time.ts';
import { type Context, reach } from './context.ts';

type StepId = 'import' | 'clean' | 'forecast' | 'staff' | 'schedule' | 'publish' | 'actuals' | 'review';

/** How far the way from import to review has been gone. */
export async function readProgress(context: Context) {
  const { db } = context.environment.store;
  const scope = reach(context, 'centre.read');
  const step = (id: StepId, resourceId: string | null, at: number | null, note: string) => ({
    id,
    done: resourceId !== null,
    resourceId,
    at,
    note,
  });
  const queues = await listQueues(db, scope);
  const extents = await Promise.all(queues.map(queue => historyExtent(db, queue.number)));
  const withHistory = queues.filter((_, i) => extents[i] !== undefined);
  const latest = Math.max(...extents.map(extent => extent?.lastStart ?? 0), 0);
  const decided = await Promise.all(withHistory.map(queue => listFindingDecisions(db, scope, queue.id)));
  const [forecast] = await listForecasts(db, scope, { limit: 1 });
  const [plan] = await listStaffingPlans(db, scope, { limit: 1 });
  const [schedule] = await listSchedules(db, scope, { limit: 1 });
  const filled = schedule && (await listAgentWeeks(db, scope, schedule.id)).length > 0 ? schedule : undefined;
  const [publication] = await listPublications(db, scope, { limit: 1 });
  const begins =
    publication && schedule ? localDay(publication.weekStart, schedule.timeZone).startEpochSeconds : null;
  const lived = begins !== null && latest >= begins && publication ? publication : undefined;
  const firstQueue = withHistory[0]?.id ?? null;
  const decisions = decided.flat().length;
  return {
    steps: [
      step('import', firstQueue, latest === 0 ? null : latest, `${withHistory.length} queues with history`),
      step('clean', decisions > 0 || forecast ? firstQueue : null, null, `${decisions} findings decided`),
      step('forecast', forecast?.id ?? null, forecast?.createdAt ?? null, forecast?.name ?? ''),
      step('staff', plan?.id ?? null, plan?.createdAt ?? null, plan?.name ?? ''),
      step('schedule', filled?.id ?? null, filled?.updatedAt ?? null, filled?.name ?? ''),
      step('publish', publication?.scheduleId ?? null, publication?.publishedAt ?? null, ''),
      step('actuals', lived ? firstQueue : null, lived ? latest : null, ''),
      step('review', lived?.id ?? null, lived ? latest : null, ''),
    ],
    sampleLoaded: (await listSites(db, scope)).some(site => site.sample && site.archivedAt === null),
  };
}
