import { ALWAYS_OPEN, type OpeningHours, type OpenRange } from '../calendar/opening.ts';
import { dayTable } from './dayTable.ts';
import { weekdayOfDayNumber } from './localClock.ts';
import type { IntervalSeries } from './series.ts';

const RECENT_WEEKS = 8;
const LONG_WEEKS = 26;
const LEAST_BUSY_SHARE = 0.03;

interface SlotEvidence {
  /** Weeks looked at in which this weekday had any data at all. */
  weeks: number;
  /** Of these, weeks in which the slot had data, and in which it had contacts. */
  present: number;
  busy: number;
  /** Occurrences further back, for slots with few contacts. */
  longPresent: number;
  longBusy: number;
}

/**
 * Weekly opening hours as the history shows them. A slot counts as open when it usually has data and at least
 * now and then a contact: nights with one call a week are open, hours that are always empty are closed.
 * The last eight weeks decide, so that a service that was added or dropped is seen; a weekday without a busy
 * slot in them is closed. Short breaks inside the day count as open. A queue with hardly a contact is open whenever
 * it has data.
 */
export function detectOpeningHours(series: IntervalSeries, endEpochSeconds?: number): OpeningHours {
  const table = dayTable(series, ALWAYS_OPEN, [], endEpochSeconds);
  const { slots } = table;
  const weekly: OpenRange[][] = [];
  const evidence = Array.from({ length: 7 }, (_, weekday) => weekdayEvidence(table, weekday));
  const pooledBusy = pooledBusyShares(evidence, slots);
  const sparse = isSparse(evidence, pooledBusy);
  for (let weekday = 0; weekday < 7; weekday++) {
    const rows = evidence[weekday] ?? [];
    const flags = sparse ? sparseFlags(rows) : rows.map((_, j) => (isOpen(rows, j, pooledBusy) ? 1 : 0));
    fillShortBreaks(flags, Math.max(1, Math.round(7200 / table.stepSeconds)));
    weekly.push(rangesOf(flags, slots));
  }
  fillUnseenWeekdays(weekly, evidence);
  const openSlots = weekly.flat().reduce((sum, range) => sum + range.endMinute - range.startMinute, 0);
  // Quiet nights of a round-the-clock queue must not look closed.
  return !sparse && openSlots >= 0.93 * 7 * 1440 && weekly.every(day => day.length > 0)
    ? ALWAYS_OPEN
    : { weekly };
}

/**
 * A history shorter than a week says nothing about some weekdays: working days are taken to open like the working
 * days seen, a weekend day like the other one, or like every day where the queue never closes.
 */
function fillUnseenWeekdays(weekly: OpenRange[][], evidence: readonly (readonly SlotEvidence[])[]): void {
  const seen = evidence.map(rows => (rows[0]?.weeks ?? 0) > 0);
  const roundTheClock = weekly.some(
    (day, w) => seen[w] && day[0]?.startMinute === 0 && day[0].endMinute === 1440,
  );
  for (let w = 0; w < 7; w++) {
    if (seen[w]) continue;
    const like = w < 5 ? [0, 1, 2, 3, 4] : roundTheClock ? [0, 1, 2, 3, 4, 5, 6] : [5, 6];
    const model = like.find(v => seen[v] && (weekly[v]?.length ?? 0) > 0);
    weekly[w] = model === undefined ? [] : [...(weekly[model] ?? [])];
  }
}

function weekdayEvidence(table: ReturnType<typeof dayTable>, weekday: number): SlotEvidence[] {
  const { slots, counts, days } = table;
  const rows = Array.from({ length: slots }, () => ({
    weeks: 0,
    present: 0,
    busy: 0,
    longPresent: 0,
    longBusy: 0,
  }));
  let weeks = 0;
  for (let d = days - 1; d >= 0 && weeks < LONG_WEEKS; d--) {
    if (weekdayOfDayNumber(table.firstDayNumber + d) !== weekday) continue;
    // A week in which the whole centre has no data says nothing about this weekday.
    if (!weekHasData(table, d)) continue;
    weeks++;
    for (let j = 0; j < slots; j++) {
      const row = rows[j]!;
      const value = counts[d * slots + j]!;
      const present = Number.isNaN(value) ? 0 : 1;
      const busy = value > 0 ? 1 : 0;
      row.longPresent += present;
      row.longBusy += busy;
      if (weeks <= RECENT_WEEKS) {
        row.weeks++;
        row.present += present;
        row.busy += busy;
      }
    }
  }
  return rows;
}

function weekHasData(table: ReturnType<typeof dayTable>, d: number): boolean {
  const from = Math.max(0, d - 3) * table.slots;
  const to = Math.min(table.days, d + 4) * table.slots;
  for (let i = from; i < to; i++) if (!Number.isNaN(table.counts[i]!)) return true;
  return false;
}

function isOpen(rows: readonly SlotEvidence[], j: number, pooledBusy: Float64Array): boolean {
  const row = rows[j];
  if (!row || row.present < Math.max(1, 0.3 * row.weeks) || !isInService(rows)) return false;
  // Never busy: open only if the slot is busy on other weekdays and so seldom that this one may be chance.
  if (row.longBusy === 0) {
    const share = pooledBusy[j]!;
    return share >= LEAST_BUSY_SHARE && share * row.longPresent < 3;
  }
  let busy = 0;
  let present = 0;
  for (let k = Math.max(0, j - 1); k <= Math.min(rows.length - 1, j + 1); k++) {
    const weight = k === j ? 1 : 0.5;
    busy += weight * (rows[k]?.longBusy ?? 0);
    present += weight * (rows[k]?.longPresent ?? 0);
  }
  return busy >= LEAST_BUSY_SHARE * present;
}

/** Whether a weekday was busy in at least a quarter of the recent weeks. */
function isInService(rows: readonly SlotEvidence[]): boolean {
  const busiest = rows.reduce((most, row) => Math.max(most, row.busy), 0);
  return busiest >= Math.max(1, 0.25 * (rows[0]?.weeks ?? 0));
}

/** Share of busy occurrences of each slot over all weekdays in service. */
function pooledBusyShares(evidence: readonly (readonly SlotEvidence[])[], slots: number): Float64Array {
  const shares = new Float64Array(slots);
  for (let j = 0; j < slots; j++) {
    let busy = 0;
    let present = 0;
    for (const rows of evidence) {
      if (!isInService(rows)) continue;
      busy += rows[j]?.longBusy ?? 0;
      present += rows[j]?.longPresent ?? 0;
    }
    shares[j] = present > 0 ? busy / present : 0;
  }
  return shares;
}

/** Most contacts fall into slots that are seldom busy, or there is none: the rule for ordinary queues would call such a queue closed. */
function isSparse(evidence: readonly (readonly SlotEvidence[])[], pooledBusy: Float64Array): boolean {
  let busy = 0;
  let inOpenSlots = 0;
  for (const rows of evidence) {
    rows.forEach((row, j) => {
      busy += row.longBusy;
      if (isOpen(rows, j, pooledBusy)) inOpenSlots += row.longBusy;
    });
  }
  return inOpenSlots < 0.7 * busy || busy === 0;
}

/** Of a queue with hardly a contact, every hour for which there is data counts as open. */
function sparseFlags(rows: readonly SlotEvidence[]): number[] {
  return rows.map(row => (row.present >= Math.max(1, 0.3 * row.weeks) ? 1 : 0));
}

function fillShortBreaks(flags: number[], longestBreak: number): void {
  let last = -1;
  for (let j = 0; j < flags.length; j++) {
    if (flags[j] !== 1) continue;
    if (last >= 0 && j - last - 1 <= longestBreak) flags.fill(1, last + 1, j);
    last = j;
  }
}

function rangesOf(flags: readonly number[], slots: number): OpenRange[] {
  const ranges: OpenRange[] = [];
  const minutes = 1440 / slots;
  let from = -1;
  for (let j = 0; j <= slots; j++) {
    const open = flags[j] === 1;
    if (open && from < 0) from = j;
    if (!open && from >= 0) {
      ranges.push({ startMinute: from * minutes, endMinute: j * minutes });
      from = -1;
    }
  }
  return ranges;
}
