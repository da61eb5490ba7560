import { openRangesOn, type SpecialDay } from '../../forecasting/calendar/opening.ts';
import { createRandom } from '../../forecasting/calendar/random.ts';
import {
  addDays,
  daysBetween,
  type LocalDate,
  localDay,
  wallClockSeconds,
} from '../../forecasting/calendar/time.ts';
import { SAMPLE_SITE, SAMPLE_STEP_SECONDS, type SampleQueue } from './centre.ts';

/** What happened to the sample centre that no calendar says. */
export interface SampleEvents {
  /** The telephones fail from 09:15 to 13:00. */
  readonly outageDate: LocalDate;
  /** The flu rises and falls around this date, over about five weeks. */
  readonly fluPeakDate: LocalDate;
}

/** Everything that the volume of a day depends on. */
export interface SampleWorld {
  readonly seed: number;
  /** Growth is counted from here. */
  readonly firstDate: LocalDate;
  readonly specialDays: readonly SpecialDay[];
  readonly events: SampleEvents;
}

/** The expected contacts of one open interval: as a planner could know them, and as the day turned out. */
export interface IntervalRate {
  readonly start: number;
  readonly planned: number;
  readonly actual: number;
}

const OUTAGE = { fromMinute: 555, toMinute: 780 } as const;

/** The expected contacts of every open interval of a queue on one local day. */
export function dayRates(queue: SampleQueue, date: LocalDate, world: SampleWorld): readonly IntervalRate[] {
  const day = localDay(date, SAMPLE_SITE.timeZone);
  const byDate = new Map(world.specialDays.map(special => [special.date, special]));
  const special = byDate.get(date);
  const ranges = openRangesOn(day, queue.openingHours, byDate);
  const slots: { start: number; minute: number; weight: number }[] = [];
  for (let start = day.startEpochSeconds; start < day.endEpochSeconds; start += SAMPLE_STEP_SECONDS) {
    const minute = wallClockSeconds(day, start) / 60;
    if (!ranges.some(range => minute >= range.startMinute && minute < range.endMinute)) continue;
    slots.push({ start, minute, weight: profileWeight(queue, minute / 60) });
  }
  const weight = slots.reduce((sum, slot) => sum + slot.weight, 0);
  const expected = expectedOfDay(queue, date, day.weekday, special, byDate, world);
  const chance = dayChance(queue, date, world);
  return slots.map(slot => {
    const planned = (expected.planned * slot.weight) / weight;
    const actual = expected.actual * chance * (slot.weight / weight) * outageFactor(date, slot.minute, world);
    return { start: slot.start, planned, actual };
  });
}

function profileWeight(queue: SampleQueue, hour: number): number {
  let weight = 0.12;
  for (const [peak, width, height] of queue.peaks) {
    // Around the clock: two in the morning is near eleven at night.
    const away = Math.min(Math.abs(hour - peak), 24 - Math.abs(hour - peak));
    weight += height * Math.exp(-0.5 * (away / width) ** 2);
  }
  return weight;
}

function expectedOfDay(
  queue: SampleQueue,
  date: LocalDate,
  weekday: number,
  special: SpecialDay | undefined,
  byDate: ReadonlyMap<LocalDate, SpecialDay>,
  world: SampleWorld,
): { readonly planned: number; readonly actual: number } {
  const weekdays = queue.weekdays.reduce((sum, share) => sum + share, 0);
  const years = daysBetween(world.firstDate, date) / 365.25;
  let planned = (queue.contactsPerWeek * (queue.weekdays[weekday] ?? 0)) / weekdays;
  planned *= (1 + queue.growthPerYear) ** years * (1 + queue.winter * winter(date));
  planned *= monthFactor(queue, date);
  if (special?.kind === 'holiday') planned *= queue.onHoliday;
  else if (byDate.get(addDays(date, -1))?.kind === 'holiday' && weekday < 5) planned *= 1.14;
  const flu = Math.exp(-0.5 * (daysBetween(world.events.fluPeakDate, date) / 10) ** 2);
  return { planned, actual: planned * (1 + queue.flu * flu) };
}

/** 1 in mid-January, −1 in mid-July. */
function winter(date: LocalDate): number {
  const dayOfYear = daysBetween(`${date.slice(0, 4)}-01-15`, date);
  return Math.cos((2 * Math.PI * dayOfYear) / 365.25);
}

/** Bills and prescriptions follow the month. */
function monthFactor(queue: SampleQueue, date: LocalDate): number {
  const dayOfMonth = Number(date.slice(8));
  if (queue.key === 'billing') return dayOfMonth <= 5 ? 1.18 : dayOfMonth > 25 ? 0.94 : 1;
  return queue.key === 'pharmacy' && dayOfMonth <= 3 ? 1.12 : 1;
}

/** How far a day strays from its mean: weeks stray together, days on their own. */
function dayChance(queue: SampleQueue, date: LocalDate, world: SampleWorld): number {
  const random = createRandom(world.seed).stream('chance').stream(queue.key);
  const weekNumber = Math.floor(daysBetween('2001-01-01', date) / 7);
  const ofWeek = random.stream(`week ${weekNumber}`).normal();
  const ofDay = random.stream(date).normal();
  return Math.exp(0.03 * ofWeek + 0.045 * ofDay);
}

/** While the telephones are down nearly nobody gets through; afterwards some of them call again. */
function outageFactor(date: LocalDate, minute: number, world: SampleWorld): number {
  if (date !== world.events.outageDate) return 1;
  if (minute >= OUTAGE.fromMinute && minute < OUTAGE.toMinute) return 0.02;
  return minute >= OUTAGE.toMinute && minute < OUTAGE.toMinute + 120 ? 1.6 : 1;
}
