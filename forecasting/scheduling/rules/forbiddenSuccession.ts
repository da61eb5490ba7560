import { listOf, type TimelineRule } from './rule.ts';

/** Shift types that may not follow one another on consecutive days. Breach: forbidden pairs. */
export const forbiddenSuccession: TimelineRule = {
  kind: 'forbiddenSuccession',
  title: 'Forbidden shift sequences',
  unit: 'shift',
  scope: 'timeline',
  perShift: false,
  monotone: true,
  remembers: ['types', 'days'],
  parameters: {
    pairs: { type: 'textList', label: 'Not allowed on the next day', default: ['night>early', 'late>early'] },
  },
  sentence: p =>
    `On the day after a shift these may not follow: ${listOf(p, 'pairs').map(readable).join(', ') || 'none named'}`,
  problem(parameters) {
    const wrong = listOf(parameters, 'pairs').find(pair => pair.split('>').length !== 2);
    return wrong === undefined ? null : `"${wrong}" is not of the form "late>early"`;
  },
  bind(parameters, site) {
    const types = site.typeNames.length;
    const forbidden = new Uint8Array(types * types);
    for (const pair of listOf(parameters, 'pairs')) {
      const [before = '', after = ''] = pair.split('>').map(part => part.trim());
      const from = site.typeNames.indexOf(before);
      const to = site.typeNames.indexOf(after);
      if (from >= 0 && to >= 0) forbidden[from * types + to] = 1;
    }
    return (timeline, _agent, report) => {
      let breach = 0;
      for (let i = Math.max(1, timeline.firstIndex); i < timeline.count; i++) {
        if (timeline.day[i]! - timeline.day[i - 1]! !== 1) continue;
        const before = timeline.type[i - 1]!;
        const after = timeline.type[i]!;
        if (before < 0 || after < 0 || forbidden[before * types + after] === 0) continue;
        breach++;
        if (report) {
          report({
            amount: 1,
            fromMinute: timeline.start[i]!,
            toMinute: timeline.end[i]!,
            text: `${site.typeNames[after]} on the day after ${site.typeNames[before]}`,
            shifts: [i - 1, i],
          });
        }
      }
      return breach;
    };
  },
};

function readable(pair: string): string {
  const [before = '', after = ''] = pair.split('>').map(part => part.trim());
  return `${after} after ${before}`;
}
