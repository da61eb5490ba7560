import { listOf, type TimelineRule } from './rule.ts';

/**
 * Shift types turn week by week in a fixed order; within a week there is one type.
 * The turn goes on from the last worked week, in the horizon or before it. Breach: shifts out of turn.
 */
export const weeklyRotation: TimelineRule = {
  kind: 'weeklyRotation',
  title: 'Weekly rotation',
  unit: 'shift',
  scope: 'timeline',
  perShift: false,
  monotone: true,
  remembers: ['types', 'days'],
  parameters: {
    sequence: { type: 'textList', label: 'Order of types', default: ['early', 'late'] },
  },
  sentence: p => `Shift types turn week by week: ${listOf(p, 'sequence').join(', then ')}`,
  bind(parameters, site) {
    const sequence = listOf(parameters, 'sequence');
    const placeOfType = site.typeNames.map(name => sequence.indexOf(name));
    return (timeline, _agent, report) => {
      let breach = 0;
      let anchorWeek = 0;
      let anchorPlace = -1;
      for (let i = 0; i < timeline.count; i++) {
        const type = timeline.type[i]!;
        const place = type < 0 ? -1 : placeOfType[type]!;
        if (place < 0) continue;
        const week = Math.floor(timeline.day[i]! / 7);
        if (anchorPlace < 0 || i < timeline.firstIndex) {
          anchorWeek = week;
          anchorPlace = place;
          continue;
        }
        const due = (anchorPlace + week - anchorWeek) % sequence.length;
        if (place === due) continue;
        breach++;
        if (report) {
          report({
            amount: 1,
            fromMinute: timeline.start[i]!,
            toMinute: timeline.end[i]!,
            text: `${site.typeNames[type]} in week ${week + 1}, which is a week of ${sequence[due]}`,
            shifts: [i],
          });
        }
      }
      return breach;
    };
  },
};
