import type { AgentTimeline } from '../timeline.ts';
import { type AgentFacts, duration, type TimelineRule } from './rule.ts';

/** Shifts lie within availability and outside time off. Breach: minutes of shift where the agent cannot work. */
export const availability: TimelineRule = {
  kind: 'availability',
  title: 'Availability and time off',
  unit: 'minute',
  scope: 'timeline',
  perShift: true,
  monotone: true,
  remembers: [],
  parameters: {},
  sentence: () => 'Nobody works outside their availability or during time off',
  bind() {
    return (timeline, agent, report) => {
      let breach = 0;
      for (let i = timeline.firstIndex; i < timeline.count; i++) {
        const away = overlap(agent.timeOff, timeline.start[i]!, timeline.end[i]!);
        const outside = outsideAvailability(timeline, i, agent);
        const amount = Math.max(away, outside);
        if (amount === 0) continue;
        breach += amount;
        if (report) {
          report({
            amount,
            fromMinute: timeline.start[i]!,
            toMinute: timeline.end[i]!,
            text:
              away > 0 ? `${duration(away)} during time off` : `${duration(outside)} outside availability`,
            shifts: [i],
          });
        }
      }
      return breach;
    };
  },
};

function outsideAvailability(timeline: AgentTimeline, i: number, agent: AgentFacts): number {
  if (agent.available === null) return 0;
  const start = timeline.start[i]!;
  const end = timeline.end[i]!;
  return end - start - overlap(agent.available, start, end);
}

/** Minutes of `[start, end)` covered by the ranges, which do not overlap one another. */
function overlap(ranges: readonly (readonly [number, number])[], start: number, end: number): number {
  let minutes = 0;
  for (const [from, to] of ranges) minutes += Math.max(0, Math.min(end, to) - Math.max(start, from));
  return minutes;
}
