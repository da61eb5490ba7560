import { resolveWallClock } from '../calendar/time.ts';
import type { ScheduleProblem, ShiftTemplate } from './problem.ts';
import type { Activity, ActivityKind, Assignment } from './schedule.ts';
import { breakLimitsOf, type ShapeGrid, type ShiftShape, shapeOf } from './shape.ts';
import type { SiteCalendar } from './siteCalendar.ts';
import type { ShiftFacts } from './timeline.ts';

/** A shift that could be worked: a shape at a start, on a day of the horizon. */
export interface Candidate {
  readonly shape: ShiftShape;
  /** Slot of the start, counted from the horizon's start; shifts may run over the horizon's end. */
  readonly startSlot: number;
  readonly facts: ShiftFacts;
}

/** Every shift the templates allow, without regard to agents. Days are in order, `ofDay[d]` lists candidate indices. */
export interface CandidateSet {
  readonly candidates: readonly Candidate[];
  readonly ofDay: readonly (readonly number[])[];
  /** Templates none of whose lengths has a legal break pattern. */
  readonly templatesWithoutBreaks: readonly string[];
}

/** Lays every template over every day: each length, each start. */
export function shiftCandidates(
  problem: ScheduleProblem,
  calendar: SiteCalendar,
  grid: ShapeGrid,
): CandidateSet {
  const candidates: Candidate[] = [];
  const ofDay: number[][] = Array.from({ length: calendar.dayCount }, () => []);
  const templatesWithoutBreaks: string[] = [];
  problem.templates.forEach((template, index) => {
    const shapes = template.lengthsMinutes
      .map(length => shapeOf(index, length, template.breaks, template.minSpacingMinutes ?? 0, grid))
      .filter(shape => shape.defaultPattern !== null);
    if (shapes.length === 0) templatesWithoutBreaks.push(template.id);
    for (let day = 0; day < calendar.dayCount; day++) {
      if (template.weekdays && !template.weekdays.some(w => w === calendar.weekdayOf(day))) continue;
      for (const startMinute of startMinutes(template)) {
        const start = startMinuteOn(calendar, day, startMinute);
        if (start === null || start % grid.slotMinutes !== 0 || start < 0) continue;
        if (calendar.epochOf(start) >= calendar.endEpochSeconds) continue;
        for (const shape of shapes) {
          ofDay[day]!.push(candidates.length);
          candidates.push(candidateAt(shape, start, day, startMinute, calendar, grid.slotMinutes));
        }
      }
    }
  });
  return { candidates, ofDay, templatesWithoutBreaks };
}

/** The distinct wall-clock start minutes of a template, in order. */
export function startMinutes(template: ShiftTemplate): readonly number[] {
  const minutes = new Set<number>();
  for (const window of template.starts) {
    const step = Math.max(1, window.stepMinutes);
    for (let m = window.earliestMinute; m <= window.latestMinute; m += step) minutes.add(m);
  }
  return [...minutes].sort((a, b) => a - b);
}

/**
 * Minute of the horizon until which only shifts that began before it can be at work, where no such shift is given: a
 * night that ends in the horizon's first morning belongs to an earlier schedule. 0 when earlier shifts are given.
 */
export function unknownUntilMinute(problem: ScheduleProblem, calendar: SiteCalendar): number {
  if (problem.agents.some(agent => (agent.recentShifts ?? []).length > 0)) return 0;
  let first = Number.POSITIVE_INFINITY;
  let carried = 0;
  for (const template of problem.templates) {
    for (const minute of startMinutes(template)) {
      for (const day of [-1, 0]) {
        if (template.weekdays && !template.weekdays.some(w => w === calendar.weekdayOf(day))) continue;
        const start = startMinuteOn(calendar, day, minute) ?? 0;
        if (start >= 0) first = Math.min(first, start);
        else carried = Math.max(carried, start + Math.max(0, ...template.lengthsMinutes));
      }
    }
  }
  return Math.min(first, carried);
}

/** Minutes from the horizon's start of a wall-clock minute on a day; a missing hour starts when the clock goes on. */
function startMinuteOn(calendar: SiteCalendar, day: number, minute: number): number | null {
  if (minute < 0 || minute >= 1440) return null;
  const at = resolveWallClock(calendar.day(day), minute * 60);
  const epoch =
    at.kind === 'unique'
      ? at.epochSeconds
      : at.kind === 'doubled'
        ? at.earlierEpochSeconds
        : at.nextEpochSeconds;
  return (epoch - calendar.startEpochSeconds) / 60;
}

function candidateAt(
  shape: ShiftShape,
  start: number,
  day: number,
  startMinuteOfDay: number,
  calendar: SiteCalendar,
  slotMinutes: number,
): Candidate {
  const templateId = calendar.templateIds[shape.template] ?? '';
  const type = calendar.typeOfTemplate(templateId);
  return {
    shape,
    startSlot: start / slotMinutes,
    facts: {
      start,
      end: start + shape.slots * slotMinutes,
      day,
      startMinuteOfDay,
      paid: shape.paidMinutes,
      type,
      template: shape.template,
    },
  };
}

/** A shift of a schedule as a candidate whose breaks stay where they are. */
export function candidateOfAssignment(
  assignment: Assignment,
  calendar: SiteCalendar,
  slotMinutes: number,
): { readonly candidate: Candidate; readonly pattern: Int16Array } {
  const facts = calendar.shiftFacts(assignment);
  const breaks = assignment.activities
    .filter(activity => activity.kind !== 'work')
    .map(activity => {
      const at = (calendar.minuteOf(activity.start) - facts.start) / slotMinutes;
      return {
        kind: activity.kind,
        paid: activity.paid,
        slots: (activity.end - activity.start) / 60 / slotMinutes,
        earliest: at,
        latest: at,
        counts: true,
      };
    });
  const pattern = Int16Array.from(breaks.map(b => b.earliest));
  const slots = (facts.end - facts.start) / slotMinutes;
  const shape: ShiftShape = {
    template: facts.template,
    slots,
    paidMinutes: facts.paid,
    breaks,
    spacingSlots: 0,
    maxStretchSlots: slots,
    defaultPattern: pattern,
  };
  return { candidate: { shape, startSlot: facts.start / slotMinutes, facts }, pattern };
}

/** Writes a candidate with its breaks as a shift of the agent. */
export function assignmentOf(
  id: string,
  agentId: string,
  candidate: Candidate,
  pattern: Int16Array,
  calendar: SiteCalendar,
  slotMinutes: number,
): Assignment {
  const { shape, facts } = candidate;
  const start = calendar.epochOf(facts.start);
  const end = calendar.epochOf(facts.end);
  const activities: Activity[] = [];
  let at = start;
  shape.breaks.forEach((b, i) => {
    const from = start + pattern[i]! * slotMinutes * 60;
    const to = from + b.slots * slotMinutes * 60;
    if (from > at) activities.push({ kind: 'work', start: at, end: from, paid: true });
    activities.push({ kind: b.kind, start: from, end: to, paid: b.paid });
    at = to;
  });
  if (end > at) activities.push({ kind: 'work', start: at, end, paid: true });
  return { id, agentId, start, end, templateId: calendar.templateIds[shape.template] ?? null, activities };
}

/** A template at one length with its breaks in the middle of their windows; null when no pattern is legal. */
export function shapeOfLength(
  problem: ScheduleProblem,
  template: ShiftTemplate,
  lengthMinutes: number,
): {
  readonly lengthMinutes: number;
  readonly breaks: readonly {
    readonly kind: ActivityKind;
    readonly offsetMinutes: number;
    readonly minutes: number;
    readonly paid: boolean;
  }[];
} | null {
  const slotMinutes = 5;
  const grid = { slotMinutes, limits: breakLimitsOf(problem) };
  const shape = shapeOf(0, lengthMinutes, template.breaks, template.minSpacingMinutes ?? 0, grid);
  const pattern = shape.defaultPattern;
  if (!pattern) return null;
  return {
    lengthMinutes,
    breaks: shape.breaks.map((b, i) => ({
      kind: b.kind,
      offsetMinutes: pattern[i]! * slotMinutes,
      minutes: b.slots * slotMinutes,
      paid: b.paid,
    })),
  };
}
