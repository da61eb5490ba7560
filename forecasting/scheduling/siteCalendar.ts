import { addDays, type LocalDay, localDateOf, localDay, wallClockSeconds } from '../calendar/time.ts';
import type { ScheduleProblem } from './problem.ts';
import type { SiteFacts } from './rules/rule.ts';
import type { Assignment } from './schedule.ts';
import { paidMinutes } from './schedule.ts';
import type { ShiftFacts } from './timeline.ts';

/** Local days known around the horizon: recent shifts reach back, the last shifts run over its end. */
const DAYS_BEFORE = 400;
const DAYS_AFTER = 8;

const WEEKDAY_NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/** The horizon's local days and the mapping between instants, minutes from the horizon's start and day indices. */
export class SiteCalendar implements SiteFacts {
  readonly startEpochSeconds: number;
  readonly endEpochSeconds: number;
  readonly timeZone: string;
  readonly dayCount: number;
  readonly weekCount: number;
  readonly typeNames: readonly string[];
  readonly templateIds: readonly string[];
  readonly leastHolidays: number;
  readonly #firstDate: string;
  readonly #firstWeekday: number;
  readonly #holidays: ReadonlySet<string>;
  /** One flag per day of the horizon: rules ask in the optimiser's inner loop. */
  readonly #holidayFlags: Uint8Array;
  readonly #days = new Map<number, LocalDay>();
  readonly #dates = new Map<number, string>();
  readonly #typeOfTemplate: ReadonlyMap<string, { readonly template: number; readonly type: number }>;

  constructor(problem: ScheduleProblem) {
    const { grid } = problem;
    this.startEpochSeconds = grid.start;
    this.endEpochSeconds = grid.start + grid.count * grid.stepSeconds;
    this.timeZone = grid.timeZone;
    this.#firstDate = localDateOf(grid.start, grid.timeZone);
    this.#firstWeekday = this.day(0).weekday;
    this.#holidays = new Set(problem.holidays ?? []);
    this.dayCount = this.#countDays();
    this.#holidayFlags = Uint8Array.from({ length: this.dayCount }, (_, day) =>
      this.#holidays.has(this.dateOf(day)) ? 1 : 0,
    );
    this.weekCount = Math.ceil(this.dayCount / 7);
    this.templateIds = problem.templates.map(template => template.id);
    this.typeNames = [...new Set(problem.templates.map(template => template.type))];
    this.#typeOfTemplate = new Map(
      problem.templates.map((template, i) => [
        template.id,
        { template: i, type: this.typeNames.indexOf(template.type) },
      ]),
    );
    this.leastHolidays = problem.agents.reduce(
      (least, agent) => Math.min(least, agent.ledger?.holidays ?? 0),
      Number.POSITIVE_INFINITY,
    );
  }

  #countDays(): number {
    if (this.endEpochSeconds <= this.startEpochSeconds) return 0;
    let days = 1;
    while (this.day(days).startEpochSeconds < this.endEpochSeconds) days++;
    return days;
  }

  /** The local day with this index; the horizon's first is 0. */
  day(index: number): LocalDay {
    const known = this.#days.get(index);
    if (known) return known;
    const day = localDay(addDays(this.#firstDate, index), this.timeZone);
    this.#days.set(index, day);
    return day;
  }

  weekdayOf(day: number): number {
    return (((this.#firstWeekday + day) % 7) + 7) % 7;
  }

  dateOf(day: number): string {
    let date = this.#dates.get(day);
    if (date === undefined) {
      date = addDays(this.#firstDate, day);
      this.#dates.set(day, date);
    }
    return date;
  }

  dayStartMinute(day: number): number {
    return (this.day(day).startEpochSeconds - this.startEpochSeconds) / 60;
  }

  isHoliday(day: number): boolean {
    const flag = this.#holidayFlags[day];
    return flag === undefined ? this.#holidays.has(this.dateOf(day)) : flag === 1;
  }

  /** Index of the local day an instant falls on. */
  dayIndexOf(epochSeconds: number): number {
    let index = Math.floor((epochSeconds - this.day(0).startEpochSeconds) / 86_400);
    index = Math.max(-DAYS_BEFORE, Math.min(this.dayCount + DAYS_AFTER, index));
    while (epochSeconds >= this.day(index).endEpochSeconds && index < this.dayCount + DAYS_AFTER) index++;
    while (epochSeconds < this.day(index).startEpochSeconds && index > -DAYS_BEFORE) index--;
    return index;
  }

  minuteOf(epochSeconds: number): number {
    return Math.round((epochSeconds - this.startEpochSeconds) / 60);
  }

  epochOf(minute: number): number {
    return this.startEpochSeconds + minute * 60;
  }

  /** `Tue 2026-05-05 07:00`, local time. */
  clockText(epochSeconds: number): string {
    const index = this.dayIndexOf(epochSeconds);
    const minute = this.minuteOfDay(epochSeconds);
    const clock = `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
    return `${WEEKDAY_NAMES[this.weekdayOf(index)]} ${this.dateOf(index)} ${clock}`;
  }

  /** Wall-clock minute of an instant. */
  minuteOfDay(epochSeconds: number): number {
    return Math.floor(wallClockSeconds(this.day(this.dayIndexOf(epochSeconds)), epochSeconds) / 60);
  }

  /** Index of a template's type; −1 for unknown templates. */
  typeOfTemplate(templateId: string): number {
    return this.#typeOfTemplate.get(templateId)?.type ?? -1;
  }

  /** What rules see of an assignment. */
  shiftFacts(assignment: Assignment): ShiftFacts {
    const known =
      assignment.templateId === null ? undefined : this.#typeOfTemplate.get(assignment.templateId);
    return {
      start: this.minuteOf(assignment.start),
      end: this.minuteOf(assignment.end),
      day: this.dayIndexOf(assignment.start),
      startMinuteOfDay: this.minuteOfDay(assignment.start),
      paid: paidMinutes(assignment),
      type: known?.type ?? -1,
      template: known?.template ?? -1,
    };
  }
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
