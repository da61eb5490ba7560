import { findSample, playSampleDay, removeSample as removeStored } from '../../data/sample/loadSample.ts';
import { addDays, localDateOf, localDay } from '../../forecasting/calendar/time.ts';
import { type Context, mutate, reach } from './context.ts';
import { found, Refusal } from './refusal.ts';
import { startJob } from './startJob.ts';

/** Starts a job that loads the sample centre. Only whoever manages every site may. */
export async function loadSample(context: Context, seed: number): Promise<{ readonly jobId: string }> {
  assertEverySite(context);
  return mutate(context, 'sample.load', async db => {
    if (await findSample(db)) throw new Refusal('wrongState', 'the sample centre is loaded already');
    const jobId = await startJob(context, db, {
      kind: 'sample',
      siteId: null,
      input: { seed },
      dedupeKey: 'sample',
    });
    return { value: { jobId }, subjectKind: 'job', subjectId: jobId };
  });
}

/** Removes the sample centre with all that was made from it. */
export async function removeSample(context: Context): Promise<void> {
  assertEverySite(context);
  await mutate(context, 'sample.remove', async db => {
    if (!(await removeStored(db))) throw new Refusal('notFound');
    return { value: undefined, subjectKind: 'sample' };
  });
}

function assertEverySite(context: Context): void {
  if (reach(context, 'centre.manage') !== 'all') throw new Refusal('forbidden');
}

/** Feeds the sample centre one day of actuals, whole or up to a wall-clock minute. */
export async function playDay(
  context: Context,
  input: { readonly date: string; readonly untilMinute?: number | undefined },
) {
  const scope = reach(context, 'actuals.write');
  return mutate(context, 'sample.playDay', async db => {
    const site = found(await findSample(db));
    if (scope !== 'all' && !scope.includes(site.id)) throw new Refusal('notFound');
    const { startEpochSeconds } = localDay(input.date, site.timeZone);
    const outcome = await playSampleDay(db, {
      date: input.date,
      userId: context.principal.userId,
      at: context.environment.now(),
      ...(input.untilMinute !== undefined && {
        untilEpochSeconds: startEpochSeconds + input.untilMinute * 60,
      }),
    });
    const played = found(outcome);
    return {
      value: { rowsNew: played.kind === 'committed' ? played.rowsNew : 0, date: input.date },
      subjectKind: 'site',
      subjectId: site.id,
      siteId: site.id,
      detail: { date: input.date },
    };
  });
}

/** The last local day of history that a sample loaded now should have: the Sunday before today's week. */
export function sampleLastDate(now: number, timeZone: string): string {
  const today = localDateOf(now, timeZone);
  const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(today, -weekday - 1);
}
