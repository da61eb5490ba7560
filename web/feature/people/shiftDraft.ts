import type { ShiftTemplateEntry } from '../../../api/contract/shift.ts';
import { readNumber } from '../../component/intervalGrid/cells.ts';
import { newId } from '../../lib/newId.ts';

type Break = ShiftTemplateEntry['breaks'][number];
type StartWindow = ShiftTemplateEntry['starts'][number];
export type ShiftFields = Omit<ShiftTemplateEntry, 'id' | 'siteId' | 'revision'>;

/** Rows come and go, so each has an id; null is a time that cannot be read. */
type Row<Entry, Time extends keyof Entry> = Omit<Entry, Time> & {
  readonly [Key in Time]: number | null;
} & { readonly id: string };
export type StartDraft = Row<StartWindow, 'earliestMinute' | 'latestMinute'>;
export type BreakDraft = Row<Break, 'earliestOffsetMinutes' | 'latestOffsetMinutes'>;

/** A kind of shift as it stands in the form. */
export interface ShiftDraft {
  readonly name: string;
  readonly type: string;
  /** Hours, several with spaces between. */
  readonly lengths: string;
  readonly starts: readonly StartDraft[];
  readonly weekdays: ShiftTemplateEntry['weekdays'];
  readonly breaks: readonly BreakDraft[];
  readonly minSpacingMinutes: number;
}

export type ShiftFault = 'name' | 'lengths' | 'starts' | 'days' | 'breaks' | 'fit';

export const EVERY_DAY: ShiftTemplateEntry['weekdays'] = [0, 1, 2, 3, 4, 5, 6];
const USUAL_LENGTH = 510;
const USUAL_LUNCH = 30;

/** The form of a shift that exists, or of a usual day shift to begin with. */
export function shiftDraftOf(template: ShiftTemplateEntry | null): ShiftDraft {
  if (!template) {
    return {
      name: '',
      type: 'early',
      lengths: String(USUAL_LENGTH / 60),
      starts: [newStart()],
      weekdays: EVERY_DAY,
      breaks: usualBreaks(USUAL_LENGTH),
      minSpacingMinutes: 60,
    };
  }
  const { name, type, lengthsMinutes, starts, weekdays, breaks, minSpacingMinutes } = template;
  return {
    name,
    type,
    lengths: lengthsMinutes.map(minutes => Number((minutes / 60).toFixed(4))).join(' '),
    starts: starts.map(withId),
    weekdays: weekdays.length === 0 ? EVERY_DAY : weekdays,
    breaks: breaks.map(withId),
    minSpacingMinutes,
  };
}

export function newStart(): StartDraft {
  return withId({ earliestMinute: 420, latestMinute: 600, stepMinutes: 15 });
}

export function newBreak(): BreakDraft {
  return withId({
    kind: 'break' as const,
    minutes: 15,
    paid: true,
    earliestOffsetMinutes: 120,
    latestOffsetMinutes: 180,
  });
}

function withId<Entry extends object>(entry: Entry): Entry & { readonly id: string } {
  return { ...entry, id: newId() };
}

/** Lengths in minutes; null when one cannot be read or lies outside half an hour to a day. */
export function readLengths(text: string): number[] | null {
  const minutes = text
    .split(/[\s;]+/)
    .filter(part => part !== '')
    .map(part => Math.round((readNumber(part) ?? 0) * 60));
  const inRange = minutes.every(length => length >= 30 && length <= 1440);
  return minutes.length > 0 && inRange ? [...new Set(minutes)] : null;
}

/** What the form says, or the first thing that is wrong with it. */
export function readShift(
  draft: ShiftDraft,
): { readonly fields: ShiftFields } | { readonly fault: ShiftFault } {
  const lengthsMinutes = readLengths(draft.lengths);
  if (draft.name.trim() === '' || draft.type.trim() === '') return { fault: 'name' };
  if (!lengthsMinutes) return { fault: 'lengths' };
  const starts = draft.starts.flatMap(({ id: _, earliestMinute: from, latestMinute: to, ...rest }) =>
    from === null || to === null || to < from ? [] : [{ ...rest, earliestMinute: from, latestMinute: to }],
  );
  if (starts.length === 0 || starts.length < draft.starts.length) return { fault: 'starts' };
  if (draft.weekdays.length === 0) return { fault: 'days' };
  const breaks = draft.breaks.flatMap(
    ({ id: _, earliestOffsetMinutes: from, latestOffsetMinutes: to, ...rest }) =>
      from === null || to === null || to < from
        ? []
        : [{ ...rest, earliestOffsetMinutes: from, latestOffsetMinutes: to }],
  );
  if (breaks.length < draft.breaks.length) return { fault: 'breaks' };
  const shortest = Math.min(...lengthsMinutes);
  if (breaks.some(pause => pause.earliestOffsetMinutes + pause.minutes > shortest)) return { fault: 'fit' };
  return {
    fields: {
      name: draft.name.trim(),
      type: draft.type.trim(),
      lengthsMinutes,
      starts,
      weekdays: draft.weekdays.length === EVERY_DAY.length ? [] : draft.weekdays,
      // Scheduling takes breaks in the order in which they stand.
      breaks: breaks.sort((a, b) => a.earliestOffsetMinutes - b.earliestOffsetMinutes),
      minSpacingMinutes: draft.minSpacingMinutes,
      active: true,
    },
  };
}

/** A paid break in each half, and lunch around the middle of shifts of six hours or more. */
export function usualBreaks(length: number): readonly BreakDraft[] {
  const around = (share: number, before: number) => ({
    earliestOffsetMinutes: Math.round((length * share - before) / 15) * 15,
    latestOffsetMinutes: Math.round((length * share + 30) / 15) * 15,
  });
  const pause = (share: number) =>
    withId({ kind: 'break' as const, minutes: 15, paid: true, ...around(share, 30) });
  if (length < 360) return length < 240 ? [] : [pause(0.5)];
  const lunch = { kind: 'lunch' as const, minutes: USUAL_LUNCH, paid: false, ...around(0.5, 60) };
  return [pause(0.25), withId(lunch), pause(0.78)];
}
