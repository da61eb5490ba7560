import { publicHolidays } from '../../data/holiday/publicHolidays.ts';
import { listSpecialDays, putSpecialDays } from '../../data/store/specialDays.ts';
import type { SpecialDay } from '../../forecasting/calendar/opening.ts';
import type { SpecialDayEntry } from '../contract/centre.ts';
import { assertReaches, type Context, mutate } from './context.ts';
import { Refusal } from './refusal.ts';
import { presentSpecialDay } from './specialDays.ts';

/** Adds public holidays to a site; a day that carries the same name already keeps its kind and hours. */
export async function addPublicHolidays(
  context: Context,
  input: {
    readonly siteId: string;
    readonly country: string;
    readonly region?: string | undefined;
    readonly fromYear: number;
    readonly toYear: number;
  },
): Promise<readonly SpecialDayEntry[]> {
  assertReaches(context, 'centre.manage', input.siteId);
  if (input.toYear < input.fromYear || input.toYear - input.fromYear > 30) {
    throw new Refusal('invalid', 'body.toYear must be body.fromYear or up to 30 years later');
  }
  const days = holidaysOf(input);
  return mutate(context, 'specialDay.addPublicHolidays', async db => {
    const known = await listSpecialDays(db, 'all', input.siteId);
    const missing = days.filter(day => !known.some(one => one.date === day.date && one.name === day.name));
    await putSpecialDays(
      db,
      missing.map(day => ({ ...day, siteId: input.siteId, queueId: null })),
    );
    const after = await listSpecialDays(db, 'all', input.siteId);
    return {
      value: after.map(presentSpecialDay),
      subjectKind: 'site',
      subjectId: input.siteId,
      siteId: input.siteId,
      detail: { added: missing.length },
    };
  });
}

function holidaysOf(input: Parameters<typeof addPublicHolidays>[1]): readonly SpecialDay[] {
  try {
    return publicHolidays(input.country, input.region ?? null, input.fromYear, input.toYear);
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal('invalid', `body: ${error.message}`);
    throw error;
  }
}
