import type { AgentTimeline } from '../timeline.ts';
import { endOfDay, range } from './measure.ts';
import { count, type Report, type SiteFacts } from './rule.ts';

/** Least and most length of a run of days. */
export interface RunLimits {
  readonly least: number;
  readonly most: number;
}

/**
 * Days by which runs of worked (or free) days are too short or too long.
 * A run is judged if it touches the horizon; too short only where both its ends are known.
 */
export function checkRuns(
  timeline: AgentTimeline,
  site: SiteFacts,
  what: 'worked' | 'off',
  limits: RunLimits,
  report: Report | null,
): number {
  let breach = 0;
  let i = 0;
  while (i < timeline.count) {
    const first = i;
    let last = i;
    let next = endOfDay(timeline, i);
    while (next < timeline.count && timeline.day[next] === timeline.day[last]! + 1) {
      last = next;
      next = endOfDay(timeline, next);
    }
    const lastDay = timeline.day[last]!;
    if (what === 'worked') {
      const closed = first > 0 || timeline.day[first]! > 0;
      if (lastDay >= 0) {
        const run = { firstDay: timeline.day[first]!, endDay: lastDay + 1, first, end: next };
        breach += judge(run, closed && lastDay + 1 < site.dayCount, 'work', limits, site, report);
      }
    } else if (next < timeline.count && timeline.day[next]! > 0) {
      const run = { firstDay: lastDay + 1, endDay: timeline.day[next]!, first: last, end: next + 1 };
      breach += judge(run, true, 'free', limits, site, report);
    }
    i = next;
  }
  return breach;
}

function judge(
  run: { readonly firstDay: number; readonly endDay: number; readonly first: number; readonly end: number },
  closed: boolean,
  noun: 'work' | 'free',
  limits: RunLimits,
  site: SiteFacts,
  report: Report | null,
): number {
  const days = run.endDay - run.firstDay;
  const amount =
    days > limits.most ? days - limits.most : closed && days < limits.least ? limits.least - days : 0;
  if (amount === 0 || !report) return amount;
  const what = noun === 'work' ? 'of work' : 'off';
  const due = days > limits.most ? `at most ${limits.most} are allowed` : `at least ${limits.least} are due`;
  report({
    amount,
    fromMinute: site.dayStartMinute(run.firstDay),
    toMinute: site.dayStartMinute(run.endDay),
    text: `${count(days, 'day')} ${what} in a row, ${due}`,
    shifts: range(run.first, run.end),
  });
  return amount;
}
