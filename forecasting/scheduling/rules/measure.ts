import type { AgentTimeline } from '../timeline.ts';
import { type AgentFacts, duration, type Report, type SiteFacts } from './rule.ts';

/** Minutes by which the paid time of each worked day lies outside `[least, most]`. */
export function checkDailyPaid(
  timeline: AgentTimeline,
  least: number,
  most: number,
  report: Report | null,
): number {
  let breach = 0;
  let i = timeline.firstIndex;
  while (i < timeline.count) {
    const day = timeline.day[i]!;
    const first = i;
    let paid = 0;
    while (i < timeline.count && timeline.day[i] === day) paid += timeline.paid[i++]!;
    const amount = paid > most ? paid - most : paid < least ? least - paid : 0;
    if (amount === 0) continue;
    breach += amount;
    if (report) {
      report({
        amount,
        fromMinute: timeline.start[first]!,
        toMinute: timeline.end[i - 1]!,
        text: outside('on one day', paid, least, most),
        shifts: range(first, i),
      });
    }
  }
  return breach;
}

/** Paid minutes of the shifts that start on days `[firstDay, lastDay)`; history included where it overlaps. */
export function paidBetween(timeline: AgentTimeline, firstDay: number, lastDay: number): number {
  let paid = 0;
  for (let i = 0; i < timeline.count; i++) {
    const day = timeline.day[i]!;
    if (day >= firstDay && day < lastDay) paid += timeline.paid[i]!;
  }
  return paid;
}

/**
 * Minutes by which the paid time of each run of `weeks` planning weeks that ends in the horizon, paid time off
 * included, lies outside `[least, most]`. Too little is told only where the whole run is known, and a last part week
 * owes its share of `least`.
 */
export function checkPaidWeeks(
  timeline: AgentTimeline,
  agent: AgentFacts,
  site: SiteFacts,
  weeks: number,
  least: number,
  most: number,
  report: Report | null,
): number {
  let breach = 0;
  for (let last = 0; last < site.weekCount; last++) {
    const firstWeek = last - weeks + 1;
    const lastDay = Math.min(site.dayCount, last * 7 + 7);
    let credit = 0;
    for (let w = Math.max(0, firstWeek); w <= last; w++) credit += agent.paidTimeOffMinutes[w] ?? 0;
    const known = firstWeek >= 0 || timeline.firstIndex > 0;
    const due = known ? (least * (lastDay - firstWeek * 7)) / (weeks * 7) : 0;
    breach += checkPaidBlock(timeline, site, firstWeek * 7, lastDay, credit, due, most, report);
  }
  return breach;
}

/**
 * Minutes by which the paid time of days `[firstDay, lastDay)`, with `credit` for paid time off, lies outside
 * `[least, most]`. Positional arguments: this runs in the optimiser's inner loop and must not allocate.
 */
function checkPaidBlock(
  timeline: AgentTimeline,
  site: SiteFacts,
  firstDay: number,
  lastDay: number,
  credit: number,
  least: number,
  most: number,
  report: Report | null,
): number {
  const paid = paidBetween(timeline, firstDay, lastDay) + credit;
  const amount = paid > most ? paid - most : paid < least ? least - paid : 0;
  if (amount > 0 && report) {
    const weeks = Math.ceil((lastDay - firstDay) / 7);
    report({
      amount,
      fromMinute: site.dayStartMinute(firstDay),
      toMinute: site.dayStartMinute(lastDay),
      text: outside(
        weeks > 1 ? `in ${weeks} weeks` : `in week ${Math.floor(firstDay / 7) + 1}`,
        paid,
        least,
        most,
      ),
      shifts: shiftsBetween(timeline, firstDay, lastDay),
    });
  }
  return amount;
}

function shiftsBetween(timeline: AgentTimeline, firstDay: number, lastDay: number): readonly number[] {
  const shifts: number[] = [];
  for (let i = 0; i < timeline.count; i++) {
    if (timeline.day[i]! >= firstDay && timeline.day[i]! < lastDay) shifts.push(i);
  }
  return shifts;
}

function outside(where: string, paid: number, least: number, most: number): string {
  return paid > most
    ? `${duration(paid)} of paid time ${where}, at most ${duration(most)} are allowed`
    : `${duration(paid)} of paid time ${where}, at least ${duration(least)} are due`;
}

/** `first, …, end − 1`. */
export function range(first: number, end: number): readonly number[] {
  return Array.from({ length: end - first }, (_, i) => first + i);
}

/** The position after the last shift on the same day as the shift at `from`. */
export function endOfDay(timeline: AgentTimeline, from: number): number {
  let i = from + 1;
  while (i < timeline.count && timeline.day[i] === timeline.day[from]) i++;
  return i;
}

/** Whether a weekday index (0 = Monday) is Saturday or Sunday. */
export function isWeekend(weekday: number): boolean {
  return weekday >= 5;
}
