import { createRandom } from '../../forecasting/calendar/random.ts';
import { type LocalDate, localDateOf } from '../../forecasting/calendar/time.ts';
import { sampleBinomial, samplePoisson } from '../../forecasting/calendar/variates.ts';
import type { FeltMeasure } from '../store/feltMeasures.ts';
import type { IntervalRow } from '../store/intervalHistory.ts';
import { SAMPLE_SITE, type SampleQueue } from './centre.ts';

/**
 * What patients felt on each day of some intervals: made up so that longer waits go with worse answers, as surveys
 * usually find, with plenty of chance in between.
 */
export function feltMeasures(
  queue: SampleQueue,
  rows: readonly IntervalRow[],
  ids: { readonly siteId: string; readonly queueId: string },
  seed: number,
): readonly FeltMeasure[] {
  const measures: FeltMeasure[] = [];
  let openTickets = 30;
  for (const [date, day] of byDate(rows)) {
    if (day.handled === 0) continue;
    const random = createRandom(seed).stream('felt').stream(queue.key).stream(date);
    const asaSeconds = day.waitSeconds / day.handled;
    const badness = Math.min(1, asaSeconds / 180);
    const answers = Math.max(1, sampleBinomial(random, day.handled, 0.08));
    const share = (probability: number) => sampleBinomial(random, answers, probability) / answers;
    openTickets = Math.max(
      0,
      openTickets + samplePoisson(random, 24 + 8 * badness) - samplePoisson(random, 24 + 0.05 * openTickets),
    );
    const add = (measure: string, value: number, count: number | null) =>
      measures.push({
        ...ids,
        measure,
        date,
        toDate: date,
        value: Math.round(value * 1000) / 1000,
        answers: count,
        batchId: null,
      });
    add('firstCallResolution', share(0.81 - 0.1 * badness), answers);
    add(
      'satisfaction',
      Math.min(5, Math.max(1, 4.35 - 0.9 * badness + (0.9 / Math.sqrt(answers)) * random.normal())),
      answers,
    );
    add('netPromoterScore', 100 * (share(0.56 - 0.25 * badness) - share(0.14 + 0.2 * badness)), answers);
    add('followUpsOnTime', share(0.92 - 0.12 * badness), answers);
    add('repeatCallers', share(0.09 + 0.08 * badness), day.handled);
    add('openTickets', openTickets, null);
    add('answeredWithinPromise', share(Math.max(0.4, 0.95 - openTickets / 200)), answers);
  }
  return measures;
}

function byDate(
  rows: readonly IntervalRow[],
): ReadonlyMap<LocalDate, { handled: number; waitSeconds: number }> {
  const days = new Map<LocalDate, { handled: number; waitSeconds: number }>();
  let date = '';
  let hour = Number.NaN;
  for (const row of rows) {
    // Rows come in order of time: one conversion an hour is enough to find the date.
    const nextHour = Math.floor(row.start / 3600);
    if (nextHour !== hour) {
      hour = nextHour;
      date = localDateOf(row.start, SAMPLE_SITE.timeZone);
    }
    const day = days.get(date) ?? { handled: 0, waitSeconds: 0 };
    day.handled += row.handled ?? 0;
    day.waitSeconds += row.answerWaitSeconds ?? 0;
    days.set(date, day);
  }
  return days;
}
